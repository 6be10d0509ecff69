import { performance } from 'node:perf_hooks';

export type Status = 'SUBMITTED' | 'PICKED' | 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED';

/** What each status may become. */
const successors: Readonly<Record<Status, readonly Status[]>> = {
  SUBMITTED: ['PICKED', 'FAILED', 'ABORTED'],
  PICKED: ['STARTED', 'FAILED', 'ABORTED'],
  STARTED: ['FINISHED', 'FAILED', 'ABORTED'],
  FINISHED: [],
  FAILED: [],
  ABORTED: [],
};

/** The course of a statement: its status, and when it changed. */
export class Progress {
  readonly createdMicros: bigint;
  /** Resolves when the status is final. */
  readonly ended: Promise<void>;
  #status: Status = 'SUBMITTED';
  #updatedMicros: bigint;
  #startedAt: number | undefined;
  #nanoseconds: number | undefined;
  #end: () => void = () => undefined;

  constructor(private readonly nowMicros: () => bigint) {
    this.createdMicros = nowMicros();
    this.#updatedMicros = this.createdMicros;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get status(): Status {
    return this.#status;
  }
  get updatedMicros(): bigint {
    return this.#updatedMicros;
  }
  get isFinal(): boolean {
    return successors[this.#status].length === 0;
  }
  /** How long it ran; undefined until it ended, and for one that never started. */
  get nanoseconds(): number | undefined {
    return this.#nanoseconds;
  }

  /** @throws Error for a step that is not in the table. */
  moveTo(next: Status): void {
    if (!successors[this.#status].includes(next))
      throw new Error(`a statement cannot go from ${this.#status} to ${next}`);
    this.#status = next;
    this.#updatedMicros = this.nowMicros();
    if (next === 'STARTED') this.#startedAt = performance.now();
    if (!this.isFinal) return;
    if (this.#startedAt !== undefined)
      this.#nanoseconds = Math.max(1, Math.round((performance.now() - this.#startedAt) * 1e6));
    this.#end();
  }
}
