/** A Kinesis-compatible endpoint and how to treat it. */
export interface EndpointSettings {
  /** URL. */
  readonly endpoint: string;
  readonly region: string;
  /** `local`: as fast as useful; `aws`: within AWS's limits per shard. By the endpoint's host when undefined. */
  readonly poll?: 'local' | 'aws' | undefined;
  /**
   * MillisBehindLatest of an answer is 0 exactly when the shard holds no further record. True of the embedded endpoint;
   * emulators elsewhere say 0 while they are far behind.
   */
  readonly exactLag?: boolean | undefined;
}

/** What follows from an endpoint's settings. Times in milliseconds. */
export interface EndpointTraits {
  readonly loopback: boolean;
  readonly exactLag: boolean;
  /** Largest Limit of GetRecords. A local server is busy while it builds a page and answers nobody else. */
  readonly largestLimit: number;
  /** Shards read at once. */
  readonly concurrency: number;
  /** Between two GetRecords of one shard (AWS: five a second). */
  readonly spacing: number;
  /** Bytes per second of one shard, whose pages are spaced accordingly; infinite when not limited. */
  readonly shardBytesPerSecond: number;
  /** Pauses after empty pages that are not the tip: first and longest. */
  readonly emptyPause: readonly [first: number, longest: number];
  readonly connectTimeout: number;
  readonly controlTimeout: number;
  readonly pageTimeout: number;
  /** Arrival stamps may be ahead of this machine's clock by this much. */
  readonly clockSkew: number;
}

/** Host names and addresses of this machine. */
export function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

export function endpointTraits({ endpoint, poll, exactLag = false }: EndpointSettings): EndpointTraits {
  const loopback = isLoopback(endpoint);
  const pace = (poll ?? (loopback ? 'local' : 'aws')) === 'local' ? localPace : awsPace;
  const reach = loopback ? loopbackReach : remoteReach;
  return { loopback, exactLag, ...pace, ...reach };
}

const localPace = {
  largestLimit: 2_000,
  concurrency: 4,
  spacing: 0,
  shardBytesPerSecond: Number.POSITIVE_INFINITY,
  emptyPause: [25, 100],
} as const;

const awsPace = {
  largestLimit: 10_000,
  concurrency: 16,
  spacing: 200,
  shardBytesPerSecond: 2_000_000,
  emptyPause: [200, 1_000],
} as const;

/** The skew covers kinesalite, whose new child shards stamp up to a second ahead. */
const loopbackReach = { connectTimeout: 1_000, controlTimeout: 3_500, pageTimeout: 10_000, clockSkew: 1_100 };
const remoteReach = { connectTimeout: 2_000, controlTimeout: 4_000, pageTimeout: 15_000, clockSkew: 2_000 };
