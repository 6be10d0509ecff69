import { DuckshiftError } from '../base/errors.js';

/** A transaction, as far as claims are concerned: only its identity matters. */
export type Claimant = object;

/**
 * Names that open transactions are about to change. A second transaction waits for the first to end, as it would for
 * PostgreSQL's lock on the catalog row; DuckDB would fail it only later, and with a text about its own catalog.
 */
export class Claims {
  readonly #owners = new Map<string, Claimant>();
  readonly #waitingFor = new Map<Claimant, Claimant>();
  readonly #wakeups = new Map<Claimant, Set<() => void>>();

  /**
   * Wait until `name` is free or already `claimant`'s, then hold it.
   *
   * @returns true when it had to wait.
   * @throws DuckshiftError 40P01 when waiting would never end, 57014 when `signal` fires.
   */
  async claim(claimant: Claimant, name: string, signal?: AbortSignal): Promise<boolean> {
    let waited = false;
    for (;;) {
      const owner = this.#owners.get(name);
      if (owner === undefined || owner === claimant) break;
      waited = true;
      await this.#wait(claimant, owner, signal);
    }
    this.#owners.set(name, claimant);
    return waited;
  }

  /** Whether someone holds `name`. */
  isClaimed(name: string): boolean {
    return this.#owners.has(name);
  }

  /** Let go of everything `claimant` holds. */
  release(claimant: Claimant): void {
    for (const [name, owner] of this.#owners) if (owner === claimant) this.#owners.delete(name);
    const wakeups = this.#wakeups.get(claimant);
    this.#wakeups.delete(claimant);
    for (const wake of wakeups ?? []) wake();
  }

  async #wait(claimant: Claimant, owner: Claimant, signal: AbortSignal | undefined): Promise<void> {
    for (let next: Claimant | undefined = owner; next !== undefined; next = this.#waitingFor.get(next)) {
      if (next === claimant) throw new DuckshiftError('40P01', 'deadlock detected');
    }
    if (signal?.aborted === true) throw cancelled();
    const list = this.#wakeups.get(owner) ?? new Set();
    this.#wakeups.set(owner, list);
    this.#waitingFor.set(claimant, owner);
    await new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        list.delete(wake);
        reject(cancelled());
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      list.add(wake);
      signal?.addEventListener('abort', onAbort, { once: true });
    }).finally(() => this.#waitingFor.delete(claimant));
  }
}

function cancelled(): DuckshiftError {
  return new DuckshiftError('57014', 'canceling statement due to user request');
}
