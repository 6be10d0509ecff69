import { DuckshiftError } from '../../base/errors.js';

/** Counts connections against a limit. */
export class ConnectionLimit {
  readonly #limit: number;
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Take a place; the returned function gives it back, once.
   *
   * @throws DuckshiftError FATAL 53300 in Redshift's words when there is none.
   */
  readonly admit = (): (() => void) => {
    if (this.#count >= this.#limit)
      throw new DuckshiftError('53300', `connection limit "${this.#limit}" exceeded for non-bootstrap users`, {
        severity: 'FATAL',
        detail: 'There are too many connections.',
      });
    this.#count++;
    let given = false;
    return () => {
      if (!given) this.#count--;
      given = true;
    };
  };
}
