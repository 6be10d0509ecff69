import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import {
  compile,
  defaultDialectSettings,
  isUnsupported,
  type Plan,
  parseStatements,
  planKind,
  refusal,
  SqlError,
  showBinding,
  showTokens,
  showTree,
  translateCatalog,
} from '../../sql-dialect/index.js';
import { ConfigError } from '../server/config.js';
import { parseArguments } from './arguments.js';

/** What `translate --json` prints for one statement. */
export type Translation =
  | { readonly ok: true; readonly supported: true; readonly kind: string; readonly duckdb: string }
  | { readonly ok: true; readonly supported: true; readonly kind: string; readonly plan: unknown }
  | {
      readonly ok: true;
      readonly supported: false;
      readonly kind: string;
      readonly code: string;
      readonly message: string;
      readonly position: number;
    }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly position: number };

const context = { catalog: translateCatalog, settings: defaultDialectSettings };

/** What `--show` takes: the text printed for a source, one of the steps before the DuckDB SQL. */
const steps: ReadonlyMap<string, (source: string) => string> = new Map([
  ['tokens', showTokens],
  ['tree', (source) => parseStatements(source).map(showTree).join('\n\n')],
  ['binding', bindings],
]);

/**
 * `duckshift translate`: per statement the DuckDB SQL or the plan, or with `--show` the step that leads there. Needs no
 * server. Resolves to the exit status: 1 when a statement was not understood (in `--json` mode always 0: the verdict is
 * in the line).
 *
 * @throws ConfigError for a file that cannot be read, input that is not JSON lines, or an unknown step.
 */
export async function translate(args: readonly string[]): Promise<number> {
  const { switches, options, positionals } = parseArguments(args, {
    server: false,
    switches: ['json'],
    options: ['show'],
    positionals: true,
  });
  if (positionals.length > 1) throw new ConfigError('translate takes one FILE, or - for standard input');
  const file = positionals[0] ?? '-';
  const { show } = options;
  if (show === undefined) return switches.has('json') ? translateLines(file) : translateText(file);
  if (switches.has('json')) throw new ConfigError('--show and --json exclude each other');
  const step = steps.get(show);
  if (step === undefined) throw new ConfigError(`--show must be one of ${[...steps.keys()].join(', ')}, not "${show}"`);
  return showStep(step, file);
}

async function showStep(step: (source: string) => string, file: string): Promise<number> {
  const source = await readSource(file);
  try {
    await write(`${step(source)}\n`);
    return 0;
  } catch (error) {
    await write(`${readable(describeError(error, undefined))}\n`);
    return 1;
  }
}

function bindings(source: string): string {
  const texts = parseStatements(source).map(
    (statement) => showBinding(statement, context) ?? `-- ${planKind(statement.node)} is not a query`,
  );
  return texts.join('\n\n');
}

async function translateLines(file: string): Promise<number> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  const failed = new Promise<never>((_, reject) => {
    input.on('error', (error: unknown) => reject(unreadable(file, error)));
  });
  const work = (async () => {
    let number = 0;
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (line.trim() === '') continue;
      for (const translation of translations(sqlOf(line, number))) await write(`${JSON.stringify(translation)}\n`);
    }
  })();
  await Promise.race([work, failed]);
  return 0;
}

async function translateText(file: string): Promise<number> {
  let status = 0;
  for (const translation of statementTranslations(await readSource(file))) {
    if (!translation.ok) status = 1;
    await write(`${readable(translation)}\n`);
  }
  return status;
}

/** One line of JSON is one statement: exactly one answer each, so that input and output lines pair up. */
function translations(sql: string): Translation[] {
  const all = statementTranslations(sql);
  const failure = all.find((translation) => !translation.ok);
  const refused = all.find((translation) => translation.ok && !translation.supported);
  const one = failure ?? refused ?? all[0];
  return [one ?? { ok: true, supported: true, kind: 'empty', plan: { kind: 'empty' } }];
}

/** Translate every statement of `source`; a text that does not parse gives one failure. */
export function statementTranslations(source: string): Translation[] {
  try {
    return parseStatements(source).map((statement) => {
      try {
        return describePlan(compile(statement, context));
      } catch (error) {
        return describeError(error, planKind(statement.node));
      }
    });
  } catch (error) {
    return [describeError(error, undefined)];
  }
}

function describePlan(plan: Plan): Translation {
  if (isUnsupported(plan)) {
    const { kind, position } = plan;
    return { ok: true, supported: false, kind, code: '0A000', message: refusal(plan), position };
  }
  if (plan.kind === 'select') return { ok: true, supported: true, kind: plan.kind, duckdb: plan.duckdb };
  if ('duckdb' in plan) return { ok: true, supported: true, kind: plan.kind, duckdb: plan.duckdb.join(';\n') };
  return { ok: true, supported: true, kind: plan.kind, plan };
}

function describeError(error: unknown, kind: string | undefined): Translation {
  if (!(error instanceof SqlError)) throw error;
  const { code, message, position = 1 } = error;
  if (kind === undefined || code === '42601') return { ok: false, code, message, position };
  return { ok: true, supported: false, kind, code, message, position };
}

function sqlOf(line: string, number: number): string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new ConfigError(`line ${number} is not JSON`, { cause: error });
  }
  if (typeof value === 'object' && value !== null && 'sql' in value && typeof value.sql === 'string') return value.sql;
  throw new ConfigError(`line ${number} must be an object with a text "sql"`);
}

function readable(translation: Translation): string {
  if (!translation.ok) return `-- ${translation.code} at character ${translation.position}: ${translation.message}`;
  if (!translation.supported)
    return `-- ${translation.kind}: ${translation.code} at character ${translation.position}: ${translation.message}`;
  if ('duckdb' in translation) return `${translation.duckdb};`;
  return `-- ${translation.kind}\n${JSON.stringify(translation.plan, null, 2)}`;
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}

async function readSource(file: string): Promise<string> {
  if (file === '-') return readStandardInput();
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function unreadable(file: string, error: unknown): ConfigError {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new ConfigError(`cannot read ${file === '-' ? 'standard input' : file}: ${reason}`, { cause: error });
}
