import { childrenOf, type NodeBase } from '../ast/node.js';
import type { Query } from '../ast/query.js';
import type {
  AlterMaterializedView,
  CreateMaterializedView,
  CreateView,
  RefreshMaterializedView,
} from '../ast/view.js';
import { SqlState } from '../errors.js';
import type { CreateViewPlan, Plan, RefreshMaterializedViewPlan } from '../plan.js';
import { lowerPhysical } from './alter-table.js';
import { lowerAttributes } from './attributes.js';
import { unqualifiedRelation } from './late-binding.js';
import type { Lowering } from './lowering.js';
import { definingQuery } from './table.js';

/** CREATE VIEW. A late-binding view is not compiled: what it reads need not exist yet. */
export function lowerCreateView(lowering: Lowering, node: CreateView): CreateViewPlan {
  const { orReplace, noSchemaBinding, query } = node;
  checkViewQuery(lowering, query);
  if (noSchemaBinding) {
    const unqualified = unqualifiedRelation(query);
    if (unqualified) {
      lowering.fail(
        SqlState.invalidTableDefinition,
        'All the relation names inside should be qualified when creating VIEW WITH NO SCHEMA BINDING',
        unqualified,
      );
    }
  }
  return {
    kind: 'create_view',
    name: lowering.objectName(node.name),
    orReplace,
    columnNames: lowering.names(node.columns),
    noSchemaBinding,
    query: noSchemaBinding ? { ...lowering.queryText(query), compiled: undefined } : definingQuery(lowering, query),
  };
}

export function lowerCreateMaterializedView(lowering: Lowering, node: CreateMaterializedView): Plan {
  if (node.iceberg) {
    const feature = 'CREATE MATERIALIZED VIEW … USING ICEBERG';
    return lowering.unsupported(feature, node.iceberg);
  }
  checkViewQuery(lowering, node.query);
  return {
    kind: 'create_materialized_view',
    name: lowering.objectName(node.name),
    columnNames: lowering.names(node.columns),
    attributes: lowerAttributes(lowering, node.attributes),
    autoRefresh: node.autoRefresh ?? false,
    query: definingQuery(lowering, node.query),
  };
}

export function lowerRefresh(lowering: Lowering, node: RefreshMaterializedView): RefreshMaterializedViewPlan {
  return { kind: 'refresh_materialized_view', name: lowering.objectName(node.name), mode: node.mode };
}

export function lowerAlterMaterializedView(lowering: Lowering, node: AlterMaterializedView): Plan {
  const name = lowering.objectName(node.name);
  const { action } = node;
  switch (action.kind) {
    case 'auto_refresh':
      return { kind: 'alter_materialized_view', name, action: { type: 'auto_refresh', on: action.on } };
    case 'security_clause':
      return lowering.unsupported('ALTER MATERIALIZED VIEW … ROW LEVEL SECURITY', action);
    default: {
      const attributes = lowerPhysical(lowering, action);
      if (attributes === undefined) return lowering.unsupported('ALTER MATERIALIZED VIEW');
      return { kind: 'alter_materialized_view', name, action: { type: 'attributes', attributes } };
    }
  }
}

/**
 * Refuse what a view's definition must not contain: parameters, whose values it outlives, and INTO. Uses an explicit
 * stack, so that long UNION chains do not overflow the call stack.
 *
 * @throws SqlError 42P02, 42601
 */
function checkViewQuery(lowering: Lowering, query: Query): void {
  const open: NodeBase[] = [query];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'parameter')
      lowering.fail(SqlState.undefinedParameter, `there is no parameter ${lowering.text(node)}`, node);
    if (node.kind === 'select_into') lowering.fail(SqlState.syntaxError, 'SELECT INTO is not allowed here', node);
    open.push(...childrenOf(node).reverse());
  }
}
