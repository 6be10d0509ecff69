import { parseSync } from 'libpg-query';
import { type Structure, StructureLists, unlisted } from './structure.js';

type Json = { readonly [field: string]: unknown };

/**
 * The structure of the only statement of `sql` as PostgreSQL parses it. Call `loadModule` before.
 *
 * @throws its error.
 */
export function libpgStructure(sql: string): Structure {
  const lists = new StructureLists();
  gather(parseSync(sql), lists, false);
  return lists.sorted();
}

function gather(value: unknown, lists: StructureLists, insideOperator: boolean): void {
  if (Array.isArray(value)) {
    for (const item of value) gather(item, lists, insideOperator);
    return;
  }
  if (!isObject(value)) return;
  for (const [kind, node] of Object.entries(value)) {
    if (!isObject(node)) {
      gather(node, lists, insideOperator && kind !== 'args');
      continue;
    }
    note(kind, node, lists);
    const shape = shapeOf({ [kind]: node });
    if (shape !== '_' && !insideOperator) lists.operators.push(shape);
    if (shape === '_') gather(node, lists, false);
    else gatherOperands(node, lists);
  }
}

/** Operands of an operator are part of its shape; what is below them starts afresh. */
function gatherOperands(node: Json, lists: StructureLists): void {
  for (const field of Object.values(node)) {
    for (const item of Array.isArray(field) ? field : [field]) {
      if (isObject(item) && 'List' in item) gather((item.List as Json).items, lists, true);
      else gather(item, lists, true);
    }
  }
}

function note(kind: string, node: Json, lists: StructureLists): void {
  switch (kind) {
    case 'FuncCall': {
      const names = strings(node.funcname);
      const name = names.at(-1) ?? '';
      if (node.funcformat === 'COERCE_SQL_SYNTAX' || unlisted.has(name)) return;
      const arity = node.agg_star === true ? '*' : list(node.args).length;
      lists.calls.push(`${name}/${arity}`);
      return;
    }
    case 'RangeVar':
    case 'relation':
    case 'rel':
      if ('relname' in node) lists.tables.push(relationText(node));
      return;
    case 'SelectStmt':
    case 'stmt':
      labels(node.targetList, lists);
      return;
    case 'query':
    case 'larg':
    case 'rarg':
      if ('targetList' in node) labels(node.targetList, lists);
  }
}

function labels(targets: unknown, lists: StructureLists): void {
  for (const target of list(targets)) {
    const item = isObject(target) ? target.ResTarget : undefined;
    if (isObject(item) && typeof item.name === 'string') lists.labels.push(item.name);
  }
}

function relationText(node: Json): string {
  const parts = [node.catalogname, node.schemaname, node.relname].filter((part) => typeof part === 'string');
  const alias = isObject(node.alias) ? node.alias.aliasname : '';
  return `${parts.join('.')} ${String(alias ?? '')}`;
}

function shapeOf(value: unknown): string {
  if (!isObject(value)) return '_';
  const [entry] = Object.entries(value);
  if (entry === undefined) return '_';
  const [kind, node] = entry;
  if (!isObject(node)) return '_';
  switch (kind) {
    case 'A_Expr':
      return operatorShape(node);
    case 'BoolExpr': {
      const operator = String(node.boolop).replace('_EXPR', '').toLowerCase();
      return `${operator}(${list(node.args).map(shapeOf).join(', ')})`;
    }
    case 'NullTest':
      return `is ${node.nulltesttype === 'IS_NOT_NULL' ? 'not ' : ''}null(${shapeOf(node.arg)})`;
    case 'BooleanTest': {
      const test = String(node.booltesttype).replace('IS_', '').replace('NOT_', 'not ').toLowerCase();
      return `is ${test}(${shapeOf(node.arg)})`;
    }
    default:
      return '_';
  }
}

function operatorShape(node: Json): string {
  const operator = strings(node.name).at(-1) ?? '';
  const left = shapeOf(node.lexpr);
  const items = isObject(node.rexpr) && isObject(node.rexpr.List) ? list(node.rexpr.List.items) : [node.rexpr];
  const all = [left, ...items.map(shapeOf)].join(', ');
  switch (node.kind) {
    case 'AEXPR_OP':
      if (operator.endsWith('~~') || operator.endsWith('~~*')) return likeShape(operator, left, shapeOf(node.rexpr));
      if (node.lexpr !== undefined) return `${operator}(${left}, ${shapeOf(node.rexpr)})`;
      return isNumber(node.rexpr, operator) ? '_' : `${operator}(${shapeOf(node.rexpr)})`;
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
      return likeShape(operator, left, shapeOf(node.rexpr));
    case 'AEXPR_SIMILAR':
      return `${operator === '!~' ? 'not ' : ''}similar to(${left}, _)`;
    case 'AEXPR_BETWEEN':
    case 'AEXPR_BETWEEN_SYM':
      return `between(${all})`;
    case 'AEXPR_NOT_BETWEEN':
    case 'AEXPR_NOT_BETWEEN_SYM':
      return `not between(${all})`;
    case 'AEXPR_IN':
      return `${operator === '<>' ? 'not ' : ''}in(${all})`;
    case 'AEXPR_DISTINCT':
      return `is distinct from(${all})`;
    case 'AEXPR_NOT_DISTINCT':
      return `is not distinct from(${all})`;
    default:
      return '_';
  }
}

/** LIKE and ILIKE by their operators: `~~`, `~~*`, with `!` before them when negated. */
function likeShape(operator: string, left: string, right: string): string {
  const name = operator.endsWith('*') ? 'ilike' : 'like';
  return `${operator.startsWith('!') ? 'not ' : ''}${name}(${left}, ${right})`;
}

/** PostgreSQL folds the sign of a number into it, except a plus. */
function isNumber(value: unknown, operator: string): boolean {
  return operator === '+' && isObject(value) && 'A_Const' in value;
}

function strings(value: unknown): string[] {
  return list(value).map((item) => (isObject(item) && isObject(item.String) ? String(item.String.sval) : ''));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
