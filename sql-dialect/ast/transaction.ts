import type { NodeBase } from './node.js';

/** BEGIN or START TRANSACTION. Modes are accepted and, as on Redshift, without effect. */
export interface BeginStatement extends NodeBase {
  readonly kind: 'begin';
  /** Upper case: `BEGIN` or `START TRANSACTION`. */
  readonly spelling: string;
  readonly modes: TransactionModes;
}
export interface CommitStatement extends NodeBase {
  readonly kind: 'commit';
  /** `COMMIT` or `END`. */
  readonly spelling: string;
}
export interface RollbackStatement extends NodeBase {
  readonly kind: 'rollback';
  /** `ROLLBACK` or `ABORT`. */
  readonly spelling: string;
}
/** `SET TRANSACTION modes`, `SET SESSION CHARACTERISTICS AS TRANSACTION modes`. */
export interface SetTransaction extends NodeBase {
  readonly kind: 'set_transaction';
  readonly session: boolean;
  readonly modes: TransactionModes;
}
export interface TransactionModes {
  /** Lower case: `serializable`, `read committed` … */
  readonly isolation: string | undefined;
  readonly readOnly: boolean | undefined;
}
