import type { Identifier, NodeBase } from './node.js';
import type { Query, RelationName } from './query.js';

export interface CopyStatement extends NodeBase {
  readonly kind: 'copy';
  readonly target: RelationName;
  readonly columns: readonly Identifier[];
  /** `s3://…`, `emr://…`, `dynamodb://…`, an ssh manifest; `stdin` for the client's stream. */
  readonly from: string;
  /**
   * Parameters by keyword in lower case: `iam_role`, `credentials`, `format`, `delimiter` … `true` for a bare keyword.
   */
  readonly options: CopyOptions;
}
export type CopyOptions = Readonly<Record<string, string | true | readonly string[]>>;

/** COPY JOB: CREATE (as a clause of COPY), ALTER, RUN, DROP, SHOW, LIST. */
export interface CopyJobStatement extends NodeBase {
  readonly kind: 'copy_job';
  /** Lower case: `alter`, `run`, `drop`, `show`, `list`. */
  readonly action: string;
  readonly name: Identifier | undefined;
  readonly auto: boolean | undefined;
}
export interface UnloadStatement extends NodeBase {
  readonly kind: 'unload';
  /** The query's text; `query` is the parse of `UNLOAD (SELECT …)` without quotes. */
  readonly text: string;
  readonly query: Query | undefined;
  readonly to: string;
  readonly options: CopyOptions;
}
