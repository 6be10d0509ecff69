import type { Expression } from '../../../sql-dialect/ast/expression.js';
import { childrenOf, type Identifier, type NodeBase } from '../../../sql-dialect/ast/node.js';
import type { ExpressionItem, RelationName, TableAlias } from '../../../sql-dialect/ast/query.js';
import { parseStatements } from '../../../sql-dialect/parse.js';
import { type Structure, StructureLists, unlisted } from './structure.js';

/** The structure of the only statement of `sql` as duckshift parses it. */
export function ownStructure(sql: string): Structure {
  const [statement] = parseStatements(sql);
  if (statement === undefined) throw new Error('no statement');
  const lists = new StructureLists();
  gather(statement.node, lists, false);
  return lists.sorted();
}

/** Nodes that name the table they work on. */
const targeted: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'merge', 'truncate', 'select_into']);

function gather(node: NodeBase, lists: StructureLists, insideOperator: boolean): void {
  const shape = insideOperator ? undefined : operatorShape(node);
  if (shape !== undefined) lists.operators.push(shape);
  if (isCall(node)) {
    const name = folded(node.name.at(-1));
    if (node.form === 'plain' && !unlisted.has(name)) lists.calls.push(`${name}/${node.star ? '*' : node.args.length}`);
  }
  if (node.kind === 'relation') {
    const { name, alias } = node as unknown as { name: RelationName; alias: TableAlias | undefined };
    lists.tables.push(relationText(name, alias));
  }
  if (targeted.has(node.kind) && hasTarget(node)) lists.tables.push(relationText(node.target, node.alias));
  if (node.kind === 'unnest') lists.calls.push('unnest/1');
  if (node.kind === 'select_item') {
    const { alias } = node as unknown as ExpressionItem;
    if (alias) lists.labels.push(folded(alias));
  }
  const inside = shape !== undefined || (insideOperator && isOperator(node));
  for (const child of childrenOf(node)) gather(child, lists, inside && continues(node));
}

interface WithTarget extends NodeBase {
  readonly target: RelationName;
  readonly alias?: TableAlias | undefined;
}

function hasTarget(node: NodeBase): node is WithTarget {
  return 'target' in node;
}

function isCall(node: NodeBase): node is Extract<Expression, { kind: 'call' }> {
  return node.kind === 'call';
}

function folded(identifier: Identifier | undefined): string {
  if (identifier === undefined) return '';
  return identifier.quoted ? identifier.value : identifier.value.toLowerCase();
}

function relationText(name: RelationName, alias: TableAlias | undefined): string {
  return `${name.parts.map(folded).join('.')} ${folded(alias?.name)}`;
}

function continues(node: NodeBase): boolean {
  return isOperator(node);
}

function isOperator(node: NodeBase): boolean {
  return ['binary', 'unary', 'like', 'between', 'in_list', 'in_subquery', 'is_test', 'parenthesized'].includes(
    node.kind,
  );
}

function operatorShape(node: NodeBase): string | undefined {
  const text = shapeOf(node as Expression);
  return text === '_' ? undefined : text;
}

/** The expression with everything but operators replaced by `_`. */
function shapeOf(node: Expression): string {
  switch (node.kind) {
    case 'parenthesized':
      return shapeOf(node.inner);
    case 'binary':
      if (node.operator === 'and' || node.operator === 'or') return `${node.operator}(${operands(node).join(', ')})`;
      return node.operator === 'overlaps' ? '_' : `${node.operator}(${shapeOf(node.left)}, ${shapeOf(node.right)})`;
    case 'unary':
      if ((node.operator === '-' || node.operator === '+') && isNumber(node.operand)) return '_';
      return `${node.operator}(${shapeOf(node.operand)})`;
    case 'like':
      return `${node.negated ? 'not ' : ''}${node.operator}(${shapeOf(node.operand)}, ${node.escape ? '_' : patternShape(node)})`;
    case 'between':
      return `${node.negated ? 'not ' : ''}between(${[node.operand, node.low, node.high].map(shapeOf).join(', ')})`;
    case 'in_list':
      return `${node.negated ? 'not ' : ''}in(${[node.operand, ...node.items].map(shapeOf).join(', ')})`;
    case 'is_test': {
      const right = node.right ? `, ${shapeOf(node.right)}` : '';
      return `is ${node.negated ? 'not ' : ''}${node.test}(${shapeOf(node.operand)}${right})`;
    }
    case 'in_subquery':
      return node.negated ? 'not(_)' : '_';
    default:
      return '_';
  }
}

function patternShape(node: Extract<Expression, { kind: 'like' }>): string {
  return node.operator === 'similar to' ? '_' : shapeOf(node.pattern);
}

function isNumber(node: Expression): boolean {
  if (node.kind === 'unary') return (node.operator === '-' || node.operator === '+') && isNumber(node.operand);
  return node.kind === 'number';
}

/** AND and OR chains as PostgreSQL flattens them: to the left, through parentheses. */
function operands(node: Extract<Expression, { kind: 'binary' }>): string[] {
  const right: string[] = [];
  let left: Expression = node;
  while (left.kind === 'binary' && left.operator === node.operator) {
    right.push(shapeOf(left.right));
    left = left.left;
    while (left.kind === 'parenthesized') left = left.inner;
  }
  return [shapeOf(left), ...right.reverse()];
}
