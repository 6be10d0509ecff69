import type { NodeBase } from '../ast/node.js';
import type { Query, RelationName, Select } from '../ast/query.js';
import type { CreateTable, CreateTableAs, LikeClause } from '../ast/table.js';
import { SqlState } from '../errors.js';
import type {
  ColumnDefinition,
  CreateTableAsPlan,
  CreateTablePlan,
  DefiningQuery,
  Plan,
  TableAttributes,
  TableConstraint,
} from '../plan.js';
import { lowerAttributes, noAttributes } from './attributes.js';
import { lowerColumn, lowerConstraint } from './column.js';
import type { Lowering } from './lowering.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * CREATE TABLE with columns. Key columns are marked on the column and on the table, whichever way they were written.
 */
export function lowerCreateTable(lowering: Lowering, node: CreateTable): Plan {
  if (node.iceberg) return lowering.unsupported('CREATE TABLE … USING ICEBERG', node.iceberg);
  const columns: Mutable<ColumnDefinition>[] = [];
  const constraints: TableConstraint[] = [];
  let like: LikeClause | undefined;
  for (const element of node.elements) {
    switch (element.kind) {
      case 'column_specification': {
        const lowered = lowerColumn(lowering, element);
        const { column } = lowered;
        if (columns.some(({ name }) => name === column.name)) {
          lowering.fail(SqlState.duplicateColumn, `column "${column.name}" specified more than once`, element);
        }
        columns.push(column);
        constraints.push(...lowered.constraints);
        break;
      }
      case 'table_constraint':
        constraints.push(lowerConstraint(lowering, element));
        break;
      case 'like_clause':
        if (like) lowering.fail(SqlState.featureNotSupported, 'several LIKE clauses are not supported', element);
        like = element;
    }
  }
  applyConstraints(lowering, node, columns, constraints, like !== undefined);
  const attributes = applyKeys(lowering, node, columns, like !== undefined);
  const plan: CreateTablePlan = {
    kind: 'create_table',
    ...target(lowering, node.name, node.temporary),
    ifNotExists: node.ifNotExists,
    columns,
    constraints,
    attributes,
    like: like && { table: lowering.objectName(like.table), includingDefaults: like.includingDefaults },
  };
  return plan;
}

/** A new table's name; `#name` is temporary ("CREATE TABLE"). */
function target(lowering: Lowering, relation: RelationName, temporary: boolean) {
  const name = lowering.objectName(relation);
  return { name, temporary: temporary || name.name.startsWith('#') };
}

/** Marks the columns of table-level keys; a table has one primary key. With LIKE the columns may be the parent's. */
function applyConstraints(
  lowering: Lowering,
  node: CreateTable,
  columns: readonly Mutable<ColumnDefinition>[],
  constraints: readonly TableConstraint[],
  open: boolean,
): void {
  let keys = columns.filter(({ primaryKey }) => primaryKey).length;
  for (const constraint of constraints) {
    if (constraint.type === 'primary key') keys++;
    for (const name of constraint.columns) {
      const column = columns.find((candidate) => candidate.name === name);
      if (column === undefined && !open) failKeyColumn(lowering, name, node.name);
      if (column && constraint.type === 'primary key') column.notNull = true;
    }
  }
  if (keys > 1) {
    const { name } = lowering.objectName(node.name);
    lowering.fail(
      SqlState.invalidTableDefinition,
      `multiple primary keys for table "${name}" are not allowed`,
      node.name,
    );
  }
}

function failKeyColumn(lowering: Lowering, name: string, node: NodeBase): never {
  return lowering.fail(SqlState.undefinedColumn, `column "${name}" named in key does not exist`, node);
}

/** Table attributes together with the DISTKEY and SORTKEY that columns carry. */
function applyKeys(
  lowering: Lowering,
  node: CreateTable,
  columns: readonly Mutable<ColumnDefinition>[],
  open: boolean,
): TableAttributes {
  const given = lowerAttributes(lowering, node.attributes);
  const distKey = given.distKey ?? columns.find((column) => column.distKey)?.name;
  const marked = columns.filter((column) => column.sortKey).map(({ name }) => name);
  const sortKey = given.sortKey.length > 0 ? given.sortKey : marked;
  for (const key of [...(distKey === undefined ? [] : [distKey]), ...sortKey]) {
    const column = typeof key === 'number' ? columns[key - 1] : columns.find(({ name }) => name === key);
    if (column === undefined && !open) failKeyColumn(lowering, String(key), node.attributes ?? node.name);
  }
  for (const column of columns) {
    column.distKey = column.name === distKey;
    column.sortKey = sortKey.includes(column.name);
  }
  return {
    ...given,
    distKey,
    distStyle: given.distStyle ?? (distKey === undefined ? undefined : 'key'),
    sortKey,
    sortStyle: given.sortStyle ?? (sortKey.length > 0 ? 'compound' : undefined),
  };
}

export function lowerCreateTableAs(lowering: Lowering, node: CreateTableAs): Plan {
  if (node.iceberg) return lowering.unsupported('CREATE TABLE … USING ICEBERG', node.iceberg);
  const plan: CreateTableAsPlan = {
    kind: 'create_table_as',
    ...target(lowering, node.name, node.temporary),
    ifNotExists: node.ifNotExists,
    columnNames: lowering.names(node.columns),
    attributes: lowerAttributes(lowering, node.attributes),
    query: definingQuery(lowering, node.query),
    selectInto: false,
  };
  return plan;
}

/** The table that `SELECT … INTO` makes, or undefined for a query without INTO. */
export function lowerSelectInto(lowering: Lowering, query: Query): CreateTableAsPlan | undefined {
  const into = firstSelect(query)?.into;
  if (into === undefined) return undefined;
  return {
    kind: 'create_table_as',
    ...target(lowering, into.target, into.temporary),
    ifNotExists: false,
    columnNames: [],
    attributes: noAttributes,
    query: definingQuery(lowering, query),
    selectInto: true,
  };
}

/** The leftmost SELECT of a query: the one that may have INTO. */
function firstSelect(query: Query): Select | undefined {
  let { body } = query;
  while (body.kind === 'set_operation') body = body.left;
  if (body.kind === 'parenthesized_query') return firstSelect(body.query);
  return body.kind === 'select' ? body : undefined;
}

/** A query that defines a relation: its text and its compiled form. */
export function definingQuery(lowering: Lowering, query: Query): DefiningQuery {
  return { ...lowering.queryText(query), compiled: lowering.context.compileQuery(query) };
}
