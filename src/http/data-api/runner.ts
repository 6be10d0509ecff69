import type { Logger } from '../../base/log.js';
import { Semaphore } from '../../base/semaphore.js';
import type { Session, SessionHost } from '../../session/contract.js';
import type { KeepAliveSession, KeepAliveSessions } from './keep-alive-sessions.js';
import { limits } from './limits.js';
import type { Statement, Target } from './statement.js';
import { StatementRun } from './statement-run.js';

/** Runs statements in the background: each in a new session, or in one that outlived its statement. */
export class StatementRunner {
  readonly #permits = new Semaphore(limits.runningStatements);

  constructor(
    private readonly sessions: SessionHost,
    private readonly kept: KeepAliveSessions,
    private readonly log: Logger,
  ) {}

  /**
   * Returns before anything has run; the statement's progress reports the rest. `kept`: the session it continues in, or
   * opens.
   */
  start(statement: Statement, kept: KeepAliveSession | undefined): void {
    const run = new StatementRun(statement, this.log);
    statement.abort = () => run.abort();
    // At once, so that no other statement gets into the session.
    if (kept !== undefined) this.kept.occupy(kept, statement);
    setImmediate(() => {
      const ended = kept === undefined ? this.#runAlone(statement, run) : this.#runInKept(statement, run, kept);
      void ended
        .catch((error: unknown) => run.fail(error))
        .finally(() => {
          statement.abort = undefined;
        });
    });
  }

  async #runAlone(statement: Statement, run: StatementRun): Promise<void> {
    const { acquired, abandon } = this.#permits.acquire();
    run.onAbort = abandon;
    if (acquired !== undefined && !(await acquired)) {
      run.abandon();
      return;
    }
    try {
      if (run.aborted) {
        run.abandon();
        return;
      }
      statement.progress.moveTo('PICKED');
      const session = await openSession(this.sessions, statement.request.target);
      try {
        await run.in(session);
      } finally {
        await session.close();
      }
    } finally {
      this.#permits.release();
    }
  }

  /**
   * Without a permit: the statement that ends a session's transaction must not wait for those that wait for the
   * transaction.
   */
  async #runInKept(statement: Statement, run: StatementRun, kept: KeepAliveSession): Promise<void> {
    try {
      if (run.aborted) {
        run.abandon();
        return;
      }
      statement.progress.moveTo('PICKED');
      kept.session ??= await this.#openKept(kept);
      await run.in(kept.session);
    } finally {
      this.kept.release(kept);
    }
  }

  async #openKept(kept: KeepAliveSession): Promise<Session> {
    const session = await openSession(this.sessions, kept.target);
    session.onTerminate = () => this.kept.close(kept);
    // Closed while it was being opened, when the server stops.
    if (kept.status === 'CLOSED') await session.close();
    return session;
  }
}

/** A session as the Data API opens it. */
export function openSession(sessions: SessionHost, { database, dbUser }: Target): Promise<Session> {
  return sessions.openSession({
    user: dbUser,
    database,
    settings: { application_name: 'Redshift Data API' },
    clientAddress: undefined,
  });
}
