import type { OrderItem } from '../ast/query.js';
import { SqlState } from '../errors.js';
import type { BoundColumn, OrderTarget } from './binding.js';
import type { StatementBinder } from './statement-binder.js';

/** The output column that an ORDER BY item names by ordinal or by its bare name. */
export function orderTarget(
  binder: StatementBinder,
  item: OrderItem,
  columns: readonly BoundColumn[] | undefined,
): OrderTarget | undefined {
  const { expression } = item;
  if (expression.kind === 'number' && /^\d+$/.test(expression.text)) {
    const index = Number(expression.text) - 1;
    const column = columns?.[index];
    if (columns === undefined) return undefined;
    if (column === undefined) {
      return binder.fail(
        expression,
        SqlState.invalidColumnReference,
        `ORDER BY position ${expression.text} is not in select list`,
      );
    }
    return { kind: 'output', index, column } as const;
  }
  if (expression.kind === 'string') {
    return binder.fail(expression, SqlState.syntaxError, 'non-integer constant in ORDER BY');
  }
  if (expression.kind !== 'path' || expression.steps.length > 0 || columns === undefined) return undefined;
  const name = binder.fold(expression.head);
  const index = columns.findIndex((column) => column.name === name);
  const column = columns[index];
  if (column === undefined) return undefined;
  if (columns.some((other, i) => i !== index && other.name === name && !sameSource(other, column))) {
    return binder.fail(expression, SqlState.ambiguousColumn, `ORDER BY "${name}" is ambiguous`);
  }
  return { kind: 'output', index, column } as const;
}

function sameSource(a: BoundColumn, b: BoundColumn): boolean {
  return (
    a.source !== undefined &&
    b.source !== undefined &&
    a.source.relation === b.source.relation &&
    a.source.schema === b.source.schema &&
    a.source.column === b.source.column
  );
}
