/**
 * What every client gets at startup unless the session says otherwise ("ParameterStatus that clients read": drivers
 * parse `server_version` as three numbers).
 */
const announcedByDefault: readonly (readonly [string, string])[] = [
  ['server_version', '8.0.2'],
  ['server_encoding', 'UTF8'],
  ['client_encoding', 'UTF8'],
  ['DateStyle', 'ISO, MDY'],
  ['TimeZone', 'UTC'],
  ['integer_datetimes', 'on'],
  ['standard_conforming_strings', 'on'],
  ['is_superuser', 'on'],
  ['padb_revision', 'duckshift'],
];

/**
 * Never sent: with `server_protocol_version` AWS's drivers expect longer RowDescriptions, with `show_discovery` they
 * ask for SHOW commands in place of catalog queries.
 */
const neverAnnounced = new Set(['server_protocol_version', 'show_discovery']);

/** The ParameterStatus values of a new session: name and value, in the order to send. */
export function initialParameters(
  user: string,
  settings: Readonly<Record<string, string>>,
  reported: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const all = new Map(announcedByDefault);
  all.set('session_authorization', user);
  all.set('application_name', settings.application_name ?? '');
  for (const [name, value] of reported) all.set(name, value);
  for (const name of neverAnnounced) all.delete(name);
  return all;
}

export function isAnnounced(name: string): boolean {
  return !neverAnnounced.has(name);
}
