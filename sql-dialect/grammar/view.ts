import type {
  AlterMaterializedView,
  CreateExternalView,
  CreateMaterializedView,
  CreateView,
  RefreshMaterializedView,
} from '../ast/view.js';
import { parsePhysicalChange, parseSecurityClause } from './alter-table.js';
import { isName, parseNameList, parseRelationName } from './names.js';
import { parseQuery } from './query.js';
import { parseIceberg, parseTableAttributes } from './table-attributes.js';
import type { TokenCursor } from './token-cursor.js';

/** "CREATE VIEW", from VIEW on. */
export function parseCreateView(cursor: TokenCursor, start: number, orReplace: boolean): CreateView {
  cursor.expect('view');
  const name = parseRelationName(cursor);
  const columns = cursor.atPunctuation('(') ? parseNameList(cursor) : [];
  cursor.expect('as');
  const query = parseQuery(cursor);
  const noSchemaBinding = cursor.accept('with');
  if (noSchemaBinding) cursor.expect('no', 'schema', 'binding');
  return { kind: 'create_view', start, end: cursor.end, orReplace, name, columns, query, noSchemaBinding };
}

/**
 * "CREATE MATERIALIZED VIEW". BACKUP and table attributes come before AUTO REFRESH; another order is a syntax error on
 * Redshift.
 */
export function parseCreateMaterializedView(cursor: TokenCursor, start: number): CreateMaterializedView {
  cursor.expect('materialized', 'view');
  const name = parseRelationName(cursor);
  const columns = cursor.atPunctuation('(') ? parseNameList(cursor) : [];
  const iceberg = parseIceberg(cursor);
  const attributes = parseTableAttributes(cursor);
  const autoRefresh = cursor.acceptWords('auto', 'refresh') ? cursor.expectOne('yes', 'no') === 'yes' : undefined;
  cursor.expect('as');
  const query = parseQuery(cursor);
  return {
    kind: 'create_materialized_view',
    start,
    end: cursor.end,
    name,
    columns,
    attributes,
    autoRefresh,
    iceberg,
    query,
  };
}

/** "REFRESH MATERIALIZED VIEW". */
export function parseRefresh(cursor: TokenCursor): RefreshMaterializedView {
  const { start } = cursor;
  cursor.expect('refresh', 'materialized', 'view');
  const name = parseRelationName(cursor);
  const mode = cursor.acceptOne('restrict', 'cascade') ?? 'restrict';
  return { kind: 'refresh_materialized_view', start, end: cursor.end, name, mode };
}

/** "ALTER MATERIALIZED VIEW". */
export function parseAlterMaterializedView(cursor: TokenCursor, start: number): AlterMaterializedView {
  cursor.expect('materialized', 'view');
  const name = parseRelationName(cursor);
  const action = parseAlterAction(cursor);
  return { kind: 'alter_materialized_view', start, end: cursor.end, name, action };
}

function parseAlterAction(cursor: TokenCursor): AlterMaterializedView['action'] {
  const { start } = cursor;
  if (cursor.acceptWords('auto', 'refresh')) {
    const on = cursor.expectOne('yes', 'no') === 'yes';
    return { kind: 'auto_refresh', start, end: cursor.end, on };
  }
  if (cursor.at('row')) return parseSecurityClause(cursor);
  cursor.expect('alter');
  return parsePhysicalChange(cursor, start) ?? cursor.fail();
}

/** "CREATE EXTERNAL VIEW" and "ALTER EXTERNAL VIEW", from EXTERNAL on. */
export function parseExternalView(
  cursor: TokenCursor,
  start: number,
  action: 'create' | 'alter',
  orReplace: boolean,
): CreateExternalView {
  cursor.expect('external');
  cursor.accept('protected');
  cursor.expect('view');
  const before = cursor.acceptWords('if', 'not', 'exists');
  const name = parseRelationName(cursor);
  const ifNotExists = before || cursor.acceptWords('if', 'not', 'exists');
  // The view's name in the catalog may be given in full after its Redshift name.
  if (isName(cursor.token) && !cursor.at('force') && !cursor.at('remove')) parseRelationName(cursor);
  const force = action === 'alter' && cursor.accept('force');
  const removed = action === 'alter' && cursor.acceptWords('remove', 'definition');
  if (!removed) cursor.expect('as');
  const query = removed ? undefined : parseQuery(cursor);
  return {
    kind: 'create_external_view',
    start,
    end: cursor.end,
    action: removed ? 'remove definition' : action,
    orReplace,
    ifNotExists,
    name,
    query,
    force,
  };
}
