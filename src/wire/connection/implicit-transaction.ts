import type { Session } from '../../session/contract.js';

/**
 * The transaction around several statements that the client did not put into one: those of a simple Query, or of a
 * pipeline up to its Sync.
 */
export class ImplicitTransaction {
  readonly #session: Session;
  #open = false;

  constructor(session: Session) {
    this.#session = session;
  }

  get open(): boolean {
    return this.#open;
  }

  /** Start one, unless one is open or the client has begun a transaction itself. */
  async begin(): Promise<void> {
    if (this.#open || this.#session.transactionStatus !== 'I') return;
    await this.#session.beginImplicitBlock();
    this.#open = true;
  }

  /** Commit. @throws what the commit throws; nothing is open afterwards. */
  async commit(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#session.endImplicitBlock(false);
  }

  /** After an error: roll back an implicit transaction, and mark the client's own as failed. */
  async fail(): Promise<void> {
    if (this.#open) {
      this.#open = false;
      await this.#session.endImplicitBlock(true);
    } else {
      this.#session.markFailed();
    }
  }
}
