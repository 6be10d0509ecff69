import type { CreateExternalSchemaPlan } from '../../../sql-dialect/plan.js';
import type { StatementExecutor } from '../context.js';
import { done } from '../results.js';
import { checkNewSchema } from './schema.js';

/**
 * CREATE EXTERNAL SCHEMA ("CREATE EXTERNAL SCHEMA", AWS developer guide). Whether role and streams exist is not asked
 * here: Redshift resolves both when they are used.
 */
export const createExternalSchema: StatementExecutor<CreateExternalSchemaPlan> = {
  async execute({ session, signal }, plan) {
    await session.transaction.change([{ schema: plan.name, name: undefined }], signal, async (catalog) => {
      if (!checkNewSchema(session, plan.name, plan.ifNotExists)) return;
      await catalog.put({
        kind: 'external_schema',
        oid: catalog.nextOid(),
        name: plan.name,
        owner: session.user,
        source: plan.source,
        region: plan.region,
        iamRole: plan.iamRole,
        options: {},
      });
    });
    return done('CREATE SCHEMA');
  },
};
