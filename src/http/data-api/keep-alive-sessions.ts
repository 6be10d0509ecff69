import { randomUUID } from 'node:crypto';
import type { Session } from '../../session/contract.js';
import { AwsError, invalid } from '../aws/errors.js';
import { limits } from './limits.js';
import type { Statement, Target } from './statement.js';
import { notFound, seconds } from './statement-store.js';

export type SessionStatus = 'AVAILABLE' | 'BUSY' | 'CLOSED';

let lastSequence = 0;

/**
 * A session that outlives its statement, for later ones to continue in: temporary tables, settings and open
 * transactions stay.
 */
export class KeepAliveSession {
  readonly id = randomUUID();
  /** Later sessions have greater ones. */
  readonly sequence = ++lastSequence;
  readonly createdMicros: bigint;
  updatedMicros: bigint;
  status: SessionStatus = 'BUSY';
  current: Statement | undefined;
  session: Session | undefined;

  constructor(
    readonly target: Target,
    public keepAliveSeconds: number,
    now: bigint,
  ) {
    this.createdMicros = now;
    this.updatedMicros = now;
  }

  /** When it is closed for idleness or age; a session in use is closed for age only. */
  get expiresMicros(): bigint {
    const ofAge = this.createdMicros + seconds(limits.sessionLife);
    if (this.status === 'BUSY') return ofAge;
    const idle = this.updatedMicros + seconds(this.keepAliveSeconds);
    if (idle < ofAge) return idle;
    return ofAge;
  }
}

/** How often sessions are looked at for their end. */
const sweepMs = 1_000;

/**
 * The sessions that callers asked to keep alive ("Running SQL statements with session reuse when calling the Amazon
 * Redshift Data API").
 */
export class KeepAliveSessions {
  readonly #sessions = new Map<string, KeepAliveSession>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly nowMicros: () => bigint) {}

  /** Newest first; closed ones are remembered for a day. */
  all(): readonly KeepAliveSession[] {
    this.#sweep();
    return [...this.#sessions.values()].reverse();
  }

  /** @throws AwsError ActiveSessionsExceededException */
  create(target: Target, keepAliveSeconds: number): KeepAliveSession {
    this.#sweep();
    const active = [...this.#sessions.values()].filter(({ status }) => status !== 'CLOSED').length;
    if (active >= limits.activeSessions)
      throw new AwsError(
        'ActiveSessionsExceededException',
        `Active sessions exceeded the allowed quota (${limits.activeSessions}).`,
      );
    const kept = new KeepAliveSession(target, keepAliveSeconds, this.nowMicros());
    this.#sessions.set(kept.id, kept);
    this.#timer ??= setInterval(() => this.#sweep(), sweepMs).unref();
    return kept;
  }

  /**
   * The session, ready for a statement.
   *
   * @throws AwsError ValidationException when it never was, was closed, or runs another statement.
   */
  available(id: string): KeepAliveSession {
    this.#sweep();
    const kept = this.#sessions.get(id);
    if (kept === undefined) throw invalid(`Session with Id: ${id} is invalid.`);
    if (kept.status !== 'AVAILABLE') throw invalid('Session is not available.');
    return kept;
  }

  /** @throws AwsError ResourceNotFoundException */
  find(id: string): KeepAliveSession {
    this.#sweep();
    const kept = this.#sessions.get(id);
    if (kept === undefined) throw notFound('Session does not exist.', id);
    return kept;
  }

  /** A statement begins in it. */
  occupy(kept: KeepAliveSession, statement: Statement): void {
    kept.status = 'BUSY';
    kept.current = statement;
    kept.updatedMicros = this.nowMicros();
  }

  /** Its statement has ended. */
  release(kept: KeepAliveSession): void {
    kept.current = undefined;
    kept.updatedMicros = this.nowMicros();
    if (kept.status === 'BUSY') kept.status = 'AVAILABLE';
    if (kept.session === undefined || kept.expiresMicros <= kept.updatedMicros) this.close(kept);
  }

  close(kept: KeepAliveSession): void {
    if (kept.status === 'CLOSED') return;
    kept.status = 'CLOSED';
    kept.updatedMicros = this.nowMicros();
    kept.current?.abort?.();
    const { session } = kept;
    kept.session = undefined;
    void session?.close().catch(() => undefined);
  }

  /** Close and discard all of them. */
  clear(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const kept of this.#sessions.values()) this.close(kept);
    this.#sessions.clear();
  }

  #sweep(): void {
    const now = this.nowMicros();
    for (const kept of this.#sessions.values()) {
      if (kept.status === 'CLOSED') {
        if (kept.updatedMicros + seconds(limits.retention) <= now) this.#sessions.delete(kept.id);
      } else if (kept.expiresMicros <= now) this.close(kept);
    }
    if (this.#sessions.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
