import type { CreateExternalSchema } from '../ast/external.js';
import type { AlterSchema, CreateSchema } from '../ast/schema.js';
import type { AlterSchemaPlan, CreateExternalSchemaPlan, CreateSchemaPlan, UnsupportedPlan } from '../plan.js';
import type { Lowering } from './lowering.js';

export function lowerCreateSchema(lowering: Lowering, node: CreateSchema): CreateSchemaPlan {
  const owner = node.owner && lowering.name(node.owner);
  return {
    kind: 'create_schema',
    // `CREATE SCHEMA AUTHORIZATION u` makes a schema of the user's name.
    name: node.name ? lowering.schemaName(node.name) : (owner ?? ''),
    ifNotExists: node.ifNotExists,
    owner,
    quota: node.quota?.value,
  };
}

export function lowerAlterSchema(lowering: Lowering, node: AlterSchema): AlterSchemaPlan {
  return { kind: 'alter_schema', name: lowering.schemaName(node.name), action: lowerAction(lowering, node.action) };
}

function lowerAction(lowering: Lowering, action: AlterSchema['action']): AlterSchemaPlan['action'] {
  switch (action.type) {
    case 'rename':
      return { type: 'rename', to: lowering.name(action.to) };
    case 'owner':
      return { type: 'owner', owner: lowering.name(action.owner) };
    case 'quota':
      return { type: 'quota', quota: action.quota.value };
  }
}

/** Only Kinesis is run; the other sources are understood. */
export function lowerCreateExternalSchema(
  lowering: Lowering,
  node: CreateExternalSchema,
): CreateExternalSchemaPlan | UnsupportedPlan {
  const { ifNotExists, source, region, iamRole, options } = node;
  if (source !== 'kinesis') {
    const hint = 'Only CREATE EXTERNAL SCHEMA … FROM KINESIS is supported.';
    return lowering.unsupported(`CREATE EXTERNAL SCHEMA FROM ${source.toUpperCase()}`, undefined, hint);
  }
  const [clause] = Object.keys(options);
  if (clause !== undefined) {
    const hint = 'FROM KINESIS takes REGION and IAM_ROLE.';
    return lowering.unsupported(`${clause.toUpperCase()} of an external schema FROM KINESIS`, undefined, hint);
  }
  return {
    kind: 'create_external_schema',
    name: lowering.name(node.name),
    ifNotExists,
    source,
    region,
    iamRole,
  };
}
