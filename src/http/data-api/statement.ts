import { randomUUID } from 'node:crypto';
import type { StoredResult } from './result.js';
import { Progress } from './status.js';

/** Where and as whom statements run. Any cluster, workgroup and secret will do; what the caller said is given back. */
export interface Target {
  readonly clusterIdentifier: string | undefined;
  readonly workgroupName: string | undefined;
  readonly secretArn: string | undefined;
  readonly database: string;
  readonly dbUser: string;
}

export interface SqlParameter {
  readonly name: string;
  readonly value: string;
}

export type ResultFormat = 'JSON' | 'CSV';

/** One SQL text and what became of it: a statement, or one of a batch. */
export class Execution {
  readonly progress: Progress;
  error: string | undefined;
  /** Rows returned or changed. */
  rows: number | undefined;
  result: StoredResult | undefined;
  /** True once the statement gave rows, even none; it stays when the result itself has gone. */
  hasResultSet = false;
  queryId: bigint | undefined;

  constructor(
    readonly id: string,
    readonly sql: string,
    nowMicros: () => bigint,
  ) {
    this.progress = new Progress(nowMicros);
  }
}

export interface StatementRequest {
  readonly target: Target;
  readonly sqls: readonly string[];
  /** Undefined for a single statement. */
  readonly batch: 'TRANSACTION' | 'AUTO_COMMIT' | undefined;
  readonly parameters: readonly SqlParameter[];
  readonly name: string | undefined;
  readonly resultFormat: ResultFormat;
  readonly sessionId: string | undefined;
}

let lastSequence = 0;

/** What one ExecuteStatement or BatchExecuteStatement began. */
export class Statement {
  readonly id = randomUUID();
  /** Later statements have greater ones. */
  readonly sequence = ++lastSequence;
  readonly progress: Progress;
  readonly executions: readonly Execution[];
  /** Of a batch, or of a statement that could not be run at all. */
  error: string | undefined;
  processId: number | undefined;
  /** Stops it; set while it waits or runs. */
  abort: (() => void) | undefined;
  /** Requests that wait for its end. */
  waiting = 0;

  constructor(
    readonly request: StatementRequest,
    nowMicros: () => bigint,
  ) {
    const id = (index: number): string => (request.batch === undefined ? this.id : `${this.id}:${index + 1}`);
    this.executions = request.sqls.map((sql, index) => new Execution(id(index), sql, nowMicros));
    const [only] = this.executions;
    this.progress = request.batch === undefined && only !== undefined ? only.progress : new Progress(nowMicros);
  }

  /** Of its texts and parameters, about. */
  get textLength(): number {
    const { sqls, parameters } = this.request;
    const values = parameters.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
    return sqls.reduce((sum, sql) => sum + sql.length, values);
  }
  get isBatch(): boolean {
    return this.request.batch !== undefined;
  }
  get hasResultSet(): boolean {
    return this.executions.some((execution) => execution.hasResultSet);
  }
}
