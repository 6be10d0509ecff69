import { parseParameters } from './cells.js';
import { Lines } from './lines.js';
import { parseQuery, parseStatement } from './parse-sql-step.js';
import { parseClient, parseClock, parseFault, parsePut, parseRestart, parseStream } from './parse-verbs.js';
import type { TestedSystem, TestFile, TestRecord, TestStep } from './test-file.js';

type SqlParameters = readonly (string | null)[] | undefined;

/** Verbs that take one line. Each gets the rest of its line. */
const lineVerbs: Readonly<Record<string, (rest: string, lines: Lines) => TestStep>> = {
  client: parseClient,
  stream: parseStream,
  put: (rest, lines) => parsePut('put', rest, lines),
  'put-hex': (rest, lines) => parsePut('put-hex', rest, lines),
  'put-file': (rest, lines) => parsePut('put-file', rest, lines),
  restart: parseRestart,
  clock: parseClock,
  fault: parseFault,
};

/** Verbs followed by SQL up to the next blank line. */
const sqlVerbs: Readonly<Record<string, (rest: string, lines: Lines, parameters: SqlParameters) => TestStep>> = {
  statement: parseStatement,
  query: parseQuery,
};

const systems: readonly TestedSystem[] = ['duckshift', 'redshift'];

/**
 * Parse the text of a `*.test` file. Pure.
 *
 * @throws TestFileError with file and line when the text breaks the format's rules.
 */
export function parseTestFile(text: string, path: string): TestFile {
  const lines = new Lines(path, text);
  const records: TestRecord[] = [];
  let skipIf: TestedSystem[] = [];
  let parameters: SqlParameters;
  for (let line = lines.read(); line !== undefined; line = lines.read()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [verb = '', rest] = splitVerb(line);
    if (verb === 'skipif') {
      skipIf.push(parseSystem(rest, lines));
      continue;
    }
    if (verb === 'params') {
      if (parameters !== undefined) throw lines.error('params is given twice for one statement');
      parameters = parseParameters(rest);
      continue;
    }
    const number = lines.number;
    records.push({ line: number, skipIf, ...parseStep(verb, rest, lines, parameters) });
    skipIf = [];
    parameters = undefined;
  }
  if (parameters !== undefined || skipIf.length > 0) throw lines.error('params or skipif has nothing after it');
  return { path, records };
}

function parseStep(verb: string, rest: string, lines: Lines, parameters: SqlParameters): TestStep {
  if (Object.hasOwn(sqlVerbs, verb)) {
    const parse = sqlVerbs[verb];
    if (parse !== undefined) return parse(rest, lines, parameters);
  }
  const parse = Object.hasOwn(lineVerbs, verb) ? lineVerbs[verb] : undefined;
  if (parse === undefined) {
    const known = [...Object.keys(sqlVerbs), ...Object.keys(lineVerbs), 'params', 'skipif'].join(', ');
    throw lines.error(`unknown verb "${verb}"; the verbs are ${known}`);
  }
  if (parameters !== undefined) throw lines.error('params must stand before a statement or a query');
  return parse(rest, lines);
}

function parseSystem(text: string, lines: Lines): TestedSystem {
  const system = systems.find((name) => name === text.trim());
  if (system === undefined) throw lines.error(`skipif takes ${systems.join(' or ')}, not "${text}"`);
  return system;
}

/** The first word of a line, and what follows the blanks after it. */
function splitVerb(line: string): [string, string] {
  const match = /^(\S+)\s*(.*)$/.exec(line);
  return [match?.[1] ?? '', match?.[2] ?? ''];
}
