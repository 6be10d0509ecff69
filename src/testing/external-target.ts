import { openStreamControl, type StreamControl } from '../kinesis/stream-control.js';
import { defaultStatementMillis } from './fresh-target.js';
import { openPgSession } from './pg-session.js';
import type { TestTarget } from './target.js';
import type { TestedSystem } from './test-file.js';

export interface ExternalTargetOptions {
  /** `postgres://user:password@host:port/database[?sslmode=…]`. */
  readonly connectionString: string;
  /** Where the stream verbs go. Without it they fail. */
  readonly kinesisEndpoint?: string | undefined;
  readonly region?: string | undefined;
  /** What `skipif` compares with. Default: by the host's name. */
  readonly system?: TestedSystem | undefined;
  /** How long a statement may take before it counts as hanging. Default: 30,000. */
  readonly statementMillis?: number | undefined;
}

/** A server that runs already: another duckshift, or a real Redshift. Nothing is cleaned up on it, and it cannot be restarted. */
export function externalTarget(options: ExternalTargetOptions): TestTarget {
  const { connectionString, kinesisEndpoint, region, statementMillis = defaultStatementMillis } = options;
  let control: StreamControl | undefined;
  return {
    system: options.system ?? systemOf(connectionString),
    get streams() {
      if (kinesisEndpoint === undefined) throw new Error('stream verbs need --kinesis-endpoint');
      control ??= openStreamControl({ endpoint: kinesisEndpoint, region });
      return control;
    },
    openSession: () => openPgSession({ connectionString, statementMillis }),
    restart: () => Promise.reject(new Error('a running server given by --target cannot be restarted')),
    close: async () => {
      control?.close();
    },
  };
}

/** Redshift's endpoints, provisioned and serverless, lie under amazonaws.com. */
function systemOf(connectionString: string): TestedSystem {
  const host = URL.canParse(connectionString) ? new URL(connectionString).hostname : '';
  return /\.amazonaws\.com(\.cn)?$/.test(host) ? 'redshift' : 'duckshift';
}
