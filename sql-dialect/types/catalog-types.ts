/**
 * A type that only the catalogs show: pseudo-types, arrays, PostgreSQL's own types that Redshift kept. No column can
 * have it.
 */
export interface CatalogType {
  readonly oid: number;
  readonly name: string;
  /** What `format_type` prints. */
  readonly displayName: string;
  readonly length: number;
  /** `typcategory` of PostgreSQL's pg_type. */
  readonly category: string;
  /** OID of an array's elements, 0 for the others. */
  readonly element: number;
  /** `b` for a base type, `p` for a pseudo-type. */
  readonly type: 'b' | 'p';
}

const base: readonly (readonly [name: string, display: string, oid: number, length: number, category: string])[] = [
  ['bytea', 'bytea', 17, -1, 'U'],
  ['char', '"char"', 18, 1, 'S'],
  ['tid', 'tid', 27, 6, 'U'],
  ['xid', 'xid', 28, 4, 'U'],
  ['cid', 'cid', 29, 4, 'U'],
  ['abstime', 'abstime', 702, 4, 'D'],
  ['aclitem', 'aclitem', 1033, 12, 'U'],
  ['refcursor', 'refcursor', 1790, -1, 'U'],
];

const pseudo: readonly (readonly [name: string, display: string, oid: number])[] = [
  ['record', 'record', 2249],
  ['cstring', 'cstring', 2275],
  ['any', '"any"', 2276],
  ['anyarray', 'anyarray', 2277],
  ['void', 'void', 2278],
  ['trigger', '"trigger"', 2279],
  ['language_handler', 'language_handler', 2280],
  ['internal', 'internal', 2281],
  ['opaque', 'opaque', 2282],
  ['anyelement', 'anyelement', 2283],
];

/** Arrays by the name and OID of their elements (AWS drivers' type tables). */
const arrays: readonly (readonly [element: string, display: string, elementOid: number, oid: number])[] = [
  ['char', '"char"', 18, 1002],
  ['name', 'name', 19, 1003],
  ['bpchar', 'character', 1042, 1014],
  ['varchar', 'character varying', 1043, 1015],
  ['float4', 'real', 700, 1021],
  ['float8', 'double precision', 701, 1022],
  ['abstime', 'abstime', 702, 1023],
  ['oid', 'oid', 26, 1028],
  ['aclitem', 'aclitem', 1033, 1034],
  ['timestamp', 'timestamp without time zone', 1114, 1115],
  ['date', 'date', 1082, 1182],
  ['time', 'time without time zone', 1083, 1183],
  ['timestamptz', 'timestamp with time zone', 1184, 1185],
  ['interval', 'interval', 1186, 1187],
  ['intervaly2m', 'interval year to month', 1188, 1189],
  ['intervald2s', 'interval day to second', 1190, 1191],
  ['numeric', 'numeric', 1700, 1231],
  ['timetz', 'time with time zone', 1266, 1270],
  ['refcursor', 'refcursor', 1790, 2201],
];

/** OID of `any`, which a function's argument of every type is listed with. */
export const anyOid = 2276;

/** The types that are not in the type table. */
export const catalogOnlyTypes: readonly CatalogType[] = [
  ...base.map(
    ([name, displayName, oid, length, category]): CatalogType => ({
      oid,
      name,
      displayName,
      length,
      category,
      element: 0,
      type: 'b',
    }),
  ),
  ...pseudo.map(
    ([name, displayName, oid]): CatalogType => ({
      oid,
      name,
      displayName,
      length: 4,
      category: 'P',
      element: 0,
      type: 'p',
    }),
  ),
  ...arrays.map(
    ([element, display, elementOid, oid]): CatalogType => ({
      oid,
      name: `_${element}`,
      displayName: `${display}[]`,
      length: -1,
      category: 'A',
      element: elementOid,
      type: 'b',
    }),
  ),
];
