import nodeSqlParser from 'node-sql-parser/build/redshift.js';
import { describe, expect, it } from 'vitest';
import { type AccessList, ownAccessList } from './access-list.js';
import { fixtureStatements } from './fixture-statements.js';

const parser = new nodeSqlParser.Parser();

/** What node-sql-parser gets wrong, by the beginning of the statement. */
const misread: readonly (readonly [start: string, list: 'tables' | 'columns', mistake: string])[] = [
  ['SELECT title INTO long_books', 'tables', 'the target of INTO is left out'],
  ['SELECT * FROM books b LEFT JOIN (authors a JOIN prizes', 'tables', 'tables of a parenthesised join are lost'],
  ['SELECT * FROM (books b CROSS JOIN authors)', 'tables', 'tables of a parenthesised join are lost'],
  ['SELECT * FROM (((books)))', 'tables', 'tables of a parenthesised join are lost'],
  ['WITH recent AS', 'columns', 'column names of a common table are listed as read'],
  ['INSERT INTO books VALUES (1,', 'columns', 'DEFAULT is listed as a column'],
  ['INSERT INTO library.books (id, title)', 'columns', 'columns written are listed as read'],
  ['UPDATE books SET pages', 'columns', 'assignments print as [object Object]'],
  ['UPDATE library.books b', 'columns', 'assignments print as [object Object]'],
  ['UPDATE books AS b', 'columns', 'assignments print as [object Object]'],
  ['WITH n AS (SELECT 1 AS id) UPDATE', 'columns', 'assignments print as [object Object]'],
];

/** Its lists, without the operation and the schema before each name; undefined where it cannot parse. */
function theirAccessList(sql: string): AccessList | undefined {
  let lists: { readonly tableList: string[]; readonly columnList: string[] };
  try {
    lists = parser.parse(sql, { database: 'Redshift' });
  } catch {
    return undefined;
  }
  const tables = new Set(lists.tableList.map(lastName).filter((name) => name !== 'null'));
  // It lists common tables beside the tables they read.
  for (const [, name] of sql.matchAll(/(?:WITH|,)\s+(?:RECURSIVE\s+)?(\w+)\s*(?:\([^)]*\)\s*)?AS\s*\(/gi)) {
    tables.delete(String(name).toLowerCase());
  }
  const columns = new Set(lists.columnList.map(lastName).filter((name) => name !== '(.*)'));
  return { tables: [...tables].sort(), columns: [...columns].sort() };
}

function lastName(entry: string): string {
  return (entry.split('::').at(-1) ?? '').toLowerCase();
}

const statements = fixtureStatements()
  .filter(({ family }) => ['select', 'from', 'expressions', 'dml'].includes(family))
  .map(({ sql }) => ({ sql, theirs: theirAccessList(sql) }))
  .filter((statement): statement is { sql: string; theirs: AccessList } => statement.theirs !== undefined);

describe('node-sql-parser lists the same tables and columns wherever it can parse', () => {
  it.each(statements)('$sql', ({ sql, theirs }) => {
    const own = ownAccessList(sql);
    const mistakes = misread.filter(([start]) => sql.startsWith(start)).map(([, list]) => list);
    if (!mistakes.includes('tables')) expect(own.tables).toEqual(theirs.tables);
    if (!mistakes.includes('columns')) expect(own.columns).toEqual(theirs.columns);
  });

  it('has its known mistakes still', () => {
    for (const [start, list] of misread) {
      const statement = statements.find(({ sql }) => sql.startsWith(start));
      expect(statement, start).toBeDefined();
      if (statement) expect(ownAccessList(statement.sql)[list], start).not.toEqual(statement.theirs[list]);
    }
  });

  it('can parse a good part of them', () => {
    expect(statements.length).toBeGreaterThan(50);
  });
});
