import type { Identifier, NodeBase } from '../ast/node.js';
import type { ColumnSpecification, TableConstraintClause } from '../ast/table.js';
import { SqlState } from '../errors.js';
import type { ColumnDefinition, TableConstraint } from '../plan.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { displayType, duckdbType, typeCategory } from '../types/type-table.js';
import type { Lowering } from './lowering.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A column as it was declared, and the constraints that its REFERENCES clauses make. */
export interface LoweredColumn {
  readonly column: Mutable<ColumnDefinition>;
  readonly constraints: readonly TableConstraint[];
}

/** The type of a column, which the engine must be able to store. */
function columnType(lowering: Lowering, { type: written }: ColumnSpecification, name: string): RedshiftType {
  const type = lowering.context.resolveType(written);
  if (typeCategory(type) === 'array' || duckdbType(type) === undefined) {
    const message = `type ${displayType(type)} (column "${name}") is not supported`;
    lowering.fail(
      SqlState.featureNotSupported,
      message,
      written,
      'VARBYTE, VARCHAR and SUPER hold values of any form.',
    );
  }
  return type;
}

/**
 * A column's plan form ("CREATE TABLE", column attributes and constraints). Primary keys and identity columns are NOT
 * NULL.
 *
 * @throws SqlError 42601 for an option given twice or in contradiction; 42P16 for an identity of another type than INT
 * or BIGINT; 0A000 for CHECK and for a type that cannot be stored.
 */
export function lowerColumn(lowering: Lowering, specification: ColumnSpecification): LoweredColumn {
  const { context } = lowering;
  const name = lowering.name(specification.name);
  const constraints: TableConstraint[] = [];
  const column: Mutable<ColumnDefinition> = {
    name,
    type: columnType(lowering, specification, name),
    notNull: false,
    defaultDuckdb: undefined,
    defaultText: undefined,
    identity: undefined,
    encoding: undefined,
    distKey: false,
    sortKey: false,
    primaryKey: false,
    unique: false,
  };
  const flags = new Set<string>();
  for (const option of specification.options) {
    const what = option.kind === 'column_flag' ? option.flag : option.kind;
    if (flags.has(what) && option.kind !== 'column_references') {
      lowering.fail(SqlState.syntaxError, `conflicting or redundant options for column "${name}"`, option);
    }
    flags.add(what);
    switch (option.kind) {
      case 'column_default':
        column.defaultDuckdb = context.compileConstant(option.expression);
        column.defaultText = lowering.text(option.expression);
        break;
      case 'column_identity':
        if (column.type.id !== 'int4' && column.type.id !== 'int8') {
          lowering.fail(SqlState.invalidTableDefinition, 'identity column type must be INT or BIGINT', option);
        }
        column.identity = { seed: option.seed, step: option.step, byDefault: option.byDefault };
        break;
      case 'column_encode':
        column.encoding = option.encoding;
        break;
      case 'column_collate':
        if (option.collation === 'case_insensitive' || option.collation === 'ci') {
          lowering.fail(SqlState.featureNotSupported, 'COLLATE CASE_INSENSITIVE is not supported', option);
        }
        break;
      case 'column_references':
        constraints.push({
          type: 'foreign key',
          name: optionalName(lowering, option.constraintName),
          columns: [name],
          references: { table: lowering.objectName(option.table), columns: lowering.names(option.columns) },
        });
        break;
      case 'column_check':
        failCheck(lowering, option);
        break;
      case 'column_flag':
        break;
    }
  }
  column.distKey = flags.has('distkey');
  column.sortKey = flags.has('sortkey');
  column.primaryKey = flags.has('primary key');
  column.unique = flags.has('unique');
  column.notNull = flags.has('not null') || column.primaryKey || column.identity !== undefined;
  if (flags.has('null') && column.notNull) {
    lowering.fail(
      SqlState.syntaxError,
      `conflicting NULL/NOT NULL declarations for column "${name}"`,
      specification.name,
    );
  }
  return { column, constraints };
}

/** Redshift has no CHECK constraints ("Table constraints"). */
function failCheck(lowering: Lowering, node: NodeBase): never {
  return lowering.fail(SqlState.featureNotSupported, 'CHECK constraints are not supported', node);
}

function optionalName(lowering: Lowering, name: Identifier | undefined): string | undefined {
  return name && lowering.name(name);
}

export function lowerConstraint(lowering: Lowering, clause: TableConstraintClause): TableConstraint {
  const { type, references } = clause;
  if (type === 'check') return failCheck(lowering, clause);
  return {
    type,
    name: optionalName(lowering, clause.name),
    columns: lowering.names(clause.columns),
    references: references && {
      table: lowering.objectName(references.table),
      columns: lowering.names(references.columns),
    },
  };
}
