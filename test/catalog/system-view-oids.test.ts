import { expect, it } from 'vitest';
import { systemViews } from '../../src/catalog/system/registry.js';
import { systemViewOids as listedViews } from '../../src/catalog/system/system-objects.js';
import { systemViewOids } from '../../src/catalog/system/system-view-oids.js';

it('records an oid for every system view and for nothing else', () => {
  const names = systemViews.map(({ schema, name }) => `${schema}.${name}`);
  expect([...systemViewOids.keys()].toSorted()).toEqual(names.toSorted());
});

it('lists every system view under its recorded oid', () => {
  const listed = listedViews().map(({ schema, name, oid }) => [`${schema}.${name}`, oid] as const);
  expect(new Map(listed)).toEqual(systemViewOids);
});

it('records no oid twice, and none of a user object', () => {
  const oids = [...systemViewOids.values()];
  expect(new Set(oids).size).toBe(oids.length);
  expect(Math.min(...oids)).toBeGreaterThanOrEqual(12_000);
  expect(Math.max(...oids)).toBeLessThan(16_000);
});

it.each([
  ['information_schema.columns', 12_000],
  ['information_schema.tables', 12_001],
  ['pg_catalog.pg_class', 12_003],
])('keeps the oid of %s', (name, oid) => {
  expect(systemViewOids.get(name)).toBe(oid);
});
