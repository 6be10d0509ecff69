/** Texts of refreshes: notices (severity INFO) and the status column of the history views. AWS "Refreshing a materialized view", SVL_MV_REFRESH_STATUS. */

export type RefreshOutcome =
  /** New records of a stream were stored. */
  | 'incremental'
  /** Some new records were stored, others are too large. */
  | 'some-skipped'
  /** All new records are too large. */
  | 'all-skipped'
  /** The stream had nothing new. */
  | 'no-new-data'
  /** Everything was computed anew. */
  | 'recomputed'
  /** What was computed anew is what the view held already. */
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

/** Text of the notice for view `name` (bare, unquoted). */
export function refreshNotice(outcome: RefreshOutcome, name: string): string {
  return notices[outcome](name);
}

/** How reading a stream went, by the number of records read and skipped. */
export function streamOutcome(read: number, skipped: number): RefreshOutcome {
  if (read === 0) return 'no-new-data';
  if (skipped === 0) return 'incremental';
  return skipped === read ? 'all-skipped' : 'some-skipped';
}

export function refreshStatus(outcome: RefreshOutcome): string {
  return statuses[outcome];
}

/** Status of a refresh that failed with a message. */
export function failureStatus(message: string): string {
  return `Refresh failed. ${message}`;
}

/** A stream of the same name that is not the one read before: rows stay, reading begins at its oldest record. */
export function recreatedNotice(stream: string, name: string): string {
  return `Stream ${stream} was deleted and created again since the last refresh of ${name}: its records are read from the beginning, rows already stored stay.`;
}
