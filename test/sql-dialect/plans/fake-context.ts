import { type DialectSettings, defaultDialectSettings } from '../../../sql-dialect/catalog.js';
import { SqlError } from '../../../sql-dialect/errors.js';
import { parseStatements } from '../../../sql-dialect/parse.js';
import type { Plan, QueryPlan } from '../../../sql-dialect/plan.js';
import type { LoweringContext } from '../../../sql-dialect/plans/context.js';
import { lowerStatement } from '../../../sql-dialect/plans/lower.js';
import type { TypeId } from '../../../sql-dialect/types/redshift-type.js';

const types: ReadonlyMap<string, TypeId> = new Map([
  ['int', 'int4'],
  ['bigint', 'int8'],
  ['smallint', 'int2'],
  ['varchar', 'varchar'],
  ['date', 'date'],
]);

/** A binder that knows five types and compiles a query to `compiled(<its text>)`. */
function fakeContext(source: string, settings: DialectSettings): LoweringContext {
  const text = (node: { start: number; end: number }) => source.slice(node.start, node.end);
  const positions = { toSource: () => undefined };
  return {
    settings,
    currentDatabase: 'dev',
    currentUser: 'awsuser',
    compileQuery: (query): QueryPlan => ({
      kind: 'select',
      duckdb: `compiled(${text(query)})`,
      columns: [],
      parameters: [],
      reads: [],
      positions,
    }),
    compileDml: (node) => ({
      kind: node.kind,
      duckdb: [`compiled(${text(node)})`],
      target: { kind: 'table', database: 'dev', schema: 'public', name: 't', duckdb: 't', columns: [] },
      parameters: [],
      reads: [],
      positions,
    }),
    compileConstant: (expression) => `constant(${text(expression)})`,
    resolveType: ({ name, modifiers }) => {
      const id = types.get(name);
      if (id === undefined) throw new SqlError('42704', `type "${name}" does not exist`);
      const [length] = modifiers;
      return typeof length === 'number' ? { id, length } : { id };
    },
    resolveRelation: (name) => ({
      kind: 'table',
      database: 'dev',
      schema: 'public',
      name: name.parts.at(-1)?.value ?? '',
      duckdb: text(name),
      columns: [],
    }),
  };
}

/** The plan of the last statement of `source`. */
export function planOf(source: string, settings: Partial<DialectSettings> = {}): Plan {
  const statement = parseStatements(source).at(-1);
  if (statement === undefined) throw new Error('no statement');
  return lowerStatement(statement, fakeContext(source, { ...defaultDialectSettings, ...settings }));
}
