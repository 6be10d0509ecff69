import { DuckshiftError } from '../base/errors.js';
import type { EngineConnection } from '../engine/contract.js';

/** A statement in execution: can be cancelled from outside and by its timeout. */
export class ExecutionGuard {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #timedOut = false;

  constructor(
    private readonly connection: EngineConnection,
    timeoutMillis: number,
    /** False while an interrupt must wait, see `SessionTransaction.isCommitting`. */
    private readonly interruptible: () => boolean,
  ) {
    if (timeoutMillis > 0) {
      this.#timer = setTimeout(() => {
        this.#timedOut = true;
        this.cancel();
      }, timeoutMillis);
      this.#timer.unref();
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  cancel(): void {
    this.#controller.abort();
    if (this.interruptible()) this.connection.interrupt();
  }

  /** The error a client is to see. */
  explain(error: unknown): unknown {
    const cancelled = this.#controller.signal.aborted && error instanceof DuckshiftError && error.code === '57014';
    if (!cancelled) return error;
    return this.#timedOut
      ? new DuckshiftError('57014', 'canceling statement due to statement timeout', { cause: error })
      : new DuckshiftError('57014', "Query cancelled on user's request", { cause: error });
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
