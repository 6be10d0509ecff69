import type { CallContext } from './contract.js';

/**
 * Abbreviations have a fixed offset, whatever the season ("Time zone abbreviations"): `name hours` or
 * `name hours:minutes`.
 */
const abbreviationTable =
  'UTC 0 GMT 0 UT 0 UCT 0 Z 0 ZULU 0 WET 0 WEST 1 BST 1 CET 1 MET 1 CEST 2 MEST 2 EET 2 EEST 3 SAST 2 MSK 3 MSD 4 TRT 3 ' +
  'IRST 3:30 IRDT 4:30 AFT 4:30 PKT 5 UZT 5 IST 5:30 NPT 5:45 BDT 6 MMT 6:30 ICT 7 WIB 7 SGT 8 HKT 8 MYT 8 PHT 8 AWST 8 ' +
  'WST 8 KST 9 JST 9 ACST 9:30 ACDT 10:30 AEST 10 AEDT 11 LHST 10:30 NZST 12 NZDT 13 CHAST 12:45 CHADT 13:45 ' +
  'AZOT -1 FNT -2 BRT -3 ART -3 UYT -3 NST -3:30 NDT -2:30 AST -4 ADT -3 CLT -3 BOT -4 VET -4 EST -5 EDT -4 PET -5 COT -5 ' +
  'CST -6 CDT -5 MST -7 MDT -6 PST -8 PDT -7 AKST -9 AKDT -8 HST -10 HDT -9 AHST -10 NUT -11';

let abbreviations: Map<string, number> | undefined;

/**
 * Seconds east of UTC of a zone that is an abbreviation or a POSIX offset (`GMT+2` is two hours west), or undefined
 * when `zone` is to be looked up by name.
 */
export function fixedZoneSeconds(zone: string): number | undefined {
  if (abbreviations === undefined) {
    abbreviations = new Map();
    for (const [, name, offset] of abbreviationTable.matchAll(/([A-Z]+) ([-\d:]+)/g)) {
      if (name !== undefined && offset !== undefined) abbreviations.set(name, seconds(offset));
    }
  }
  const text = zone.trim();
  const known = abbreviations.get(text.toUpperCase());
  if (known !== undefined) return known;
  const posix = /^[A-Za-z_/]*\s*([+-])\s*(\d{1,2}(?::\d{2})?(?::\d{2})?)$/.exec(text);
  if (posix?.[2] === undefined) return undefined;
  const offset = seconds(posix[2]);
  return posix[1] === '+' ? -offset : offset;
}

function seconds(offset: string): number {
  const [hours = 0, minutes = 0, rest = 0] = offset.replace('-', '').split(':').map(Number);
  const size = hours * 3600 + minutes * 60 + rest;
  return offset.startsWith('-') ? -size : size;
}

function isNamedZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** How the zone in argument `index` is reached in DuckDB: a constant offset, a name ICU knows, or resolved per row. */
type Zone =
  | { readonly kind: 'fixed'; readonly seconds: number }
  | { readonly kind: 'named'; readonly sql: string }
  | { readonly kind: 'computed'; readonly sql: string };

function zoneArgument(call: CallContext, index: number): Zone {
  const argument = call.args[index] ?? call.fail('42883', 'argument missing');
  if (typeof argument.constant !== 'string') return { kind: 'computed', sql: argument.sql };
  const fixed = fixedZoneSeconds(argument.constant);
  if (fixed !== undefined) return { kind: 'fixed', seconds: fixed };
  if (!isNamedZone(argument.constant)) call.fail('22023', `time zone "${argument.constant}" not recognized`, index);
  return { kind: 'named', sql: argument.sql };
}

/** TIMESTAMP in `zone` to TIMESTAMPTZ. */
function toInstant(zone: Zone, value: string): string {
  switch (zone.kind) {
    case 'fixed':
      return `timezone('UTC', ${shifted(value, -zone.seconds)})`;
    case 'named':
      return `timezone(${zone.sql}, ${value})`;
    case 'computed':
      return `coalesce(timezone('UTC', ${value} - to_seconds(duckshift_zone_seconds(${zone.sql}))), timezone(${zone.sql}, ${value}))`;
  }
}

/** TIMESTAMPTZ to TIMESTAMP in `zone`. */
function toLocal(zone: Zone, instant: string): string {
  switch (zone.kind) {
    case 'fixed':
      return shifted(`timezone('UTC', ${instant})`, zone.seconds);
    case 'named':
      return `timezone(${zone.sql}, ${instant})`;
    case 'computed':
      return `coalesce(timezone('UTC', ${instant}) + to_seconds(duckshift_zone_seconds(${zone.sql})), timezone(${zone.sql}, ${instant}))`;
  }
}

function shifted(value: string, by: number): string {
  return by === 0 ? value : `(${value} + to_seconds(${by}))`;
}

/** CONVERT_TIMEZONE: arguments by index; without a source zone the value is in UTC. */
export function convertTimezone(call: CallContext, source: number | undefined, target: number, value: number): string {
  const from: Zone = source === undefined ? { kind: 'fixed', seconds: 0 } : zoneArgument(call, source);
  const to = zoneArgument(call, target);
  const sql = call.args[value]?.sql ?? call.fail('42883', 'argument missing');
  if (from.kind === 'fixed' && to.kind === 'fixed') return shifted(sql, to.seconds - from.seconds);
  return toLocal(to, toInstant(from, sql));
}

/** TIMEZONE(zone, value), which AT TIME ZONE also is: TIMESTAMP to TIMESTAMPTZ, or back. */
export function atTimeZone(call: CallContext, hasZone: boolean): string {
  const zone = zoneArgument(call, 0);
  const value = call.args[1]?.sql ?? call.fail('42883', 'argument missing');
  return hasZone ? toLocal(zone, value) : toInstant(zone, value);
}
