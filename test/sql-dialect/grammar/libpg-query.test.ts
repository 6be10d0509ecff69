import { loadModule } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixtureStatements } from './fixture-statements.js';
import { libpgStructure } from './libpg-structure.js';
import { ownStructure } from './own-structure.js';
import type { Structure } from './structure.js';

/** Statements that both read and understand differently, with the reason. */
const disagreements: readonly (readonly [start: string, reason: string])[] = [
  ['SELECT TOP $1 ', 'the type TOP before a parameter in the place of its literal'],
  ['SELECT title FROM books FOR UPDATE OF', 'the name after OF is a relation of its own'],
];

const statements = fixtureStatements().filter(({ family }) =>
  ['select', 'from', 'expressions', 'dml'].includes(family),
);

beforeAll(loadModule);

function inPostgres(sql: string): Structure | undefined {
  // A backslash means something else in a plain PostgreSQL string.
  if (/(?<![eE])'[^']*\\/.test(sql)) return undefined;
  try {
    return libpgStructure(sql);
  } catch {
    return undefined;
  }
}

describe('PostgreSQL reads the same calls, tables, labels and operators', () => {
  it.each(statements.map(({ sql }) => sql))('%s', (sql) => {
    const theirs = inPostgres(sql);
    if (theirs === undefined || disagreements.some(([start]) => sql.startsWith(start))) return;
    expect(ownStructure(sql)).toEqual(theirs);
  });

  it('is asked about most of them', () => {
    const read = statements.filter(({ sql }) => inPostgres(sql) !== undefined);
    expect(read.length).toBeGreaterThan(70);
  });
});
