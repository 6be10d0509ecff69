import type { Identifier, NodeBase } from './node.js';
import type { RelationName } from './query.js';
import type { Statement } from './statement.js';

export interface TruncateStatement extends NodeBase {
  readonly kind: 'truncate';
  readonly target: RelationName;
}
export interface ExplainStatement extends NodeBase {
  readonly kind: 'explain';
  readonly verbose: boolean;
  readonly statement: Statement;
}
export interface AnalyzeStatement extends NodeBase {
  readonly kind: 'analyze';
  readonly verbose: boolean;
  readonly target: RelationName | undefined;
  readonly columns: readonly Identifier[];
  /** `predicate columns`, `all columns`. */
  readonly scope: string | undefined;
}
export interface AnalyzeCompression extends NodeBase {
  readonly kind: 'analyze_compression';
  readonly target: RelationName | undefined;
  readonly columns: readonly Identifier[];
  readonly compRows: number | undefined;
}
export interface VacuumStatement extends NodeBase {
  readonly kind: 'vacuum';
  /** Lower case: `full`, `sort only`, `delete only`, `reindex`, `recluster`; undefined when not written (full). */
  readonly mode: string | undefined;
  readonly target: RelationName | undefined;
  readonly threshold: number | undefined;
  readonly boost: boolean;
}
export interface LockStatement extends NodeBase {
  readonly kind: 'lock';
  readonly targets: readonly RelationName[];
  /** Lower case, e.g. `access exclusive`; undefined when not written. */
  readonly mode: string | undefined;
}
export interface CommentStatement extends NodeBase {
  readonly kind: 'comment';
  /** Lower case: `table`, `column`, `view`, `database`, `constraint` … */
  readonly objectType: string;
  readonly name: RelationName;
  /** For a constraint: its table. */
  readonly on: RelationName | undefined;
  /** Undefined for `IS NULL`. */
  readonly text: string | undefined;
}
/** `CANCEL pid ['message']`. */
export interface CancelStatement extends NodeBase {
  readonly kind: 'cancel';
  readonly processId: number;
  readonly message: string | undefined;
}
