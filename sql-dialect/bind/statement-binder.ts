import type { Expression, FunctionCall, Parameter, TypeName } from '../ast/expression.js';
import type { Identifier, NodeBase } from '../ast/node.js';
import type { ExpressionItem } from '../ast/query.js';
import type { CatalogLookup, DialectSettings, Relation } from '../catalog.js';
import { characterPosition, SqlError, SqlState } from '../errors.js';
import { isUnknown, type Operand } from '../types/coercion.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { typeFromName } from '../types/type-names.js';
import { Binding, type BoundColumn, type Parameters } from './binding.js';
import { fold, foldAttribute } from './identifier.js';
import type { Scope } from './scope.js';

/** The part of a statement that an expression is in: decides whether it may aggregate, and the words of the refusal. */
export type Clause =
  | 'select list'
  | 'WHERE'
  | 'JOIN/ON'
  | 'GROUP BY'
  | 'HAVING'
  | 'QUALIFY'
  | 'ORDER BY'
  | 'LIMIT'
  | 'VALUES'
  | 'SET'
  | 'CONNECT BY'
  | 'FROM';

/** Whether an expression holds aggregates and window functions of its own SELECT. */
export interface Uses {
  aggregate: boolean;
  window: boolean;
  /** Calls of GROUPING, whose arguments must be grouped by. */
  grouping?: FunctionCall[];
}

/** Where an expression is bound. */
export interface ExpressionContext {
  readonly scope: Scope;
  readonly clause: Clause;
  /** Aliases of select items with a lower index are visible. */
  readonly aliasLimit: number;
  readonly insideAggregate: boolean;
  readonly insideWindow: boolean;
  /** Filled in as the expression is bound. */
  readonly uses: Uses;
}

export function expressionContext(
  scope: Scope,
  clause: Clause,
  aliasLimit = Number.POSITIVE_INFINITY,
): ExpressionContext {
  return {
    scope,
    clause,
    aliasLimit,
    insideAggregate: false,
    insideWindow: false,
    uses: { aggregate: false, window: false },
  };
}

interface ErrorExtras {
  readonly hint?: string;
  readonly detail?: string;
}

export interface ExpandedView {
  readonly duckdb: string;
  readonly columns: readonly BoundColumn[] | undefined;
}
export type ViewExpander = (relation: Relation, binder: StatementBinder, expanding: readonly string[]) => ExpandedView;

/** The state shared by all that binds one statement. */
export class StatementBinder {
  readonly binding: Binding;
  /** What a select item that others refer to by alias uses. */
  readonly itemUses = new Map<ExpressionItem, Uses>();
  /** Calls of functions that do not run where tables are. */
  readonly leaderCalls: FunctionCall[] = [];
  private commonTableCount = 0;

  constructor(
    readonly source: string,
    readonly catalog: CatalogLookup,
    readonly settings: DialectSettings,
    readonly parameters: Parameters,
    /** Compiles the query of a late-binding view in place. */
    private readonly viewExpander: ViewExpander,
    /** Late-binding views being expanded, outermost first. */
    readonly expanding: readonly string[] = [],
  ) {
    this.binding = new Binding(source, settings, parameters);
  }

  /** Raises an error at `node`. */
  fail(node: NodeBase, code: string, message: string, extras: ErrorExtras = {}): never {
    throw new SqlError(code, message, { position: characterPosition(this.source, node.start), ...extras });
  }

  /** Refuses a construct that is understood but not carried out. */
  unsupported(node: NodeBase, what: string): never {
    return this.fail(node, SqlState.featureNotSupported, `${what} is not supported`);
  }

  fold(identifier: Identifier): string {
    return fold(identifier, this.settings);
  }

  foldAttribute(identifier: Identifier): string {
    return foldAttribute(identifier, this.settings);
  }

  /** The type a type name spells; 42704, 22023 or 0A000 when it spells none that is supported. */
  resolveType(node: TypeName): RedshiftType {
    const type = typeFromName(node.name, node.modifiers, node.array);
    if ('code' in type) return this.fail(node, type.code, type.message);
    return type;
  }

  /** Runs a catalog lookup; an error it throws without a position gets that of `node`. */
  atNode<T>(node: NodeBase, look: () => T): T {
    try {
      return look();
    } catch (error) {
      if (!(error instanceof SqlError) || error.position !== undefined) throw error;
      throw new SqlError(error.code, error.message, {
        position: characterPosition(this.source, node.start),
        detail: error.detail,
        hint: error.hint,
      });
    }
  }

  /** DuckDB text and columns of a late-binding view's query, compiled now. */
  expandView(node: NodeBase, relation: Relation): ExpandedView {
    const name = `${relation.schema}.${relation.name}`;
    if (this.expanding.includes(name)) {
      this.fail(node, '42P17', `infinite recursion detected in the definition of view "${relation.name}"`);
    }
    return this.atNode(node, () => this.viewExpander(relation, this, [...this.expanding, name]));
  }

  operand(node: Expression): Operand {
    const type = this.binding.typeOf(node);
    // With a catalog only NULL has no type: it takes that of what it stands with, however it got there.
    const open = isUnknown(type) && !this.catalog.permissive;
    return { type, untyped: open || isUntyped(this.binding, node) };
  }

  /** Gives a parameter the type that its context requires. */
  settle(node: Expression, type: RedshiftType): void {
    const parameter = parameterOf(node);
    if (parameter !== undefined && !isUnknown(type)) this.parameters.infer(parameter, type);
  }

  /** A DuckDB name for a common table expression, unique in the statement. */
  commonTableName(name: string): string {
    this.commonTableCount++;
    return this.commonTableCount === 1 ? name : `${name}~${this.commonTableCount}`;
  }
}

/** The parameter a node is, parentheses aside. */
function parameterOf(node: Expression): Parameter | undefined {
  let inner = node;
  while (inner.kind === 'parenthesized') inner = inner.inner;
  return inner.kind === 'parameter' ? inner : undefined;
}

/** True for a string literal, NULL, or a parameter whose type is open: it takes the type of what it stands with. */
export function isUntyped(binding: Binding, node: NodeBase): boolean {
  let inner = node as Expression;
  while (inner.kind === 'parenthesized') inner = inner.inner;
  if (inner.kind === 'string' || inner.kind === 'null') return true;
  return inner.kind === 'parameter' && isUnknown(binding.typeOf(inner));
}

/**
 * The value of a literal, parentheses and sign aside: a string's text, a number as written, null for NULL; undefined
 * for anything else.
 */
export function constantOf(node: Expression): string | null | undefined {
  switch (node.kind) {
    case 'parenthesized':
      return constantOf(node.inner);
    case 'string':
      return node.value;
    case 'number':
      return node.text;
    case 'null':
      return null;
    case 'unary': {
      if (node.operator !== '-' && node.operator !== '+') return undefined;
      const value = node.operand.kind === 'number' ? node.operand.text : undefined;
      return value === undefined || node.operator === '+' ? value : `-${value}`;
    }
    default:
      return undefined;
  }
}
