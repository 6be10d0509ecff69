/** How often a stream is polled for new records. Milliseconds. */
export interface PollPace {
  /**
   * Pauses after polls that found nothing, one after another; the last one repeats. After records the next poll follows
   * at once.
   */
  readonly idle: readonly number[];
  /** Pauses after failures, one after another; the last one repeats. */
  readonly failed: readonly number[];
}

/** An endpoint on this machine: polling is free. */
export const localPace: PollPace = { idle: [25, 50, 100], failed: [100, 250, 500, 1_000, 2_000] };

/** AWS allows five reads a second for each shard, shared by all its readers. */
export const awsPace: PollPace = { idle: [200, 400, 700, 1_000], failed: [500, 1_000, 2_000, 5_000, 10_000] };

/** A view over tables: a poll asks our own database whether one of them was changed. */
export const relationPace: PollPace = { idle: [50, 100, 250, 500], failed: [1_000, 5_000, 30_000, 60_000] };

export type PollResult = 'changed' | 'idle' | 'failed';

/** Counts how long nothing has happened. */
export class PollTimer {
  #streak = 0;
  #last: PollResult = 'changed';

  constructor(private readonly pace: PollPace) {}

  /** Milliseconds to wait after a poll that gave `result`. */
  next(result: PollResult): number {
    this.#streak = result === this.#last ? this.#streak + 1 : 0;
    this.#last = result;
    if (result === 'changed') return 0;
    const pauses = this.pace[result];
    return pauses[Math.min(this.#streak, pauses.length - 1)] ?? 0;
  }
}
