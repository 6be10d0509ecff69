import type {
  AddColumn,
  AlterColumnType,
  AlterDistribution,
  AlterEncodeAuto,
  AlterSortKey,
  AlterTable,
  AlterTableAppend,
  AlterTableClause,
  TableAttributesClause,
} from '../ast/table.js';
import { SqlState } from '../errors.js';
import type {
  AlterTableAction,
  AlterTablePlan,
  ColumnDefinition,
  Plan,
  TableAttributes,
  UnsupportedPlan,
} from '../plan.js';
import { displayType } from '../types/type-table.js';
import { noAttributes } from './attributes.js';
import { lowerColumn, lowerConstraint } from './column.js';
import type { Lowering } from './lowering.js';

/** ALTER TABLE. Several changes of distribution, sort key and encoding make one; other lists of actions are refused. */
export function lowerAlterTable(lowering: Lowering, node: AlterTable): Plan {
  const [first, ...others] = node.actions;
  if (first === undefined) return lowering.fail(SqlState.syntaxError, 'syntax error', node);
  if (others.length === 0) {
    const action = lowerClause(lowering, first);
    return 'unsupported' in action ? action : plan(lowering, node, action);
  }
  const attributes = node.actions.map((clause) => lowerPhysical(lowering, clause));
  if (attributes.some((given) => given === undefined)) {
    const hint = 'Give each action a statement of its own.';
    return lowering.unsupported('ALTER TABLE with several actions', others[0], hint);
  }
  let merged = noAttributes;
  for (const given of attributes) merged = { ...merged, ...written(given ?? noAttributes) };
  return plan(lowering, node, { type: 'attributes', attributes: merged });
}

/** The attributes that are given. */
function written(attributes: TableAttributes): Partial<TableAttributes> {
  const entries = Object.entries(attributes).filter(
    ([, value]) => value !== undefined && value !== noAttributes.sortKey,
  );
  return Object.fromEntries(entries);
}

export function lowerAppend(lowering: Lowering, node: AlterTableAppend): AlterTablePlan {
  const { ignoreExtra, fillTarget } = node;
  if (ignoreExtra && fillTarget) {
    lowering.fail(SqlState.invalidParameterValue, 'IGNOREEXTRA and FILLTARGET cannot be given together', node);
  }
  const from = lowering.objectName(node.from);
  return plan(lowering, node, { type: 'append', from, ignoreExtra, fillTarget });
}

function plan(lowering: Lowering, node: AlterTable | AlterTableAppend, action: AlterTableAction): AlterTablePlan {
  return { kind: 'alter_table', name: lowering.objectName(node.name), action };
}

function lowerClause(lowering: Lowering, clause: AlterTableClause): AlterTableAction | UnsupportedPlan {
  const refused = (feature: string, hint?: string) => lowering.unsupported(`ALTER TABLE … ${feature}`, clause, hint);
  switch (clause.kind) {
    case 'add_column':
      return { type: 'add_column', column: lowerAddedColumn(lowering, clause) };
    case 'drop_column':
      return { type: 'drop_column', column: lowering.name(clause.column), cascade: clause.cascade };
    case 'rename_column':
      return { type: 'rename_column', from: lowering.name(clause.from), to: lowering.name(clause.to) };
    case 'rename_to':
      return { type: 'rename_table', to: lowering.name(clause.to) };
    case 'alter_column_type':
      return lowerColumnType(lowering, clause);
    case 'alter_column_encode':
      return { type: 'alter_column_encode', column: lowering.name(clause.column), encoding: clause.encoding };
    case 'owner_to':
      return { type: 'owner', owner: lowering.name(clause.owner) };
    case 'add_constraint':
      return { type: 'add_constraint', constraint: lowerConstraint(lowering, clause.constraint) };
    case 'drop_constraint':
      return { type: 'drop_constraint', name: lowering.name(clause.name), cascade: clause.cascade };
    case 'alter_distribution':
    case 'alter_sort_key':
    case 'alter_encode_auto':
      return { type: 'attributes', attributes: physical(lowering, clause) };
    case 'set_schema':
      return refused(
        'SET SCHEMA',
        'Make the table in the other schema with CREATE TABLE … (LIKE …), then APPEND its rows.',
      );
    case 'external_table_clause':
      return refused(clause.action.toUpperCase());
    case 'security_clause':
      return refused(clause.feature.toUpperCase());
    case 'alter_column_nullability':
      return refused(
        `ALTER COLUMN … ${clause.notNull ? 'SET' : 'DROP'} NOT NULL`,
        'Add another column that is declared so, copy the values with UPDATE, and drop this one.',
      );
    case 'alter_column_default':
      return refused(
        `ALTER COLUMN … ${clause.expression ? 'SET' : 'DROP'} DEFAULT`,
        'Add another column that is declared so, copy the values with UPDATE, and drop this one.',
      );
  }
}

/** A column that ADD COLUMN can add to the rows that are there ("ALTER TABLE"). */
function lowerAddedColumn(lowering: Lowering, clause: AddColumn): ColumnDefinition {
  const { column, constraints } = lowerColumn(lowering, clause.column);
  const refuse = (message: string, hint: string) =>
    lowering.fail(SqlState.featureNotSupported, message, clause.column, hint);
  if (column.primaryKey || column.unique || constraints.length > 0 || column.distKey || column.sortKey)
    refuse('ADD COLUMN takes no key or constraint', 'Use ADD CONSTRAINT, ALTER DISTKEY or ALTER SORTKEY afterwards.');
  if (column.identity !== undefined)
    refuse('ALTER TABLE ADD COLUMN with IDENTITY is not supported', 'Only CREATE TABLE makes identity columns.');
  if (column.notNull && (column.defaultText === undefined || /^null$/i.test(column.defaultText)))
    refuse(
      'ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression',
      'Give the column a DEFAULT.',
    );
  return column;
}

/** ALTER COLUMN … TYPE: only the size of a VARCHAR can change ("ALTER TABLE"). */
function lowerColumnType(lowering: Lowering, clause: AlterColumnType): AlterTableAction {
  const column = lowering.name(clause.column);
  const dataType = lowering.context.resolveType(clause.type);
  if (dataType.id !== 'varchar')
    lowering.fail(
      SqlState.featureNotSupported,
      `altering column "${column}" to ${displayType(dataType)} is not supported`,
      clause.type,
      'Only the size of VARCHAR columns can be altered.',
    );
  return { type: 'alter_column_type', column, dataType };
}

/** A change of physical attributes as attributes; undefined for every other clause. */
export function lowerPhysical(
  lowering: Lowering,
  clause: AlterTableClause | TableAttributesClause,
): TableAttributes | undefined {
  switch (clause.kind) {
    case 'alter_distribution':
    case 'alter_sort_key':
    case 'alter_encode_auto':
      return physical(lowering, clause);
    default:
      return undefined;
  }
}

function physical(lowering: Lowering, clause: AlterDistribution | AlterSortKey | AlterEncodeAuto): TableAttributes {
  switch (clause.kind) {
    case 'alter_distribution':
      return { ...noAttributes, distStyle: clause.style, distKey: clause.column && lowering.name(clause.column) };
    case 'alter_sort_key': {
      const { style } = clause;
      const sortStyle = style === 'none' ? undefined : style;
      return { ...noAttributes, sortKey: lowering.names(clause.columns), sortStyle };
    }
    case 'alter_encode_auto':
      return noAttributes;
  }
}
