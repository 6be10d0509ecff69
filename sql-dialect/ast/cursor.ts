import type { Expression, TypeName } from './expression.js';
import type { Identifier, NodeBase } from './node.js';
import type { Query } from './query.js';
import type { Statement } from './statement.js';

export interface Prepare extends NodeBase {
  readonly kind: 'prepare';
  readonly name: Identifier;
  readonly parameterTypes: readonly TypeName[];
  readonly statement: Statement;
}
export interface ExecutePrepared extends NodeBase {
  readonly kind: 'execute';
  readonly name: Identifier;
  readonly args: readonly Expression[];
}
export interface Deallocate extends NodeBase {
  readonly kind: 'deallocate';
  /** Undefined for ALL. */
  readonly name: Identifier | undefined;
}
export interface DeclareCursor extends NodeBase {
  readonly kind: 'declare_cursor';
  readonly name: Identifier;
  readonly hold: boolean;
  readonly query: Query;
}
export interface FetchCursor extends NodeBase {
  readonly kind: 'fetch';
  readonly name: Identifier;
  readonly count: number | 'all';
}
/** PostgreSQL's MOVE, parsed so that it can be refused by name. */
export interface MoveCursor extends NodeBase {
  readonly kind: 'move';
  readonly name: Identifier;
}
export interface CloseCursor extends NodeBase {
  readonly kind: 'close';
  /** Undefined for ALL. */
  readonly name: Identifier | undefined;
}
