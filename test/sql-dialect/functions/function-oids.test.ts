import { expect, it } from 'vitest';
import { aggregateOids } from '../../../sql-dialect/functions/aggregate-oids.js';
import { listedFunctions } from '../../../sql-dialect/functions/listing.js';
import { scalarOids } from '../../../sql-dialect/functions/scalar-oids.js';

const recorded = [scalarOids, aggregateOids].flatMap((record) =>
  Object.entries(record).flatMap(([name, forms]) =>
    Object.entries(forms).map(([argumentText, oid]) => ({ text: `${name}(${argumentText})`, oid })),
  ),
);

it('lists every function under its recorded oid', () => {
  const listed = listedFunctions.map(({ oid, name, argumentText }) => ({ text: `${name}(${argumentText})`, oid }));
  const byOid = (a: { oid: number }, b: { oid: number }) => a.oid - b.oid;
  expect(listed.toSorted(byOid)).toEqual(recorded.toSorted(byOid));
});

it('records no oid twice, and none of a system view', () => {
  const oids = recorded.map(({ oid }) => oid);
  expect(new Set(oids).size).toBe(oids.length);
  expect(Math.min(...oids)).toBeGreaterThanOrEqual(8000);
  expect(Math.max(...oids)).toBeLessThan(10_000);
});

it.each([
  ['getdate', '', 8000],
  ['ratio_to_report', 'double precision', 8446],
])('keeps the oid of %s(%s)', (name, argumentText, oid) => {
  expect(listedFunctions.find((listed) => listed.name === name && listed.argumentText === argumentText)?.oid).toBe(oid);
});
