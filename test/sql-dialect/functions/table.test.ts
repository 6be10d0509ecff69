import { describe, expect, it } from 'vitest';
import { aggregateFunctions, scalarFunctions, unsupportedFunctions } from '../../../sql-dialect/functions/index.js';
import { userFunctions } from '../../../src/engine/user-functions/table.js';

const definitions = [...scalarFunctions.values(), ...aggregateFunctions.values()].flat();

describe('the function tables', () => {
  it('hold each name once, in lower case', () => {
    for (const name of [...scalarFunctions.keys(), ...aggregateFunctions.keys()]) expect(name).toBe(name.toLowerCase());
    for (const name of unsupportedFunctions.keys()) {
      expect([name, scalarFunctions.has(name), aggregateFunctions.has(name)]).toEqual([name, false, false]);
    }
    for (const name of aggregateFunctions.keys()) expect([name, scalarFunctions.has(name)]).toEqual([name, false]);
  });

  it('name only arguments that the definition has', () => {
    for (const { name, parameters, duckdb, variadic } of definitions) {
      if (typeof duckdb !== 'string') continue;
      const highest = Math.max(0, ...[...duckdb.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])));
      expect([name, highest <= parameters.length || variadic === true]).toEqual([name, true]);
    }
  });

  it('call only user functions that exist, with as many arguments', () => {
    const known = new Set(userFunctions.map((definition) => definition.name));
    for (const { duckdb } of definitions) {
      if (typeof duckdb !== 'string') continue;
      for (const [called] of duckdb.matchAll(/duckshift_\w+(?=\()/g)) {
        if (!/_backend$/.test(called)) expect(known).toContain(called);
      }
    }
  });

  it('read only documented pages', () => {
    for (const { name, page } of definitions) expect([name, page.trim() !== '']).toEqual([name, true]);
  });
});
