import type { DropObjectType, DropStatement } from '../ast/drop.js';
import type { DropRelationsPlan, Plan } from '../plan.js';
import type { Lowering } from './lowering.js';

type LowerDrop = (lowering: Lowering, node: DropStatement) => Plan;

/** What drops each type of object. */
const drops: { readonly [T in DropObjectType]: LowerDrop } = {
  table: relations('drop_table'),
  view: relations('drop_view'),
  'materialized view': relations('drop_materialized_view'),
  schema: (lowering, { names, ifExists, cascade }) => ({
    kind: 'drop_schema',
    names: names.map((name) => lowering.schemaName(name)),
    ifExists,
    cascade,
  }),
  user: (lowering, { names, ifExists }) => ({
    kind: 'drop_user',
    names: names.map((name) => lowering.objectName(name).name),
    ifExists,
  }),
  'external view': unsupported,
  database: unsupported,
  group: unsupported,
  role: unsupported,
  function: unsupported,
  procedure: unsupported,
  library: unsupported,
  model: unsupported,
  datashare: unsupported,
  'identity provider': unsupported,
  'masking policy': unsupported,
  'rls policy': unsupported,
  template: unsupported,
};

export function lowerDrop(lowering: Lowering, node: DropStatement): Plan {
  return drops[node.objectType](lowering, node);
}

function relations(kind: DropRelationsPlan['kind']): LowerDrop {
  return (lowering, { names, ifExists, cascade }) => ({
    kind,
    names: names.map((name) => lowering.objectName(name)),
    ifExists,
    cascade,
  });
}

function unsupported(lowering: Lowering, { objectType }: DropStatement): Plan {
  return lowering.unsupported(`DROP ${objectType.toUpperCase()}`);
}
