import type { Logger } from '../../log.js';
import type { Session, SessionHost } from '../../session/contract.js';
import type { KeptSession, KeptSessions } from './kept-sessions.js';
import { limits } from './limits.js';
import { Places } from './places.js';
import type { Statement, Target } from './statement.js';
import { StatementRun } from './statement-run.js';

/** Runs statements in the background: each in a session of its own, or in one that is kept alive. */
export class StatementRunner {
  readonly #places = new Places(limits.runningStatements);

  constructor(
    private readonly sessions: SessionHost,
    private readonly kept: KeptSessions,
    private readonly log: Logger,
  ) {}

  /** Returns before anything is done; the statement's progress tells the rest. `kept`: the session it goes on in, or begins. */
  start(statement: Statement, kept: KeptSession | undefined): void {
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
    const { entered, abandon } = this.#places.enter();
    run.onAbort = abandon;
    if (!(await entered)) {
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
      this.#places.leave();
    }
  }

  /** Without a place in the line: the statement that ends a session's transaction must not wait for those that wait for the transaction. */
  async #runInKept(statement: Statement, run: StatementRun, kept: KeptSession): Promise<void> {
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

  async #openKept(kept: KeptSession): Promise<Session> {
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
