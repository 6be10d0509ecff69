import { SqlError } from '../../../sql-dialect/errors.js';
import { DuckshiftError } from '../../base/errors.js';
import type { Logger } from '../../base/log.js';
import type { Session } from '../../session/contract.js';
import { untypedParameter } from '../../session/untyped-parameter.js';
import { batchErrorText, errorText } from './error-text.js';
import { storeResult } from './result.js';
import type { Execution, Statement } from './statement.js';

/** A caller cancelled the statement. */
class Aborted extends Error {
  override readonly name = 'Aborted';
}

/** One statement, or one batch, on its way through a session. */
export class StatementRun {
  /** Called by `abort`, while the statement waits for a place. */
  onAbort: () => void = () => undefined;
  #aborted = false;
  #session: Session | undefined;
  #terminated: string | undefined;

  constructor(
    private readonly statement: Statement,
    private readonly log: Logger,
  ) {}

  get aborted(): boolean {
    return this.#aborted;
  }

  /** Cancel it, wherever it is. */
  abort(): void {
    this.#aborted = true;
    this.onAbort();
    this.#session?.cancel();
  }

  /** It was cancelled before it had a session. */
  abandon(): void {
    this.#end('ABORTED', undefined);
  }

  /** It could not be run at all. */
  fail(error: unknown): void {
    if (!(error instanceof DuckshiftError || error instanceof SqlError))
      this.log.error('a Data API statement failed', { id: this.statement.id, error });
    if (!this.statement.progress.isFinal) this.#end('FAILED', errorText(error));
  }

  /** Run it in `session`, to its end. Does not throw for what a statement does. */
  async in(session: Session): Promise<void> {
    if (this.#aborted) {
      this.abandon();
      return;
    }
    this.#session = session;
    const { onTerminate } = session;
    session.onTerminate = (reason) => {
      this.#terminated = `FATAL: ${reason.message}`;
      onTerminate?.(reason);
      void session.close().catch(() => undefined);
    };
    const { statement } = this;
    statement.processId = session.processId;
    statement.progress.moveTo('STARTED');
    try {
      if (statement.request.batch === undefined) await this.#runOnly(session);
      else if (statement.request.batch === 'TRANSACTION') await this.#runTransaction(session);
      else await this.#runEach(session);
    } finally {
      session.onTerminate = onTerminate;
      this.#session = undefined;
    }
  }

  async #runOnly(session: Session): Promise<void> {
    const [execution] = this.statement.executions;
    if (execution === undefined) return;
    try {
      await this.#execute(session, execution);
      execution.progress.moveTo('FINISHED');
    } catch (error) {
      this.#endExecution(execution, error);
    }
  }

  /** All statements in one transaction: the first that fails, or an abort, undoes them all. */
  async #runTransaction(session: Session): Promise<void> {
    const { executions } = this.statement;
    const implicit = session.transactionStatus === 'I';
    if (implicit) await session.beginImplicitBlock();
    let failure: { readonly index: number; readonly error: unknown } | undefined;
    for (const [index, execution] of executions.entries()) {
      const error = await this.#runPart(session, execution);
      if (error === undefined) continue;
      failure = { index, error: error.error };
      break;
    }
    try {
      if (implicit) await session.endImplicitBlock(failure !== undefined);
    } catch (error) {
      failure ??= { index: executions.length - 1, error };
    }
    if (failure === undefined) this.statement.progress.moveTo('FINISHED');
    else this.#endBatch(failure.index, failure.error);
  }

  /** Each statement commits on its own; the batch has failed when any of them has. */
  async #runEach(session: Session): Promise<void> {
    let failure: { readonly index: number; readonly error: unknown } | undefined;
    for (const [index, execution] of this.statement.executions.entries()) {
      const error = await this.#runPart(session, execution);
      if (error === undefined) continue;
      if (this.#aborted || this.#terminated !== undefined) {
        this.#endBatch(index, error.error);
        return;
      }
      failure ??= { index, error: error.error };
    }
    if (failure === undefined) this.statement.progress.moveTo('FINISHED');
    else this.#endBatch(failure.index, failure.error);
  }

  /** Run one statement of a batch; what it failed with, or undefined. */
  async #runPart(session: Session, execution: Execution): Promise<{ readonly error: unknown } | undefined> {
    execution.progress.moveTo('PICKED');
    execution.progress.moveTo('STARTED');
    try {
      await this.#execute(session, execution);
      execution.progress.moveTo('FINISHED');
      return undefined;
    } catch (error) {
      this.#endExecution(execution, error);
      return { error };
    }
  }

  async #execute(session: Session, execution: Execution): Promise<void> {
    try {
      this.#assertGoingOn();
      const { statements } = session.parse(execution.sql, { namedParameters: true });
      const [parsed, second] = statements;
      if (second !== undefined)
        throw new SqlError('42601', 'cannot insert multiple commands into a prepared statement');
      if (parsed === undefined) {
        execution.rows = 0;
        return;
      }
      const prepared = await session.prepare(parsed, []);
      const values = new Map(this.statement.request.parameters.map(({ name, value }) => [name, value]));
      const parameters = (parsed.parameterNames ?? []).map((name, index) => {
        const value = values.get(name) ?? null;
        return value === null ? null : untypedParameter(value, prepared.parameterTypes[index]);
      });
      this.#assertGoingOn();
      const { tag, columns, rows } = await session.execute(prepared, parameters);
      execution.queryId = session.lastQueryId;
      if (rows === undefined || columns === undefined) {
        execution.rows = changedRows(tag);
        return;
      }
      execution.result = await storeResult(columns, rows, () => this.#aborted);
      this.#assertGoingOn();
      execution.rows = execution.result?.rowCount;
      execution.hasResultSet = true;
    } catch (error) {
      execution.result = undefined;
      session.markFailed();
      throw error;
    }
  }

  #assertGoingOn(): void {
    if (this.#aborted) throw new Aborted();
  }

  #endExecution(execution: Execution, error: unknown): void {
    if (this.#aborted && this.#terminated === undefined) {
      execution.progress.moveTo('ABORTED');
      return;
    }
    execution.error = this.#terminated ?? errorText(error);
    execution.progress.moveTo('FAILED');
  }

  #endBatch(index: number, error: unknown): void {
    if (this.#aborted && this.#terminated === undefined) this.#end('ABORTED', undefined);
    else this.#end('FAILED', batchErrorText(index, this.#terminated ?? errorText(error)));
  }

  /** The whole has ended, and with it what had not begun. */
  #end(status: 'FAILED' | 'ABORTED', error: string | undefined): void {
    const { statement } = this;
    statement.error = error;
    for (const { progress } of statement.executions)
      if (progress !== statement.progress && !progress.isFinal) progress.moveTo('ABORTED');
    statement.progress.moveTo(status);
  }
}

/** The count in a command tag, `INSERT 0 3`; none are changed by a statement without one. */
function changedRows(tag: string): number {
  return Number(/ (\d+)$/.exec(tag)?.[1] ?? 0);
}
