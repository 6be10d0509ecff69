import type { Expression } from './ast/expression.js';
import type { NodeBase } from './ast/node.js';
import type { Query, RelationName } from './ast/query.js';
import { type Binding, type BoundColumn, Parameters } from './bind/binding.js';
import { bindExpression } from './bind/expression.js';
import { lower } from './bind/identifier.js';
import { bindQuery } from './bind/query.js';
import { Scope } from './bind/scope.js';
import { type ExpandedView, expressionContext, StatementBinder } from './bind/statement-binder.js';
import type { CatalogLookup, DialectSettings, ObjectName, Relation } from './catalog.js';
import { characterPosition, SqlError, SqlState } from './errors.js';
import { type ParsedStatement, parseStatements } from './parse.js';
import type { OutputColumn, Plan, QueryPlan } from './plan.js';
import type { LoweringContext } from './plans/context.js';
import { lowerStatement } from './plans/lower.js';
import { compileDml } from './rewrite/dml/compile-dml.js';
import { Rewriter } from './rewrite/rewriter.js';
import { rewriteRules } from './rewrite/rules.js';
import type { RedshiftType } from './types/redshift-type.js';

/** What a statement is compiled against. */
export interface CompileContext {
  readonly catalog: CatalogLookup;
  readonly settings: DialectSettings;
  /** Types the client declared for `$1 …`; undefined entries are inferred. */
  readonly parameterTypes?: readonly (RedshiftType | undefined)[];
}

/**
 * Compiles a parsed statement: binds its names against the catalog, gives each expression its Redshift type, and
 * rewrites it for DuckDB, or makes the plan of a statement that is not a query.
 *
 * @returns a plan; an `UnsupportedPlan` for a statement that is understood but not supported.
 * @throws SqlError with the position in the whole source: 42P01, 42703, 42702 for names; 42883 for functions and
 * operators; 42804, 42846 for types; 42803, 42P20 for aggregates and windows; 0A000 for a construct that is not
 * supported.
 */
export function compile(statement: ParsedStatement, context: CompileContext): Plan {
  const { catalog, settings } = context;
  const parameters = new Parameters(context.parameterTypes ?? [], statement.parameterNames);
  const newBinder = (): StatementBinder =>
    new StatementBinder(statement.source, catalog, settings, parameters, expandView);
  const lowering: LoweringContext = {
    settings,
    currentDatabase: catalog.currentDatabase,
    currentUser: catalog.currentUser,
    compileQuery: (query) => compileQuery(newBinder(), query),
    compileDml: (node) => compileDml(newBinder(), node),
    compileConstant: (expression) => compileConstant(newBinder(), expression),
    resolveType: (type) => newBinder().resolveType(type),
    resolveRelation: (name) => resolveRelation(newBinder(), name),
  };
  try {
    return lowerStatement(statement, lowering);
  } catch (error) {
    // Too deep for the stack: the parser keeps parentheses and subqueries in bounds, but not every chain.
    if (!(error instanceof RangeError)) throw error;
    throw new SqlError(SqlState.statementTooComplex, 'stack depth limit exceeded', {
      position: characterPosition(statement.source, statement.offset),
    });
  }
}

/**
 * The binding of a statement that is a query, without rewriting it; undefined for any other statement.
 *
 * @throws SqlError as `compile` does while it binds.
 */
export function bindStatement(
  { node, source, parameterNames }: ParsedStatement,
  { catalog, settings, parameterTypes = [] }: CompileContext,
): { readonly binding: Binding; readonly columns: readonly BoundColumn[] | undefined } | undefined {
  if (node.kind !== 'select_statement') return undefined;
  const parameters = new Parameters(parameterTypes, parameterNames);
  const binder = new StatementBinder(source, catalog, settings, parameters, expandView);
  const { columns } = bindQuery(binder, node.query, undefined);
  return { binding: binder.binding, columns };
}

/** Binds and rewrites a query. */
export function compileQuery(binder: StatementBinder, query: Query): QueryPlan {
  const { columns } = bindQuery(binder, query, undefined);
  checkLeaderCalls(binder);
  const rewriter = new Rewriter(binder, rewriteRules());
  const duckdb = rewriter.emit(query);
  return {
    kind: 'select',
    duckdb,
    columns: (columns ?? []).map((column) => outputColumn(binder.settings, column)),
    parameters: binder.parameters.all(),
    reads: binder.binding.reads,
    positions: rewriter.emitter.positions(duckdb),
  };
}

function outputColumn(
  settings: DialectSettings,
  column: { readonly name: string; readonly type: RedshiftType; readonly source?: OutputColumn['source'] },
): OutputColumn {
  const label = settings.describeFieldNameInUppercase ? column.name.toUpperCase() : column.name;
  return { label, type: column.type, source: column.source };
}

/** Functions of the leader node do not run over tables ("SQL functions supported on the leader node"). */
function checkLeaderCalls(binder: StatementBinder): void {
  const [call] = binder.leaderCalls;
  const tables = binder.binding.reads.some(
    (relation) => relation.kind !== 'system_view' && relation.kind !== 'unknown',
  );
  if (call === undefined || !tables) return;
  binder.fail(
    call,
    SqlState.featureNotSupported,
    'Specified types or functions (one per INFO message) not supported on Redshift tables.',
    { detail: `function ${lower(call.name.at(-1)?.value ?? '')} runs on the leader node only` },
  );
}

/** DuckDB text of an expression without columns. */
function compileConstant(binder: StatementBinder, expression: Expression): string {
  bindExpression(binder, expression, expressionContext(new Scope(undefined), 'VALUES'));
  return new Rewriter(binder, rewriteRules()).emit(expression);
}

function resolveRelation(binder: StatementBinder, node: RelationName): Relation {
  const parts = node.parts.map((part) => binder.fold(part));
  return findRelation(binder, node, { database: parts.at(-3), schema: parts.at(-2), name: parts.at(-1) ?? '' }, parts);
}

function findRelation(binder: StatementBinder, node: NodeBase, name: ObjectName, parts: readonly string[]): Relation {
  const relation = binder.atNode(node, () => binder.catalog.relation(name));
  if (relation !== undefined) return relation;
  return binder.fail(node, SqlState.undefinedTable, `relation "${parts.join('.')}" does not exist`);
}

/** A late-binding view's query, compiled where it is used; its errors are those of the relation's name. */
function expandView(relation: Relation, outer: StatementBinder, expanding: readonly string[]): ExpandedView {
  try {
    const [statement] = parseStatements(relation.query ?? '');
    if (statement?.node.kind !== 'select_statement')
      throw new SqlError(SqlState.internalError, `view ${relation.name} holds no query`);
    const binder = new StatementBinder(
      statement.source,
      outer.catalog,
      outer.settings,
      new Parameters([]),
      expandView,
      expanding,
    );
    const { columns } = bindQuery(binder, statement.node.query, undefined);
    for (const read of binder.binding.reads) outer.binding.addRead(read);
    const duckdb = new Rewriter(binder, rewriteRules()).emit(statement.node.query);
    return { duckdb, columns: columns?.map((column) => ({ ...column, source: undefined })) };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    throw new SqlError(error.code, error.message, { detail: error.detail, hint: error.hint });
  }
}
