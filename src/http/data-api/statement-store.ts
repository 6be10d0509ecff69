import { AwsError, invalid } from '../aws/errors.js';
import { limits } from './limits.js';
import type { Execution, Statement } from './statement.js';

/** A statement, and the part of it that an id names: the whole, or one of a batch. */
export interface FoundStatement {
  readonly statement: Statement;
  /** Undefined when the id is that of a batch. */
  readonly execution: Execution | undefined;
}

interface TokenUse {
  readonly statement: Statement;
  /** The content of the first request with the token. */
  readonly request: string;
  readonly untilMicros: bigint;
}

/** The statements of the last day, in order of creation. Bounded in number and in bytes of results. */
export class StatementStore {
  readonly #statements = new Map<string, Statement>();
  readonly #tokens = new Map<string, TokenUse>();
  #active = 0;
  #resultBytes = 0;
  #textBytes = 0;

  constructor(private readonly nowMicros: () => bigint) {}

  get activeCount(): number {
    return this.#active;
  }

  /** Newest first. */
  all(): readonly Statement[] {
    this.#forgetOld();
    return [...this.#statements.values()].reverse();
  }

  /** @throws AwsError ActiveStatementsExceededException */
  assertRoom(): void {
    if (this.#active >= limits.activeStatements)
      throw new AwsError(
        'ActiveStatementsExceededException',
        `Active statements exceeded the allowed quota (${limits.activeStatements}).`,
      );
  }

  add(statement: Statement): void {
    this.#forgetOld();
    this.#statements.set(statement.id, statement);
    this.#active++;
    this.#textBytes += statement.textLength;
    void statement.progress.ended.then(() => this.#ended(statement));
  }

  /** @throws AwsError ResourceNotFoundException */
  find(id: string): FoundStatement {
    this.#forgetOld();
    const [whole = '', part] = id.split(':');
    const statement = this.#statements.get(whole);
    if (statement === undefined) throw notFound('Query does not exist.', id);
    if (part === undefined) return { statement, execution: statement.isBatch ? undefined : statement.executions[0] };
    const execution = statement.executions.find((candidate) => candidate.id === id);
    if (execution === undefined) throw notFound('Query does not exist.', id);
    return { statement, execution };
  }

  /**
   * The statement that an earlier request with the same token began.
   *
   * @throws AwsError ValidationException when that request had another content.
   */
  byToken(token: string, request: string): Statement | undefined {
    const use = this.#tokens.get(token);
    if (use === undefined || use.untilMicros <= this.nowMicros()) return undefined;
    if (use.request !== request) throw invalid('clientToken was used before in a request with other parameters');
    return use.statement;
  }

  keepToken(token: string, request: string, statement: Statement): void {
    const now = this.nowMicros();
    this.#tokens.delete(token);
    this.#tokens.set(token, { statement, request, untilMicros: now + seconds(limits.clientToken) });
    for (const [old, { untilMicros }] of this.#tokens) {
      if (untilMicros > now && this.#tokens.size <= limits.rememberedStatements) return;
      this.#tokens.delete(old);
    }
  }

  /** Discard what has ended. */
  clear(): void {
    for (const statement of this.#statements.values()) if (statement.progress.isFinal) this.#forget(statement);
    this.#tokens.clear();
  }

  #ended(statement: Statement): void {
    this.#active--;
    for (const { result } of statement.executions) this.#resultBytes += result?.bytes ?? 0;
    for (const old of this.#statements.values()) {
      if (this.#resultBytes <= limits.keptResultBytes) return;
      if (old !== statement && old.progress.isFinal) this.#dropResults(old);
    }
  }

  #forgetOld(): void {
    const oldest = this.nowMicros() - seconds(limits.retention);
    for (const statement of this.#statements.values()) {
      const tooMany =
        this.#statements.size > limits.rememberedStatements || this.#textBytes > limits.rememberedTextBytes;
      if (!tooMany && statement.progress.updatedMicros > oldest) return;
      if (statement.progress.isFinal) this.#forget(statement);
    }
  }

  #forget(statement: Statement): void {
    this.#dropResults(statement);
    this.#textBytes -= statement.textLength;
    this.#statements.delete(statement.id);
  }

  #dropResults(statement: Statement): void {
    for (const execution of statement.executions) {
      this.#resultBytes -= execution.result?.bytes ?? 0;
      execution.result = undefined;
    }
  }
}

export function notFound(message: string, id: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { ResourceId: id });
}

export function seconds(count: number): bigint {
  return BigInt(count) * 1_000_000n;
}
