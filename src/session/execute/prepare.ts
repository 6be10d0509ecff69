import type {
  DeallocatePlan,
  ExecuteArgument,
  ExecutePlan,
  OutputColumn,
  Plan,
  PreparePlan,
} from '../../../sql-dialect/plan.js';
import type { RedshiftType } from '../../../sql-dialect/types/redshift-type.js';
import { DuckshiftError } from '../../base/errors.js';
import type { NamedStatement, SessionContext, StatementExecutor } from '../context.js';
import { numericParameterTypes } from '../numeric-parameters.js';
import { done } from '../results.js';
import { readAllRows, type TextValue } from '../text-rows.js';

/** PREPARE name [(types)] AS statement. */
export const prepareStatement: StatementExecutor<PreparePlan> = {
  async execute({ session }, plan) {
    if (session.named.has(plan.name))
      throw new DuckshiftError('42P05', `prepared statement "${plan.name}" already exists`);
    const [statement] = session.parseKept(plan.text);
    if (statement === undefined) throw new DuckshiftError('42601', 'PREPARE has no statement');
    session.named.set(plan.name, { statement, parameterTypes: plan.parameterTypes });
    return done('PREPARE');
  },
};

/** EXECUTE name [(values)]. */
export const executePrepared: StatementExecutor<ExecutePlan> = {
  columns: (session, plan) => session.columnsOf(innerPlan(session, named(session, plan.name))),
  async execute(context, plan) {
    const { session } = context;
    const prepared = named(session, plan.name);
    const inner = innerPlan(session, prepared);
    const types = 'parameters' in inner ? inner.parameters : [];
    if (types.length !== plan.arguments.length) {
      throw new DuckshiftError('42601', `wrong number of parameters for prepared statement "${plan.name}"`, {
        detail: `Expected ${types.length} parameters but got ${plan.arguments.length}.`,
      });
    }
    const parameters = await argumentValues(session, plan.arguments, types);
    const refined = numericParameterTypes(types, parameters);
    const toRun = refined === undefined ? inner : session.compile(prepared.statement, refined);
    return session.run({ ...context, statement: prepared.statement, parameters }, toRun);
  },
};

/** DEALLOCATE [PREPARE] { name | ALL }. */
export const deallocatePrepared: StatementExecutor<DeallocatePlan> = {
  async execute({ session }, plan) {
    if (plan.name === 'all') {
      session.named.clear();
      session.deallocateForeign(undefined);
    } else if (!session.named.delete(plan.name) && !session.deallocateForeign(plan.written)) throw unknown(plan.name);
    return done('DEALLOCATE');
  },
};

function named(session: SessionContext, name: string): NamedStatement {
  const prepared = session.named.get(name);
  if (prepared === undefined) throw unknown(name);
  return prepared;
}

function unknown(name: string): DuckshiftError {
  return new DuckshiftError('26000', `prepared statement "${name}" does not exist`);
}

function innerPlan(session: SessionContext, { statement, parameterTypes }: NamedStatement): Plan {
  return session.compile(statement, parameterTypes);
}

/** The arguments in text format, as a client would bind them. */
async function argumentValues(
  session: SessionContext,
  given: readonly ExecuteArgument[],
  types: readonly RedshiftType[],
): Promise<readonly TextValue[]> {
  if (given.length === 0) return [];
  const columns: OutputColumn[] = types.map((type, index) => ({
    label: `$${index + 1}`,
    type: given[index]?.literal === undefined ? type : { id: 'text' },
  }));
  const duckdb = `SELECT ${given.map((argument) => argument.duckdb).join(', ')}`;
  await session.prepareVariables({ duckdb, reads: [] });
  const [row = []] = await readAllRows(await session.connection.query(duckdb, columns));
  return row.map((value, index) => given[index]?.literal ?? value);
}
