import type { MaterializedViewEntry } from '../catalog/contract.js';

/**
 * Texts of refreshes: notices (severity INFO) and the status column of the history views. AWS "Refreshing a
 * materialized view", SVL_MV_REFRESH_STATUS.
 */

export type RefreshOutcome =
  /** New records of a stream were stored. */
  | 'incremental'
  /** Some new records were stored, others are too large. */
  | 'some-skipped'
  /** All new records are too large. */
  | 'all-skipped'
  /** The stream had nothing new. */
  | 'no-new-data'
  /** Everything was recomputed. */
  | 'recomputed'
  /** The recomputed rows are those that the view had already. */
  | 'up-to-date';

const notices: Readonly<Record<RefreshOutcome, (name: string) => string>> = {
  incremental: (name) => `Materialized view ${name} was incrementally updated successfully.`,
  'some-skipped': (name) =>
    `Materialized view ${name} was incrementally updated successfully. Some stream records were skipped.`,
  'all-skipped': (name) =>
    `Materialized view ${name} was incrementally updated successfully. All records received from the stream were skipped.`,
  'no-new-data': (name) =>
    `Materialized view ${name} was incrementally updated successfully. Stream returned no new data.`,
  recomputed: (name) => `Materialized view ${name} was recomputed successfully.`,
  'up-to-date': (name) => `Materialized view ${name} is already up to date.`,
};

const statuses: Readonly<Record<RefreshOutcome, string>> = {
  incremental: 'Refresh successfully updated MV incrementally',
  'some-skipped': 'Refresh successfully updated MV incrementally. Some stream records were skipped',
  'all-skipped': 'Refresh successfully updated MV incrementally. All records received from the stream were skipped',
  'no-new-data': 'Refresh successfully updated MV incrementally. Stream returned no new data',
  recomputed: 'Refresh successfully recomputed MV from scratch',
  'up-to-date': 'MV was already updated',
};

const moreData = 'The stream may contain more data';

/** What else is said of a refresh. */
export interface RefreshRemarks {
  /** A materialized view that it reads has not caught up with what that one reads. */
  readonly parentBehind?: boolean;
  /** Reading ended before the stream did. */
  readonly more?: boolean;
}

/** Text of the notice for view `name` (bare, unquoted). */
export function refreshNotice(
  outcome: RefreshOutcome,
  name: string,
  { parentBehind = false, more = false }: RefreshRemarks = {},
): string {
  const notice = more ? `${notices[outcome](name)} ${moreData}.` : notices[outcome](name);
  return parentBehind ? `${notice}  However, it depends on another materialized view that is not up to date.` : notice;
}

/** How reading a stream went, by the number of records read and skipped. */
export function streamOutcome(read: number, skipped: number): RefreshOutcome {
  if (read === 0) return 'no-new-data';
  if (skipped === 0) return 'incremental';
  return skipped === read ? 'all-skipped' : 'some-skipped';
}

export function refreshStatus(
  outcome: RefreshOutcome,
  { parentBehind = false, more = false }: RefreshRemarks = {},
): string {
  const status = more ? `${statuses[outcome]}. ${moreData}` : statuses[outcome];
  return parentBehind ? `${status}, but MV depends on an MV that is not up to date.` : status;
}

/** Status of a refresh of a view that failed with a message; `1023` is how a lost race reaches a client. */
export function failureStatus({ unrefreshable }: MaterializedViewEntry, message: string): string {
  if (unrefreshable !== undefined) return `Refresh failed. ${unrefreshableReasons[unrefreshable]}`;
  return `Refresh failed. ${message === '1023' ? 'Serializable isolation violation' : message}`;
}

/**
 * Status of the other views of a REFRESH … CASCADE that failed at `failed`: those before it were rolled back, those
 * after it were not begun.
 */
export function cascadeStatus(
  outcome: 'failed' | 'skipped',
  failed: { readonly schema: string; readonly name: string },
): string {
  return `Cascade refresh ${outcome} because materialized view ${failed.schema}.${failed.name} was not refreshed.`;
}

/** Why a view cannot be refreshed any more, by SVV_MV_INFO.state. */
export const unrefreshableReasons: Readonly<Record<NonNullable<MaterializedViewEntry['unrefreshable']>, string>> = {
  101: 'A base table column was dropped',
  102: 'A base table column type was changed',
  103: 'A base table was renamed',
  104: 'A base table column was renamed',
  105: 'Schema of MV was renamed',
};

/**
 * Warning of CREATE MATERIALIZED VIEW for a view that is not maintained incrementally. `reason` is a sentence without
 * its full stop.
 */
export function recomputeWarning(name: string, reason: string): string {
  return `An incrementally maintained materialized view could not be created, reason: ${reason}. The materialized view created, ${name}, will be recomputed from scratch for every REFRESH.`;
}

/** A stream of the same name that is not the one read before: rows stay, reading begins at its oldest record. */
export function recreatedNotice(stream: string, name: string): string {
  return `Stream ${stream} was deleted and created again since the last refresh of ${name}: its records are read from the beginning, rows already stored stay.`;
}
