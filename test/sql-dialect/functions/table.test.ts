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

  it('call only user functions that exist, with as many arguments as they take', () => {
    const known = new Map(userFunctions.map((definition) => [definition.name, definition]));
    let calls = 0;
    for (const { name, duckdb, parameters, variadic } of definitions) {
      if (typeof duckdb !== 'string') continue;
      for (const call of userFunctionCalls(duckdb)) {
        calls++;
        const called = known.get(call.name);
        expect([name, call.name, called?.name]).toEqual([name, call.name, call.name]);
        if (called === undefined) continue;
        // `$*` stands for all arguments of the definition.
        const given = call.arguments.flatMap<string>((text) => (text === '$*' ? parameters : [text])).length;
        const enough = called.rest !== undefined || variadic === true ? 'at least' : 'exactly';
        const fits = enough === 'exactly' ? given === called.parameters.length : given >= called.parameters.length;
        expect([name, call.name, enough, given, fits]).toEqual([name, call.name, enough, given, true]);
      }
    }
    expect(calls).toBeGreaterThan(20);
  });

  it('name the page that each definition follows', () => {
    for (const { name, page } of definitions) expect([name, page.trim() !== '']).toEqual([name, true]);
  });
});

/** The calls of `duckshift_…` functions in a template, with their arguments' texts. */
function userFunctionCalls(template: string): { name: string; arguments: string[] }[] {
  return [...template.matchAll(/(duckshift_\w+)\(/g)]
    .filter((match) => !/_backend$/.test(match[1] ?? ''))
    .map((match) => ({
      name: match[1] ?? '',
      arguments: argumentTexts(template.slice(match.index + match[0].length)),
    }));
}

/**
 * The comma-separated texts before the parenthesis that closes a call; commas in literals and inner calls part nothing.
 */
function argumentTexts(text: string): string[] {
  const texts: string[] = [''];
  let depth = 0;
  for (const [part] of text.matchAll(/'(?:[^']|'')*'|[\s\S]/g)) {
    if (/^[)\]}]$/.test(part) && depth-- === 0) break;
    if (/^[([{]$/.test(part)) depth++;
    if (part === ',' && depth === 0) texts.push('');
    else texts.push((texts.pop() ?? '') + part);
  }
  return texts.map((argument) => argument.trim()).filter((argument) => argument !== '');
}
