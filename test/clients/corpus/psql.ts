import { execFile, spawn } from 'node:child_process';
import { type CorpusTarget, columns, statements } from './corpus.js';
import { statement } from './node/client.js';
import { waitUntil } from './wait-until.js';

/** Between the columns of a row: in no value. */
const separator = '\u001f';

function flags(port: number, settings: string): string[] {
  const target = `host=localhost port=${port} user=awsuser password=any dbname=dev ${settings}`;
  return ['-X', '-qAt', '-F', separator, '-P', 'null=NULL', '-v', 'VERBOSITY=verbose', target];
}

/** Run a script in psql; gives the rows and lines that it prints, and what it says on its other stream. */
function psql(port: number, script: string, settings = 'sslmode=disable'): Promise<{ lines: string[]; said: string }> {
  return new Promise((resolve, reject) => {
    const child = execFile('psql', [...flags(port, settings), '-f', '-'], (error, out, err) =>
      typeof error?.code === 'string' ? reject(error) : resolve({ lines: out.trimEnd().split('\n'), said: err }),
    );
    child.stdin?.end(script);
  });
}

/**
 * The corpus through psql: parameters are its variables, quoted by it; the cursor is its FETCH_COUNT; metadata are its
 * commands.
 */
export async function psqlCorpus(table: string, target: CorpusTarget): Promise<string[]> {
  const { port, tlsPort, ca, otherCa } = target;
  const lines: string[] = [];
  const say = (step: string, value: unknown) => lines.push(`${step}: ${value}`);
  const sql = (name: string) => statement(statements(table), name);
  const value = async (script: string) => (await psql(port, script)).lines.at(-1);

  say('connect', await value(sql('connect')));
  await psql(port, sql('create'));
  await psql(port, withValues(sql('insert'), ['1', ...columns.map(({ sent }) => sent)]));
  await psql(port, withValues(sql('insert'), ['2', ...columns.map(() => null)]));
  const cells = (await value(withValues(sql('select'), ['1'])))?.split(separator);
  columns.forEach(({ name, type }, index) => {
    const cell = cells?.[index];
    say(`${name} ${type}`, type === 'boolean' ? cell === 't' : cell);
  });
  const nulls = await value(withValues(sql('select'), ['2']));
  say('nulls', nulls?.split(separator).filter((cell) => cell === 'NULL').length);
  const parameters = await value(withValues(sql('parameters'), ['41', "o'clock", null]));
  say('parameters', parameters?.replaceAll(separator, '|'));

  const read = (await psql(port, `\\set FETCH_COUNT 1000\n${sql('many')};`)).lines.map(Number);
  say('cursor', `${read.length} rows, sum ${read.reduce((sum, each) => sum + each, 0)}`);
  say('commit', await value(`BEGIN; ${sql('add')}; COMMIT; ${sql('count')};`));
  say('rollback', await value(`BEGIN;\n${sql('remove')};\nROLLBACK;\n${sql('count')};`));
  const error = await psql(port, `${sql('wrong')};\n\\echo :SQLSTATE\n${sql('one')};`);
  say('error', error.lines[0]);
  say('after the error', error.lines[1]);
  const failed = await psql(
    port,
    `BEGIN;\n${sql('wrong')};\n${sql('one')};\n\\echo :SQLSTATE\nROLLBACK;\n${sql('count')};`,
  );
  say('failed transaction', failed.lines[0]);
  say('after the failed transaction', failed.lines[1]);
  say('cancel', /ERROR: {2}(\w+):/.exec(await interrupted(port, sql))?.[1]);
  say('after the cancel', await value(sql('one')));

  say('tables', (await value(`\\dt ${table}`))?.split(separator)[1]);
  const described = (await psql(port, `\\d ${table}`)).lines.map((line) => line.split(separator)[0]);
  say('columns', described.join(', '));
  const footer = await psql(port, `\\pset format aligned\n\\pset tuples_only off\n\\d ${table}`);
  say('key', /PRIMARY KEY, btree \((.*)\)/.exec(footer.lines.join('\n'))?.[1]);

  const verified = (file: string) => psql(tlsPort, '\\conninfo', `sslmode=verify-full sslrootcert=${file}`);
  say(
    'tls',
    (await verified(ca)).lines.some((line) => line.startsWith('SSL connection')),
  );
  const { said } = await verified(otherCa);
  say('tls of another authority', said.includes('certificate verify failed') ? 'refused' : said);

  const gdesc = await psql(port, "SELECT 1, 'x'::varchar(3), JSON_PARSE('1') \\gdesc");
  say('\\gdesc', gdesc.lines.map((line) => line.split(separator)[1]).join(', '));
  return lines;
}

/** A statement with psql's variables for its parameters. */
function withValues(sql: string, values: readonly (string | null)[]): string {
  const set = values.map((value, index) =>
    value === null ? '' : `\\set p${index} '${value.replaceAll("'", "''")}'\n`,
  );
  let index = 0;
  const text = sql.replaceAll('?', () => {
    const place = index++;
    return values[place] === null ? 'NULL' : `:'p${place}'`;
  });
  return `${set.join('')}${text};`;
}

/** Ctrl-C once the server says that the statement runs; gives what psql says. */
async function interrupted(port: number, sql: (name: string) => string): Promise<string> {
  const child = spawn('psql', flags(port, 'sslmode=disable'));
  const printed = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => {
    printed.out += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    printed.err += text.toString();
  });
  const closed = new Promise<unknown>((resolve) => child.once('close', resolve));
  child.stdin.write(`${sql('pid')};\n${sql('endless')};\n`);
  try {
    await waitUntil('psql has printed its process id', async () => printed.out.endsWith('\n'));
    const running = withValues(sql('running'), [printed.out.trim()]);
    await waitUntil('the statement runs', async () => (await psql(port, running)).lines[0] !== '0');
    child.kill('SIGINT');
    await closed;
  } finally {
    child.kill('SIGKILL');
  }
  return printed.err;
}
