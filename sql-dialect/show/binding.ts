import { childrenOf, type NodeBase } from '../ast/node.js';
import type { Binding, BoundColumn, ColumnReference, PathMeaning } from '../bind/binding.js';
import { bindStatement, type CompileContext } from '../compile.js';
import type { ParsedStatement } from '../parse.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { displayType } from '../types/type-table.js';
import { excerpt, textTable } from './text-table.js';

/**
 * What the binder found out about a query: a line for each expression in the order of the tree, with its source text,
 * its type and what its name or operator means, then the output columns. Undefined for a statement that is not a query.
 *
 * @throws SqlError as `compile` does.
 */
export function showBinding(statement: ParsedStatement, context: CompileContext): string | undefined {
  const bound = bindStatement(statement, context);
  if (bound === undefined) return undefined;
  const { binding, columns } = bound;
  const rows: string[][] = [];
  const visit = (node: NodeBase): void => {
    const type = binding.types.get(node);
    if (type !== undefined)
      rows.push([excerpt(statement.source, node.start, node.end), typeText(type), meaning(binding, node)]);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(statement.node);
  for (const column of columns ?? []) rows.push([`output ${column.name}`, typeText(column.type), nullability(column)]);
  return textTable(rows);
}

function typeText(type: RedshiftType): string {
  return type.id === 'unknown' ? 'unknown' : displayType(type);
}

function nullability(column: BoundColumn): string {
  return column.notNull ? 'not null' : '';
}

function meaning(binding: Binding, node: NodeBase): string {
  const path = binding.paths.get(node);
  if (path !== undefined) return pathMeaning(path);
  const operator = binding.operators.get(node);
  if (operator !== undefined) return `${operator.family}: ${typeText(operator.left)}, ${typeText(operator.right)}`;
  const call = binding.calls.get(node);
  if (call === undefined) return '';
  const { name, parameters } = call.definition;
  return `${call.aggregate ? 'aggregate' : 'function'} ${name}(${parameters.join(', ')})`;
}

function pathMeaning(path: PathMeaning): string {
  const steps = path.kind === 'call' || path.steps.length === 0 ? '' : ', then a path into SUPER';
  switch (path.kind) {
    case 'column':
      return `column ${columnText(path.reference)}${steps}`;
    case 'alias':
      return `alias of a select item${steps}`;
    case 'free':
      return `name in an unknown relation${steps}`;
    case 'call':
      return 'function without parentheses';
  }
}

function columnText(reference: ColumnReference): string {
  if (reference.kind === 'merged') return `${columnText(reference.left)} merged with ${columnText(reference.right)}`;
  return `${reference.relation.alias}.${reference.column.duckdb}`;
}
