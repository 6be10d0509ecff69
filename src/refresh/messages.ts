/** Texts of refreshes: notices (severity INFO) and the status column of the history views. AWS "Refreshing a materialized view", SVL_MV_REFRESH_STATUS. */

export type RefreshOutcome =
  /** New records of a stream were stored. */
  | 'incremental'
  /** The stream had nothing new. */
  | 'no-new-data'
  /** Everything was computed anew. */
  | 'recomputed'
  /** What was computed anew is what the view held already. */
  | 'up-to-date';

const notices: Readonly<Record<RefreshOutcome, (name: string) => string>> = {
  incremental: (name) => `Materialized view ${name} was incrementally updated successfully.`,
  'no-new-data': (name) =>
    `Materialized view ${name} was incrementally updated successfully. Stream returned no new data.`,
  recomputed: (name) => `Materialized view ${name} was recomputed successfully.`,
  'up-to-date': (name) => `Materialized view ${name} is already up to date.`,
};

const statuses: Readonly<Record<RefreshOutcome, string>> = {
  incremental: 'Refresh successfully updated MV incrementally',
  'no-new-data': 'Refresh successfully updated MV incrementally. Stream returned no new data',
  recomputed: 'Refresh successfully recomputed MV from scratch',
  'up-to-date': 'MV was already updated',
};

/** Text of the notice for view `name` (bare, unquoted). */
export function refreshNotice(outcome: RefreshOutcome, name: string): string {
  return notices[outcome](name);
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
