import { defaultConfig } from '../server/config.js';
import { openStreamControl, type StreamControl } from '../streams/kinesis/stream-control.js';
import { adminControls, noControls } from './admin-client.js';
import { defaultStatementMillis } from './fresh-target.js';
import { openPgSession } from './pg-session.js';
import type { TargetControls, TestTarget } from './target.js';
import type { TestedSystem } from './test-file.js';

export interface ExternalTargetOptions {
  /** `postgres://user:password@host:port/database[?sslmode=…]`. */
  readonly connectionString: string;
  /** Where the stream verbs go. Without it they fail. */
  readonly kinesisEndpoint?: string | undefined;
  readonly region?: string | undefined;
  /**
   * Where the verbs for time and faults go: the HTTP side of a duckshift. Default: port 8439 of the target's host, if
   * the target is on duckshift's own port.
   */
  readonly httpEndpoint?: string | undefined;
  /** What `skipif` compares with. Default: by the host's name. */
  readonly system?: TestedSystem | undefined;
  /** How long a statement may take before it counts as hanging. Default: 30,000. */
  readonly statementMillis?: number | undefined;
}

/**
 * A server that runs already: another duckshift, or a real Redshift. Nothing is cleaned up on it, and it cannot be
 * restarted.
 */
export function externalTarget(options: ExternalTargetOptions): TestTarget {
  const { connectionString, kinesisEndpoint, region, statementMillis = defaultStatementMillis } = options;
  let control: StreamControl | undefined;
  let controls: TargetControls | undefined;
  return {
    system: options.system ?? systemOf(connectionString),
    get streams() {
      if (kinesisEndpoint === undefined) throw new Error('stream verbs need --kinesis-endpoint');
      control ??= openStreamControl({ endpoint: kinesisEndpoint, region });
      return control;
    },
    get controls() {
      controls ??= controlsOf(options);
      return controls;
    },
    openSession: () => openPgSession({ connectionString, statementMillis }),
    restart: () => Promise.reject(new Error('a running server given by --target cannot be restarted')),
    close: async () => {
      control?.close();
    },
  };
}

function controlsOf({ connectionString, httpEndpoint, system }: ExternalTargetOptions): TargetControls {
  if ((system ?? systemOf(connectionString)) === 'redshift')
    return noControls('clock, fault and stream expire need duckshift; put "skipif redshift" before them');
  if (httpEndpoint !== undefined) return adminControls(httpEndpoint);
  const { hostname = '', port = '' } = URL.canParse(connectionString) ? new URL(connectionString) : {};
  // A postgres:// URL without a port means PostgreSQL's own.
  if (port !== String(defaultConfig.port) || hostname === '')
    return noControls("clock, fault and stream expire need --http-endpoint, the URL of the target's HTTP port");
  return adminControls(`http://${hostname}:${defaultConfig.httpPort}`);
}

/** Redshift's endpoints, provisioned and serverless, are below amazonaws.com. */
function systemOf(connectionString: string): TestedSystem {
  const host = URL.canParse(connectionString) ? new URL(connectionString).hostname : '';
  return /\.amazonaws\.com(\.cn)?$/.test(host) ? 'redshift' : 'duckshift';
}
