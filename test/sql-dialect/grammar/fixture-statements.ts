import { readdirSync, readFileSync } from 'node:fs';
import { tokenize } from '../../../sql-dialect/lexer/lexer.js';

/** A statement of the folder `statements`. */
export interface FixtureStatement {
  /** Name of its file without `.sql`. */
  readonly family: string;
  readonly sql: string;
}

/**
 * Every statement of the fixture files, split at `;` by the lexer alone; comments between statements belong to none.
 */
export function fixtureStatements(): FixtureStatement[] {
  const folder = new URL('./statements/', import.meta.url);
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const family = file.replace(/\.sql$/, '');
      return splitStatements(readFileSync(new URL(file, folder), 'utf8')).map((sql) => ({ family, sql }));
    });
}

function splitStatements(source: string): string[] {
  const statements: string[] = [];
  let start: number | undefined;
  for (const token of tokenize(source)) {
    if (token.kind === 'punctuation' && token.text === ';') {
      if (start !== undefined) statements.push(source.slice(start, token.start));
      start = undefined;
    } else if (token.kind !== 'whitespace' && token.kind !== 'comment') {
      start ??= token.start;
    }
  }
  return statements;
}
