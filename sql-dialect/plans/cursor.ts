import type { CloseCursor, Deallocate, DeclareCursor, ExecutePrepared, FetchCursor, Prepare } from '../ast/cursor.js';
import type {
  CloseCursorPlan,
  DeallocatePlan,
  DeclareCursorPlan,
  ExecutePlan,
  FetchPlan,
  PreparePlan,
} from '../plan.js';
import type { Lowering } from './lowering.js';

export function lowerPrepare(lowering: Lowering, node: Prepare): PreparePlan {
  const { statement } = node;
  return {
    kind: 'prepare',
    name: lowering.name(node.name),
    parameterTypes: node.parameterTypes.map((type) => lowering.context.resolveType(type)),
    text: lowering.text(statement),
    offset: statement.start - lowering.statement.offset,
  };
}

export function lowerExecute(lowering: Lowering, node: ExecutePrepared): ExecutePlan {
  const args = node.args.map((argument) => ({
    duckdb: lowering.context.compileConstant(argument),
    literal: argument.kind === 'string' ? argument.value : undefined,
  }));
  return { kind: 'execute', name: lowering.name(node.name), arguments: args };
}

export function lowerDeallocate(lowering: Lowering, node: Deallocate): DeallocatePlan {
  const name = node.name ? lowering.name(node.name) : 'all';
  return { kind: 'deallocate', name, written: node.name?.quoted ? node.name.value : name };
}

export function lowerDeclare(lowering: Lowering, node: DeclareCursor): DeclareCursorPlan {
  const query = lowering.context.compileQuery(node.query);
  return { kind: 'declare', name: lowering.name(node.name), hold: node.hold, query };
}

export function lowerFetch(lowering: Lowering, node: FetchCursor): FetchPlan {
  return { kind: 'fetch', name: lowering.name(node.name), count: node.count };
}

export function lowerClose(lowering: Lowering, node: CloseCursor): CloseCursorPlan {
  return { kind: 'close', name: node.name ? lowering.name(node.name) : 'all' };
}
