import type { InsertStatement } from '../../ast/dml.js';
import type { Query, Values } from '../../ast/query.js';
import type { BoundColumn } from '../../bind/binding.js';
import { bindQuery, bindWith, isUntypedOutput } from '../../bind/query.js';
import { Scope } from '../../bind/scope.js';
import type { StatementBinder } from '../../bind/statement-binder.js';
import type { Relation } from '../../catalog.js';
import { quoteIdentifier } from '../../duckdb/quote.js';
import { SqlState } from '../../errors.js';
import type { DmlPlan } from '../../plan.js';
import { castSql } from '../cast.js';
import { Rewriter } from '../rewriter.js';
import { rewriteRules } from '../rules.js';
import {
  assignedSql,
  bindAssigned,
  checkAssignable,
  dmlPlan,
  isIdentity,
  relationColumns,
  targetColumn,
  targetRelation,
} from './target.js';

/** INSERT: values are brought to the columns' types; strings that do not fit are refused (22001). */
export function compileInsert(binder: StatementBinder, node: InsertStatement): DmlPlan {
  const relation = targetRelation(binder, node.target, 'insert into');
  const listed = listedColumns(binder, node, relation);
  const scope = new Scope(undefined);
  if (node.with !== undefined) bindWith(binder, node.with, scope);
  const rewriter = new Rewriter(binder, rewriteRules());
  const withText = (): string => (node.with === undefined ? '' : `${rewriter.emit(node.with)} `);
  const into = (columns: readonly BoundColumn[] | undefined): string => {
    const names =
      columns === undefined ? '' : ` (${columns.map((column) => quoteIdentifier(column.duckdb)).join(', ')})`;
    return `INSERT INTO ${relation.duckdb}${names}`;
  };
  const { source } = node;
  if (source === 'default values') {
    return dmlPlan('insert', rewriter, relation, [`INSERT INTO ${relation.duckdb} DEFAULT VALUES`]);
  }
  const values = plainValues(source);
  if (values !== undefined) {
    const columns = valueColumns(binder, node, values, relation, listed);
    bindRows(binder, values, columns, relation, scope);
    const rows = values.rows.map((row) => {
      const items = row.items.map((item, i) => {
        const column = columns?.[i];
        return column === undefined ? rewriter.emit(item) : assignedSql(rewriter, item, column);
      });
      return `(${items.join(', ')})`;
    });
    return dmlPlan('insert', rewriter, relation, [`${withText()}${into(columns)} VALUES ${rows.join(', ')}`]);
  }
  const output = bindQuery(binder, source, scope).columns;
  const columns = queryColumns(binder, node, output, relation, listed);
  const query = insertedQuery(binder, rewriter, source, output, columns, relation);
  return dmlPlan('insert', rewriter, relation, [`${withText()}${into(columns)} ${query}`]);
}

/** `VALUES (…), (…)` with nothing around it: rows may hold DEFAULT. */
function plainValues(query: Query): Values | undefined {
  const plain =
    query.with === undefined && query.orderBy.length === 0 && query.limit === undefined && query.offset === undefined;
  return plain && query.body.kind === 'values' ? query.body : undefined;
}

function listedColumns(
  binder: StatementBinder,
  node: InsertStatement,
  relation: Relation,
): readonly BoundColumn[] | undefined {
  if (node.columns.length === 0) return undefined;
  const seen = new Set<string>();
  return node.columns.map((identifier) => {
    const column = targetColumn(binder, relation, identifier);
    if (seen.has(column.name)) {
      binder.fail(identifier, SqlState.duplicateColumn, `column "${column.name}" specified more than once`);
    }
    seen.add(column.name);
    return column;
  });
}

/** The columns that rows of `width` values go to: those listed, else the first of the table. */
function columnsFor(
  binder: StatementBinder,
  node: InsertStatement,
  width: number,
  relation: Relation,
  listed: readonly BoundColumn[] | undefined,
): readonly BoundColumn[] | undefined {
  const columns = listed ?? relationColumns(relation);
  if (columns === undefined) return undefined;
  if (width > columns.length) {
    binder.fail(node, SqlState.syntaxError, 'INSERT has more expressions than target columns');
  }
  if (listed !== undefined && width < listed.length) {
    binder.fail(node, SqlState.syntaxError, 'INSERT has more target columns than expressions');
  }
  return columns.slice(0, width);
}

function valueColumns(
  binder: StatementBinder,
  node: InsertStatement,
  values: Values,
  relation: Relation,
  listed: readonly BoundColumn[] | undefined,
): readonly BoundColumn[] | undefined {
  const width = values.rows[0]?.items.length ?? 0;
  for (const row of values.rows) {
    if (row.items.length !== width) binder.fail(row, SqlState.syntaxError, 'VALUES lists must all be the same length');
  }
  return columnsFor(binder, node, width, relation, listed);
}

function bindRows(
  binder: StatementBinder,
  values: Values,
  columns: readonly BoundColumn[] | undefined,
  relation: Relation,
  scope: Scope,
): void {
  for (const row of values.rows) {
    row.items.forEach((item, i) => {
      const column = columns?.[i] ?? { name: '', duckdb: '', type: { id: 'unknown' }, notNull: false };
      bindAssigned(binder, item, column, relation, scope, 'VALUES');
    });
  }
}

function queryColumns(
  binder: StatementBinder,
  node: InsertStatement,
  output: readonly BoundColumn[] | undefined,
  relation: Relation,
  listed: readonly BoundColumn[] | undefined,
): readonly BoundColumn[] | undefined {
  if (output === undefined) return listed;
  return columnsFor(binder, node, output.length, relation, listed);
}

/** The query, around it a SELECT that brings its columns to the table's types where they differ. */
function insertedQuery(
  binder: StatementBinder,
  rewriter: Rewriter,
  query: Query,
  output: readonly BoundColumn[] | undefined,
  columns: readonly BoundColumn[] | undefined,
  relation: Relation,
): string {
  const plain = rewriter.emit(query);
  if (output === undefined || columns === undefined) return plain;
  const names = output.map((_column, i) => quoteIdentifier(`c${i + 1}`));
  const casts = output.map((value, i) => {
    const column = columns[i];
    const name = names[i] ?? '';
    if (column === undefined) return name;
    if (isIdentity(relation, column))
      binder.fail(query, SqlState.syntaxError, 'cannot set an identity column to a value');
    checkAssignable(binder, query, column, value.type, isUntypedOutput(binder, query.body, i));
    return castSql(name, value.type, column.type, 'assignment', binder.settings);
  });
  if (casts.every((sql, i) => sql === names[i])) return plain;
  return `SELECT ${casts.join(', ')} FROM (${plain}) AS "source"(${names.join(', ')})`;
}
