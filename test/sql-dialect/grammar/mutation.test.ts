import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { SqlError } from '../../../sql-dialect/errors.js';
import { significantTokens } from '../../../sql-dialect/lexer/lexer.js';
import { parseStatements } from '../../../sql-dialect/parse.js';
import { fixtureStatements } from './fixture-statements.js';

/** Redshift's documentation allows these: such a mutant is no mistake. */
const documented: readonly RegExp[] = [/\bDELETE\s+(?!FROM\b)["#\w]/i, /\b(?:TOP|EXCLUDE)\b/i, /^\s*DROP\s+LIBRARY\b/i];

/** Why duckshift accepts other statements that PostgreSQL rejects. */
const explanations: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\d[A-Za-z_]/, 'a word may follow a number directly, as PostgreSQL had it until version 14'],
  [/\)\s*[.[]/, "steps may follow into a call's value"],
  [/\[/, 'SUPER paths have subscripts'],
  [/\b(?:fetch|lateral|window|symmetric)\b/i, 'PostgreSQL reserved the word after 8.0'],
];

/** A small linear congruential generator: the same mutants on every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** `sql` with one token deleted, doubled or replaced by another of its tokens. */
function mutate(sql: string, random: (below: number) => number): string {
  const tokens = significantTokens(sql).slice(0, -1);
  const token = tokens[random(tokens.length)];
  const other = tokens[random(tokens.length)];
  if (token === undefined || other === undefined) return sql;
  const before = sql.slice(0, token.start);
  const text = sql.slice(token.start, token.end);
  const after = sql.slice(token.end);
  switch (random(3)) {
    case 0:
      return `${before} ${after}`;
    case 1:
      return `${before}${text} ${text}${after}`;
    default:
      return `${before} ${sql.slice(other.start, other.end)} ${after}`;
  }
}

function postgresAccepts(sql: string): boolean {
  try {
    parseSync(sql);
    return true;
  } catch {
    return false;
  }
}

function duckshiftAccepts(sql: string): boolean {
  try {
    parseStatements(sql);
    return true;
  } catch (error) {
    if (error instanceof SqlError) return false;
    throw error;
  }
}

beforeAll(loadModule);

describe('mutants that PostgreSQL rejects', () => {
  const families: readonly (readonly [name: string, members: readonly string[]])[] = [
    ['queries', ['select', 'from', 'expressions']],
    ['DML', ['dml']],
    ['tables and views', ['table', 'view', 'schema', 'drop']],
    ['sessions', ['transaction', 'cursor', 'session']],
    ['grants and routines', ['grant', 'routine']],
  ];
  it.each(families)('of %s are rejected', (_name, members) => {
    const bases = fixtureStatements()
      .filter(({ family, sql }) => members.includes(family) && !sql.includes('\\') && postgresAccepts(sql))
      .map(({ sql }) => sql);
    const random = generator(20261);
    let rejected = 0;
    const accepted: string[] = [];
    for (let i = 0; i < 3000; i++) {
      const mutant = mutate(bases[random(bases.length)] ?? '', random);
      if (postgresAccepts(mutant)) continue;
      if (documented.some((pattern) => pattern.test(mutant))) continue;
      rejected++;
      if (duckshiftAccepts(mutant)) accepted.push(mutant);
    }
    expect(rejected).toBeGreaterThan(800);
    const unexplained = accepted.filter((mutant) => !explanations.some(([pattern]) => pattern.test(mutant)));
    expect(unexplained).toEqual([]);
    expect(accepted.length / rejected, accepted.join('\n')).toBeLessThanOrEqual(0.005);
  });
});
