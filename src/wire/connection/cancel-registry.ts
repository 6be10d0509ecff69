/** Finds the connection a CancelRequest names. */
export class CancelRegistry {
  readonly #entries = new Map<number, { readonly secretKey: number; readonly cancel: () => void }>();

  /** @returns a function that takes the entry out again. */
  register(processId: number, secretKey: number, cancel: () => void): () => void {
    const entry = { secretKey: secretKey | 0, cancel };
    this.#entries.set(processId | 0, entry);
    return () => {
      if (this.#entries.get(processId | 0) === entry) this.#entries.delete(processId | 0);
    };
  }

  /**
   * Cancel what the connection runs, if the secret is right. The requester gets no answer either way, as in PostgreSQL.
   */
  request(processId: number, secretKey: number): void {
    const entry = this.#entries.get(processId);
    if (entry?.secretKey === secretKey) entry.cancel();
  }
}
