import type { OffsetClock } from '../base/clock.js';
import { DuckshiftError } from '../base/errors.js';
import type { EmbeddedKinesis } from '../streams/kinesis/embedded/supervisor.js';
import { completeFault, type Fault } from '../streams/kinesis/fault.js';

/** How far the clock may be ahead of real time: a hundred years, in milliseconds. */
const farthestMillis = 3_155_760_000_000;

/** What tests may do to a server's time and to its embedded Kinesis. */
export class TestControls {
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly clock: OffsetClock,
    private readonly embedded: EmbeddedKinesis | undefined,
    private readonly endpoint: string,
  ) {}

  /**
   * Move the clock forward, for SQL and for the embedded Kinesis. An endpoint of its own keeps its own time.
   *
   * @param milliseconds not negative; whole ones count
   * @throws DuckshiftError 22023 for a step back, or beyond a hundred years
   */
  advanceClock(milliseconds: number): Promise<void> {
    const step = async (): Promise<void> => {
      const offset = this.clockOffset + Math.round(milliseconds);
      if (!(milliseconds >= 0 && offset <= farthestMillis))
        throw new DuckshiftError(
          '22023',
          `the clock moves forward, by up to a hundred years in all; not by ${milliseconds} milliseconds`,
        );
      // Streams first: a record's stamp is never behind the clock of the statement that put it.
      await this.embedded?.setClockOffset(offset);
      this.clock.advance(Math.round(milliseconds));
    };
    const done = this.#last.then(step);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** How far the clock is ahead of real time, in milliseconds. */
  get clockOffset(): number {
    return Number(this.clock.offsetMicros / 1000n);
  }

  /** @throws FaultError for a fault that makes no sense, DuckshiftError 0A000 without an embedded Kinesis */
  async setFault(fault: Fault): Promise<void> {
    const complete = completeFault(fault);
    await this.#embedded('faults').setFault(complete);
  }

  /** @throws DuckshiftError 0A000 without an embedded Kinesis */
  async clearFaults(): Promise<void> {
    await this.#embedded('faults').clearFaults();
  }

  /**
   * Let the shard iterators given out so far expire: all, or those of a stream, or of one shard of it.
   *
   * @throws DuckshiftError 0A000 without an embedded Kinesis
   */
  async expireIterators(stream?: string, shardId?: string): Promise<void> {
    await this.#embedded('expired iterators').expireIterators(stream, shardId);
  }

  /** Faults go at once, so that none hits what a reset does. */
  async dropFaults(): Promise<void> {
    await this.embedded?.clearFaults();
  }

  /** Back to real time: the one step back there is, for a server whose contents and streams are gone. */
  resetClock(): Promise<void> {
    const done = this.#last.then(async () => {
      this.clock.reset();
      await this.embedded?.setClockOffset(0);
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  #embedded(what: string): EmbeddedKinesis {
    if (this.embedded !== undefined) return this.embedded;
    throw new DuckshiftError('0A000', `${what} need the embedded Kinesis, and this server reads ${this.endpoint}`, {
      hint: 'Start duckshift without --kinesis-endpoint.',
    });
  }
}
