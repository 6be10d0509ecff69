import type { TargetControls } from './target.js';

/** A duckshift that a text test may stop. */
export interface Instance {
  readonly connectionString: string;
  readonly kinesisEndpoint: string;
  readonly controls: TargetControls;
  /** With `kill`, as SIGKILL would. */
  stop(kill: boolean): Promise<void>;
}
