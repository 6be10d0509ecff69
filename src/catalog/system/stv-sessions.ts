import { quoteLiteral } from '../../../sql-dialect/duckdb/quote.js';
import { char, int4, timestamp } from './column-types.js';
import { sessionListVariable } from './sessions.js';
import type { SystemView } from './system-view.js';

const shape = { start_micros: 'BIGINT', process: 'INTEGER', user_name: 'VARCHAR', db_name: 'VARCHAR' };

/** The open sessions: `start_micros, process, user_name, db_name`. */
export const sessionRows =
  'SELECT u.s.start_micros AS start_micros, u.s.process AS process, u.s.user_name AS user_name, u.s.db_name ' +
  `AS db_name FROM unnest(from_json(coalesce(getvariable('${sessionListVariable.name}'), '[]'), ` +
  `${quoteLiteral(JSON.stringify([shape]))})) AS u(s)`;

export const stvSessions: SystemView = {
  schema: 'pg_catalog',
  name: 'stv_sessions',
  page: 'STV_SESSIONS',
  columns: [
    ['starttime', timestamp, 'make_timestamp(s.start_micros)'],
    ['process', int4, 's.process'],
    ['user_name', char(50), 's.user_name'],
    ['db_name', char(50), 's.db_name'],
    ['timeout_sec', int4, '0'],
  ],
  from: [`FROM (${sessionRows}) AS s`],
};
