import type { DropStatement } from '../ast/drop.js';
import type { ObjectName } from '../catalog.js';
import type { DropPlan, Plan } from '../plan.js';
import type { Lowering } from './lowering.js';

/** Kinds of objects that duckshift has, and the plan that drops them. */
const kinds: Readonly<Record<string, DropPlan['kind']>> = {
  table: 'drop_table',
  view: 'drop_view',
  'materialized view': 'drop_materialized_view',
  schema: 'drop_schema',
  user: 'drop_user',
};

export function lowerDrop(lowering: Lowering, node: DropStatement): Plan {
  const kind = kinds[node.objectType];
  const { objectType, ifExists, cascade } = node;
  if (kind === undefined) {
    return lowering.unsupported(`drop_${objectType.replaceAll(' ', '_')}`, `DROP ${objectType.toUpperCase()}`);
  }
  const names = node.names.map((name): ObjectName => {
    if (objectType !== 'schema') return lowering.objectName(name);
    return { database: undefined, schema: undefined, name: lowering.schemaName(name) };
  });
  if (objectType !== 'schema') return { kind, names, ifExists, cascade };
  return { kind, names, ifExists, cascade, dropExternalDatabase: node.dropExternalDatabase };
}
