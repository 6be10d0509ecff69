import { columns, statements } from '../corpus.js';
import { waitUntil } from '../wait-until.js';
import { type NodeClient, type NodeTarget, type OpenClient, statement } from './client.js';

/** A parameter as a program of Node.js has it: a number where it holds the value whole, else text. */
function native(type: string, text: string): unknown {
  if (type === 'boolean') return text === 'true';
  return ['smallint', 'integer', 'real', 'double precision'].includes(type) ? Number(text) : text;
}

function canonical(value: unknown): string {
  return value === null ? 'NULL' : String(value);
}

class Undo extends Error {}

/** Where a run finds its servers; see CorpusTarget. */
interface Servers {
  readonly port: number;
  readonly tlsPort: number;
  readonly ca: string;
  readonly otherCa: string;
}

/** Run the corpus through a client of npm; gives a line for each step. */
export async function runNodeCorpus(open: OpenClient, table: string, servers: Servers): Promise<string[]> {
  const target: NodeTarget = { port: servers.port, table, sql: statements(table) };
  const client = await open(target);
  const lines: string[] = [];
  const say = (step: string, value: unknown) => lines.push(`${step}: ${value}`);
  const sql = (name: string) => statement(target.sql, name);
  const value = async (name: string, from: Pick<NodeClient, 'rows'> = client) => (await from.rows(sql(name)))[0]?.[0];
  const failure = (running: Promise<unknown>) =>
    running.then(
      () => 'no error',
      (error: unknown) => client.sqlState(error),
    );

  say('connect', await value('connect'));
  await client.create();
  await client.insert([1, ...columns.map(({ type, sent }) => native(type, sent))]);
  await client.insert([2, ...columns.map(() => null)]);
  const row = await client.select(1);
  columns.forEach(({ name, type }, index) => {
    say(`${name} ${type}`, canonical(row[index]));
  });
  say('nulls', (await client.select(2)).filter((each) => each === null).length);
  const parameters = await client.rows(sql('parameters'), [41, "o'clock", null]);
  say('parameters', parameters[0]?.map(canonical).join('|'));

  const read = (await client.stream(sql('many'))).map(Number);
  say('cursor', `${read.length} rows, sum ${read.reduce((sum, each) => sum + each, 0)}`);

  await client.transaction(async (inside) => void (await inside.rows(sql('add'))));
  say('commit', await value('count'));
  await undone(client, async (inside) => void (await inside.rows(sql('remove'))));
  say('rollback', await value('count'));

  say('error', await failure(client.rows(sql('wrong'))));
  say('after the error', await value('one'));
  await undone(client, async (inside) => {
    await failure(inside.rows(sql('wrong')));
    say('failed transaction', await failure(inside.rows(sql('one'))));
  });
  say('after the failed transaction', await value('count'));

  say('cancel', await failure(cancelled(client, open, target)));
  say('after the cancel', await value('one'));

  say('tables', (await client.tables()).filter((name) => name === table).join(', '));
  say('columns', (await client.columns()).join(', '));
  say('key', (await client.key()).join(', '));
  await client.close();

  const secure = await open({ ...target, port: servers.tlsPort, ca: servers.ca });
  say('tls', String(await value('one', secure)) === '1');
  await secure.close();
  const stranger = open({ ...target, port: servers.tlsPort, ca: servers.otherCa }).then((opened) =>
    value('one', opened),
  );
  say('tls of another authority', await stranger.then(() => 'accepted', refusal));
  return lines;
}

async function undone(client: NodeClient, work: Parameters<NodeClient['transaction']>[0]): Promise<void> {
  const undo = async (inside: Parameters<typeof work>[0]) => {
    await work(inside);
    throw new Undo();
  };
  await client.transaction(undo).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
}

/**
 * Start a statement that never ends, wait until the server says that it runs, and cancel it; gives what it ends with.
 */
async function cancelled(client: NodeClient, open: OpenClient, target: NodeTarget): Promise<unknown> {
  const sql = (name: string) => statement(target.sql, name);
  const watcher = await open(target);
  const pid = (await client.rows(sql('pid')))[0]?.[0];
  const running = client.cancellable?.(sql('endless')) ?? {
    ended: client.rows(sql('endless')),
    cancel: async () => void (await watcher.rows(sql('cancel'), [pid])),
  };
  running.ended.catch(() => undefined);
  await waitUntil('the statement runs', async () => Number((await watcher.rows(sql('running'), [pid]))[0]?.[0]) > 0);
  await running.cancel();
  await watcher.close();
  return running.ended;
}

/** Whether a connection failed because of the server's certificate: said by the error, or by what it wraps. */
function refusal(error: unknown): string {
  for (
    let each = error;
    each instanceof Error;
    each = each.cause ?? Reflect.get(each, 'original') ?? Reflect.get(each, 'driverError')
  )
    if (/certificate/i.test(each.message)) return 'refused';
  return String(error);
}
