/** What was started, to be stopped in reverse order. */
export class Shutdown {
  readonly #steps: (() => Promise<void> | void)[] = [];

  /** Add what undoes the last start. */
  defer(step: () => Promise<void> | void): void {
    this.#steps.push(step);
  }

  /** Run every step, last first, even when some fail; rejects with the first failure. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
