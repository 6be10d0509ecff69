import { describe, expect, it } from 'vitest';
import { childrenOf, type NodeBase } from '../../../sql-dialect/ast/node.js';
import { tokenize } from '../../../sql-dialect/lexer/lexer.js';
import { parseStatements } from '../../../sql-dialect/parse.js';
import { fixtureStatements } from './fixture-statements.js';
import { withoutSpans } from './without-spans.js';

const statements = fixtureStatements();

function only(sql: string): NodeBase {
  const parsed = parseStatements(sql);
  expect(parsed).toHaveLength(1);
  return parsed[0]?.node ?? { kind: 'none', start: 0, end: 0 };
}

/** The source of a node, put together from its children's and what lies between them. */
function splice(node: NodeBase, source: string): string {
  let out = '';
  let at = node.start;
  for (const child of childrenOf(node)) {
    out += source.slice(at, child.start) + splice(child, source);
    at = child.end;
  }
  return out + source.slice(at, node.end);
}

describe.each([...new Set(statements.map(({ family }) => family))])('%s', (family) => {
  const own = statements.filter((statement) => statement.family === family).map(({ sql }) => sql);

  it.each(own)('%s', (sql) => {
    const node = only(sql);
    expect(sql.slice(node.start, node.end)).toBe(sql);
    expect(splice(node, sql)).toBe(sql);
    expectSpans(node, sql);
  });

  it('does not change with comments and white space between tokens', () => {
    for (const sql of own) {
      const fuzzed = tokenize(sql)
        .map(
          ({ start, end }, index) =>
            `${sql.slice(start, end)}${[' ', ' /* ; ( */ ', '\n', "\n-- it's\n", '\t/*/**/*/ '][index % 5]}`,
        )
        .join('');
      expect(withoutSpans(only(`-- first\n${fuzzed};`)), sql).toEqual(withoutSpans(only(sql)));
    }
  });
});

/** Nodes begin and end on significant tokens; children lie inside their parent and apart from each other. */
function expectSpans(root: NodeBase, sql: string): void {
  const significant = tokenize(sql).filter(({ kind }) => kind !== 'whitespace' && kind !== 'comment');
  const starts = new Set(significant.map(({ start }) => start));
  const ends = new Set(significant.map(({ end }) => end));
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    let at = node.start;
    for (const child of childrenOf(node)) {
      expect(child.start, `${child.kind} in ${node.kind}`).toBeGreaterThanOrEqual(at);
      expect(child.end).toBeLessThanOrEqual(node.end);
      at = child.end;
      open.push(child);
      // An implied argument has no text, and the type of X'1F' is a letter inside its token.
      if (child.start === child.end || sql.slice(child.start - 1, child.end).match(/^.?[xXbB]'|^.?[xXbB]$/)) continue;
      expect(starts.has(child.start), `start of ${child.kind}`).toBe(true);
      expect(ends.has(child.end), `end of ${child.kind}`).toBe(true);
    }
  }
}

describe('several statements', () => {
  it('are split at semicolons outside strings, comments and bodies', () => {
    const source =
      "SELECT ';' ; /* ; */ ;; -- ;\nCREATE PROCEDURE p() AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql;COMMIT";
    const parsed = parseStatements(source);
    expect(parsed.map(({ node }) => node.kind)).toEqual(['select_statement', 'create_procedure', 'commit']);
    for (const { text, offset, node } of parsed) {
      expect(source.slice(offset, offset + text.length)).toBe(text);
      expect(offset).toBe(node.start);
    }
    expect(parsed[0]?.text).toBe("SELECT ';'");
  });

  it('may be none', () => {
    expect(parseStatements('')).toEqual([]);
    expect(parseStatements(' ; -- nothing\n ;; /* */')).toEqual([]);
  });
});
