import { quoteIdentifier } from '../../../sql-dialect/duckdb/quote.js';
import type { CreateTableAsPlan } from '../../../sql-dialect/plan.js';
import { physicalColumn } from '../../catalog/physical.js';
import { temporarySchema } from '../../catalog/temporary-tables.js';
import { boundParameters } from '../bound-parameters.js';
import type { StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { isTaken, storeTable } from './create-table.js';
import { newRelationName, queryNameTaken } from './names.js';
import { columnsOfQuery, namedKeys } from './table-columns.js';

/** CREATE TABLE AS and SELECT INTO. The tag is SELECT, as in PostgreSQL 8. */
export const createTableAs: StatementExecutor<CreateTableAsPlan> = {
  async execute({ session, signal, parameters }, plan) {
    const { compiled } = plan.query;
    const bound = boundParameters(compiled.parameters, parameters);
    const { name, schema } = plan.temporary
      ? { schema: temporarySchema, name: plan.name.name }
      : newRelationName(session, plan.name, session.transaction.snapshot);
    await session.transaction.change(plan.temporary ? [] : [{ schema, name }], signal, async (catalog) => {
      if (isTaken(session, catalog.snapshot, schema, name)) {
        if (!plan.ifNotExists) throw queryNameTaken(name);
        session.notice({
          severity: 'INFO',
          code: '42P07',
          message: `Relation "${name}" already exists and will be skipped`,
        });
        return;
      }
      const columns = columnsOfQuery(compiled.columns, plan.columnNames);
      const table = await storeTable(session, catalog, {
        kind: 'table',
        oid: catalog.nextOid(),
        schema,
        name,
        owner: session.user,
        columns,
        constraints: [],
        attributes: namedKeys(
          plan.attributes,
          columns.map((column) => column.name),
        ),
        createdMillis: session.services.nowMillis(),
      });
      await session.prepareVariables(compiled);
      const names = columns.map((column) => quoteIdentifier(physicalColumn(column))).join(', ');
      await session.connection.run(`INSERT INTO ${table} (${names}) ${compiled.duckdb}`, bound);
    });
    return done('SELECT');
  },
};
