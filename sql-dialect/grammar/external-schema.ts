import type { AlterExternalSchema, CreateExternalSchema, ExternalSource } from '../ast/external.js';
import { parseName } from './names.js';
import { parseNumberText, parseText, parseWordText } from './option-values.js';
import type { TokenCursor } from './token-cursor.js';

/** `{default | 'arn,…' | 'SESSION'}` after IAM_ROLE; the keyword in lower case, a string decoded. */
export function parseIamRole(cursor: TokenCursor): string {
  return cursor.accept('default') ? 'default' : parseText(cursor);
}

/** "CREATE EXTERNAL SCHEMA", from EXTERNAL on. Clauses are taken in any order, each once. */
export function parseCreateExternalSchema(cursor: TokenCursor, start: number): CreateExternalSchema {
  cursor.expect('external', 'schema');
  const ifNotExists = cursor.acceptWords('if', 'not', 'exists');
  const name = parseName(cursor);
  // Without FROM the source is the Data Catalog.
  const source = cursor.accept('from') ? parseSource(cursor) : 'data catalog';
  const options = parseClauses(cursor);
  const { region, iam_role: iamRole, ...others } = options;
  return {
    kind: 'create_external_schema',
    start,
    end: cursor.end,
    ifNotExists,
    name,
    source,
    region,
    iamRole,
    options: others,
  };
}

function parseSource(cursor: TokenCursor): ExternalSource {
  const word = cursor.acceptOne('kinesis', 'kafka', 'msk', 'data', 'hive', 'postgres', 'mysql', 'redshift');
  switch (word) {
    case undefined:
      return 'data catalog';
    case 'data':
      cursor.expect('catalog');
      return 'data catalog';
    case 'hive':
      cursor.expect('metastore');
      return 'hive metastore';
    default:
      return word;
  }
}

function parseClauses(cursor: TokenCursor): Record<string, string> {
  const clauses: Record<string, string> = {};
  while (!cursor.atStatementEnd()) {
    const { token } = cursor;
    const [name, value] = parseClause(cursor);
    if (name in clauses) cursor.fail(token);
    clauses[name] = value;
    if (name === 'uri' && cursor.accept('port')) clauses.port = parseNumberText(cursor);
  }
  return clauses;
}

function parseClause(cursor: TokenCursor): [name: string, value: string] {
  const { token } = cursor;
  switch (token.kind === 'word' ? token.text : '') {
    case 'region':
    case 'database':
    case 'schema':
    case 'uri':
    case 'secret_arn':
    case 'authentication_arn':
    case 'cluster_arn':
    case 'catalog_role':
    case 'catalog_id':
    case 'host':
      cursor.advance();
      return [token.text, token.text === 'catalog_role' && cursor.accept('default') ? 'default' : parseText(cursor)];
    case 'port':
      cursor.advance();
      return ['port', parseNumberText(cursor)];
    case 'iam_role':
      cursor.advance();
      return ['iam_role', parseIamRole(cursor)];
    case 'authentication':
      cursor.advance();
      return ['authentication', cursor.token.kind === 'string' ? parseText(cursor) : parseWordText(cursor)];
    case 'create':
      cursor.expect('create', 'external', 'database', 'if', 'not', 'exists');
      return ['create external database', 'if not exists'];
    default:
      return cursor.fail();
  }
}

/** "ALTER EXTERNAL SCHEMA", from EXTERNAL on. */
export function parseAlterExternalSchema(cursor: TokenCursor, start: number): AlterExternalSchema {
  cursor.expect('external', 'schema');
  const name = parseName(cursor);
  if (cursor.atStatementEnd()) cursor.fail();
  const renamed = cursor.acceptOne('rename', 'owner');
  if (renamed) {
    cursor.expect('to');
    const options = { [renamed]: parseName(cursor).value };
    return { kind: 'alter_external_schema', start, end: cursor.end, name, options };
  }
  const options = parseClauses(cursor);
  return { kind: 'alter_external_schema', start, end: cursor.end, name, options };
}
