import type { Expression, TypeName } from './expression.js';
import type { Identifier, NodeBase } from './node.js';
import type { RelationName } from './query.js';

/** CREATE [OR REPLACE] {PROCEDURE | FUNCTION}. The body stays text. */
export interface CreateRoutine extends NodeBase {
  readonly kind: 'create_procedure' | 'create_function';
  readonly orReplace: boolean;
  readonly name: RelationName;
  readonly parameters: readonly RoutineParameter[];
  readonly returns: TypeName | undefined;
  /** Lower case: `plpgsql`, `sql`, `plpythonu`. */
  readonly language: string;
  readonly body: string;
  /** Options by keyword in lower case: `volatile`, `nonatomic`, `security`, `set` … */
  readonly options: Readonly<Record<string, string | true>>;
}
export interface RoutineParameter extends NodeBase {
  readonly kind: 'routine_parameter';
  readonly name: Identifier | undefined;
  readonly mode: 'in' | 'out' | 'inout';
  readonly type: TypeName;
}
/** `name(type, …)` as in DROP, GRANT and ALTER. */
export interface RoutineSignature extends NodeBase {
  readonly kind: 'routine_signature';
  readonly name: RelationName;
  /** Undefined when the parentheses are left out. */
  readonly parameters: readonly RoutineParameter[] | undefined;
}
export interface AlterRoutine extends NodeBase {
  readonly kind: 'alter_procedure' | 'alter_function';
  readonly routine: RoutineSignature;
  readonly action: 'rename' | 'owner';
  readonly to: Identifier;
}
export interface CreateExternalFunction extends NodeBase {
  readonly kind: 'create_external_function';
  readonly orReplace: boolean;
  readonly name: RelationName;
  readonly parameters: readonly RoutineParameter[];
  readonly returns: TypeName;
  /** `volatility`, `lambda`, `sagemaker`, `iam_role`, `retry_timeout` … by keyword in lower case. */
  readonly options: Readonly<Record<string, string>>;
}
export interface CreateLibrary extends NodeBase {
  readonly kind: 'create_library';
  readonly orReplace: boolean;
  readonly name: Identifier;
  readonly language: string;
  readonly from: string;
  readonly options: Readonly<Record<string, string>>;
}
export interface CallStatement extends NodeBase {
  readonly kind: 'call';
  readonly name: RelationName;
  readonly args: readonly Expression[];
}
