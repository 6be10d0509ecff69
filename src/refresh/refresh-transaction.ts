import type { Engine, EngineConnection } from '../engine/contract.js';
import { cancelled } from './view-lock.js';

/**
 * A refresh's connection, made when it is first needed, and its transaction, begun by the first statement that needs
 * one.
 */
export class RefreshTransaction {
  #connection: EngineConnection | undefined;
  #open = false;
  readonly #atEnd: (() => void)[] = [];
  readonly #interrupt = (): void => this.#connection?.interrupt();

  constructor(
    private readonly engine: Engine,
    private readonly signal: AbortSignal | undefined,
  ) {
    signal?.addEventListener('abort', this.#interrupt);
  }

  async connection(): Promise<EngineConnection> {
    this.#connection ??= await this.engine.connect();
    return this.#connection;
  }

  async begin(): Promise<EngineConnection> {
    const connection = await this.connection();
    if (!this.#open) await connection.run('BEGIN TRANSACTION');
    this.#open = true;
    return connection;
  }

  /** Call back when the transaction has ended, whatever its end. */
  atEnd(callback: () => void): void {
    this.#atEnd.push(callback);
  }

  /** An interrupt during COMMIT would leave open whether it happened: from here on the signal is ignored. */
  async commit(): Promise<void> {
    if (this.signal?.aborted) throw cancelled();
    this.signal?.removeEventListener('abort', this.#interrupt);
    if (this.#open) await this.#connection?.run('COMMIT');
    this.#open = false;
  }

  async rollback(): Promise<void> {
    this.signal?.removeEventListener('abort', this.#interrupt);
    if (!this.#open) return;
    this.#open = false;
    // DuckDB ends some transactions itself; then there is nothing left to roll back.
    await this.#connection?.run('ROLLBACK').catch(() => undefined);
  }

  /** Ends what is open. */
  async close(): Promise<void> {
    await this.#connection?.close();
    for (const callback of this.#atEnd) callback();
  }
}
