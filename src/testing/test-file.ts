import type { Fault } from '../streams/kinesis/fault.js';
import type { ShardName } from '../streams/kinesis/stream-control.js';

/** What a text test (`*.test`) says, one record per step. Every record knows the line it starts at (1-based). */
export interface TestFile {
  readonly path: string;
  readonly records: readonly TestRecord[];
}

/** The two systems a file can run against; `skipif` names them. */
export type TestedSystem = 'duckshift' | 'redshift';

export type TestRecord = { readonly line: number; readonly skipIf: readonly TestedSystem[] } & TestStep;

export type TestStep =
  | StatementStep
  | QueryStep
  | SessionStep
  | StreamStep
  | PutStep
  | RestartStep
  | ClockStep
  | FaultStep;

/** SQL to send. Parameters, when given, go through the extended protocol; a step without them is a simple Query. */
interface SqlStep {
  readonly sql: string;
  readonly parameters: readonly (string | null)[] | undefined;
  /** Undefined when the file says nothing about notices; else exactly these must come, in this order. */
  readonly notices: readonly ExpectedNotice[] | undefined;
}

/** `statement ok [TAG]` or `statement error CODE[@POSITION] [TEXT]`. */
export interface StatementStep extends SqlStep {
  readonly kind: 'statement';
  readonly outcome: ExpectedSuccess | ExpectedError;
}
export interface ExpectedSuccess {
  readonly ok: true;
  /** Command tag, such as `INSERT 0 3`. */
  readonly tag: string | undefined;
}
export interface ExpectedError {
  readonly ok: false;
  /** SQLSTATE. */
  readonly code: string;
  /** 1-based, in characters of the SQL sent. */
  readonly position: number | undefined;
  /** Must occur in the message. */
  readonly text: string | undefined;
}
export interface ExpectedNotice {
  readonly severity: string;
  readonly text: string;
}

/** `query [nosort|rowsort] [until DURATION]`. */
export interface QueryStep extends SqlStep {
  readonly kind: 'query';
  readonly sort: 'nosort' | 'rowsort';
  /** Repeat the query until it answers as expected, at most this long. */
  readonly untilMillis: number | undefined;
  /** The labels line, then a line for each row. */
  readonly expected: readonly string[];
}

/** `client NAME`: the session that runs what follows. */
export interface SessionStep {
  readonly kind: 'client';
  readonly name: string;
}

export type StreamStep =
  | { readonly kind: 'stream create'; readonly stream: string; readonly shards: number }
  | { readonly kind: 'stream delete'; readonly stream: string }
  /** Delete it and create it again under its name. */
  | { readonly kind: 'stream recreate'; readonly stream: string; readonly shards: number }
  /** The shard iterators given out so far expire: of one shard, or of all. */
  | { readonly kind: 'stream expire'; readonly stream: string; readonly shard: ShardName | undefined }
  | { readonly kind: 'stream split'; readonly stream: string; readonly shard: ShardName }
  | { readonly kind: 'stream merge'; readonly stream: string; readonly shards: readonly [ShardName, ShardName] }
  | { readonly kind: 'stream update-shards'; readonly stream: string; readonly shards: number };

export interface PutStep {
  readonly kind: 'put';
  readonly stream: string;
  readonly partitionKey: string;
  readonly payload: PutPayload;
}
export type PutPayload =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** A file next to the test file: one record, or one record for each line that is not empty. */
  | { readonly type: 'file'; readonly file: string; readonly eachLine: boolean };

export interface RestartStep {
  readonly kind: 'restart';
  /** SIGKILL instead of a clean shutdown. */
  readonly kill: boolean;
}

/** `clock advance DURATION`. */
export interface ClockStep {
  readonly kind: 'clock advance';
  readonly milliseconds: number;
}

/** `fault OPERATION KIND TIMES [DELAY]`, or `fault clear`. */
export type FaultStep = { readonly kind: 'fault'; readonly fault: Fault } | { readonly kind: 'fault clear' };

/** The file breaks the format's rules. The message begins with `file:line:`. */
export class TestFileError extends Error {
  override readonly name = 'TestFileError';
  readonly line: number;
  /** The message without file and line. */
  readonly problem: string;

  constructor(path: string, line: number, problem: string) {
    super(`${path}:${line}: ${problem}`);
    this.line = line;
    this.problem = problem;
  }
}
