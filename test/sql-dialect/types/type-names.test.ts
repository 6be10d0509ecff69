import { describe, expect, it } from 'vitest';
import {
  displayType,
  duckdbType,
  internalTypeName,
  typeEntry,
  typeFromName,
  typeModifier,
} from '../../../sql-dialect/index.js';

describe('type names', () => {
  it.each([
    ['varchar', [], 'character varying(256)', 'VARCHAR', 1043, 260],
    ['varchar', ['max'], 'character varying(65535)', 'VARCHAR', 1043, 65_539],
    ['text', [], 'character varying(256)', 'VARCHAR', 1043, 260],
    ['nvarchar', [10], 'character varying(10)', 'VARCHAR', 1043, 14],
    ['char', [], 'character(1)', 'VARCHAR', 1042, 5],
    ['bpchar', [], 'character(256)', 'VARCHAR', 1042, 260],
    ['nchar', [4096], 'character(4096)', 'VARCHAR', 1042, 4100],
    ['decimal', [], 'numeric(18,0)', 'DECIMAL(18,0)', 1700, (18 << 16) + 4],
    ['numeric', [8, 2], 'numeric(8,2)', 'DECIMAL(8,2)', 1700, ((8 << 16) | 2) + 4],
    ['numeric', [38, 37], 'numeric(38,37)', 'DECIMAL(38,37)', 1700, ((38 << 16) | 37) + 4],
    ['smallint', [], 'smallint', 'SMALLINT', 21, -1],
    ['int', [], 'integer', 'INTEGER', 23, -1],
    ['int8', [], 'bigint', 'BIGINT', 20, -1],
    ['float', [], 'double precision', 'DOUBLE', 701, -1],
    ['float', [24], 'real', 'FLOAT', 700, -1],
    ['double precision', [], 'double precision', 'DOUBLE', 701, -1],
    ['timestamp', [], 'timestamp without time zone', 'TIMESTAMP', 1114, -1],
    ['timestamp with time zone', [], 'timestamp with time zone', 'TIMESTAMPTZ', 1184, -1],
    ['timetz', [], 'time with time zone', 'TIMETZ', 1266, -1],
    ['interval year to month', [], 'interval year to month', 'INTERVAL', 1188, -1],
    ['interval day to second', [], 'interval day to second', 'INTERVAL', 1190, -1],
    ['super', [], 'super', 'JSON', 4000, -1],
    ['varbyte', [], 'binary varying(64000)', 'BLOB', 6551, 64_004],
    ['varbinary', [16_777_216], 'binary varying(16777216)', 'BLOB', 6551, 16_777_220],
  ] as const)('%s %j', (name, modifiers, display, duckdb, oid, modifier) => {
    const type = typeFromName(name, modifiers);
    if ('code' in type) throw new Error(type.message);
    expect(displayType(type)).toBe(display);
    expect(duckdbType(type)).toBe(duckdb);
    expect(typeEntry(type.id).oid).toBe(oid);
    expect(typeModifier(type)).toBe(modifier);
  });

  it.each([
    ['json', [], '42704'],
    ['uuid', [], '42704'],
    ['varchar', [65_536], '22023'],
    ['varchar', [0], '22023'],
    ['char', [4097], '22023'],
    ['varbyte', [16_777_217], '22023'],
    ['numeric', [39], '22023'],
    ['numeric', [10, 11], '22023'],
    ['numeric', [38, 38], '22023'],
    ['int', [4], '42601'],
    ['toString', [], '42704'],
  ] as const)('%s %j is refused', (name, modifiers, code) => {
    expect(typeFromName(name, modifiers)).toMatchObject({ code });
  });

  it('shows types without modifier in errors, and by pg_type name in labels', () => {
    expect(displayType({ id: 'varchar', length: 5 }, { modifier: false })).toBe('character varying');
    expect(internalTypeName({ id: 'char', length: 4 })).toBe('bpchar');
  });
});
