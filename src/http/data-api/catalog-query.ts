import { DuckshiftError } from '../../base/errors.js';
import type { Session } from '../../session/contract.js';
import { readAllRows, type TextValue } from '../../session/text-rows.js';
import { AwsError } from '../aws/errors.js';
import { errorText } from './error-text.js';
import { limits } from './limits.js';
import type { DataApiDeps } from './operations/parts.js';
import { openSession } from './runner.js';
import type { Target } from './statement.js';

/** Asks the system views, as any client of the database would. */
export type CatalogQuery = (sql: string, parameters?: readonly string[]) => Promise<readonly (readonly TextValue[])[]>;

/**
 * Connect as an input says, and ask.
 *
 * @param connected the database to connect to first, when it is another.
 * @throws AwsError DatabaseConnectionException when a database cannot be connected to, QueryTimeoutException.
 */
export async function withCatalog<T>(
  parts: DataApiDeps,
  target: Target,
  connected: string | undefined,
  ask: (query: CatalogQuery) => Promise<T>,
): Promise<T> {
  await parts.catalogPermits.acquire().acquired;
  try {
    if (connected !== undefined && connected !== target.database)
      await (await connect(parts, { ...target, database: connected })).close();
    const session = await connect(parts, target);
    try {
      return await inTime(session, ask);
    } finally {
      await session.close();
    }
  } finally {
    parts.catalogPermits.release();
  }
}

async function connect({ sessions }: DataApiDeps, target: Target): Promise<Session> {
  try {
    return await openSession(sessions, target);
  } catch (error) {
    if (error instanceof DuckshiftError) throw new AwsError('DatabaseConnectionException', errorText(error));
    throw error;
  }
}

async function inTime<T>(session: Session, ask: (query: CatalogQuery) => Promise<T>): Promise<T> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    session.cancel();
  }, limits.catalogCallSeconds * 1000);
  try {
    return await ask(async (sql, parameters = []) => {
      const [statement] = session.parse(sql).statements;
      if (statement === undefined) return [];
      const { rows } = await session.execute(await session.prepare(statement, []), parameters);
      return rows === undefined ? [] : await readAllRows(rows);
    });
  } catch (error) {
    if (late) throw new AwsError('QueryTimeoutException', `The call took longer than ${limits.catalogCallSeconds} s.`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
