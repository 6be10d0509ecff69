import { performance } from 'node:perf_hooks';

/** One waiter's pause, which others may hold up and shorten. Milliseconds. */
export class PauseTimer {
  #resolve: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** On the clock of `performance.now()`. */
  #until = 0;
  #held = false;
  #over = false;

  /** Wait, or until `end` is called. Even a wait of 0 lets everything else on the event loop go first. */
  async wait(milliseconds: number): Promise<void> {
    if (this.#over) return;
    await new Promise<void>((resolve) => {
      this.#resolve = resolve;
      this.#start(milliseconds);
    });
    this.#resolve = undefined;
  }

  /** Hold the pause until `resume`. False when nothing is waiting, or the pause is already held. */
  hold(): boolean {
    if (this.#resolve === undefined || this.#held || this.#over) return false;
    this.#held = true;
    clearTimeout(this.#timer);
    return true;
  }

  /** Let it wait for as long as said, or as long as it had to before it was held. */
  resume(milliseconds = this.#until - performance.now()): void {
    if (!this.#held) return;
    this.#held = false;
    if (this.#over) this.#resolve?.();
    else this.#start(Math.max(0, milliseconds));
  }

  /** End this pause, unless it is held, and all later ones. */
  end(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    if (!this.#held) this.#resolve?.();
  }

  #start(milliseconds: number): void {
    this.#until = performance.now() + milliseconds;
    this.#timer = setTimeout(() => this.#resolve?.(), milliseconds);
  }
}
