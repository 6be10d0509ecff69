import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type EndpointSettings, endpointTraits, isLoopback } from './endpoint.js';

/** Any will do: an endpoint on this machine checks no signature. */
const loopbackCredentials = { accessKeyId: 'duckshift', secretAccessKey: 'duckshift' };
/** One connection per shard read at once, and some for the rest. */
const maxSockets = 64;

/**
 * An SDK client for the endpoint: HTTP/1.1 with persistent connections (the SDK's default handler speaks HTTP/2, which
 * emulators do not), and without the SDK's retries. On loopback nothing is looked up, neither credentials nor region
 * nor defaults, so that no metadata service is contacted.
 */
export function createKinesisClient(settings: EndpointSettings): KinesisClient {
  return withoutVersionWarning(() => newClient(settings));
}

function newClient(settings: EndpointSettings): KinesisClient {
  const { connectTimeout, pageTimeout } = endpointTraits(settings);
  return new KinesisClient({
    endpoint: settings.endpoint,
    region: settings.region,
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: 'duckshift',
    ...(isLoopback(settings.endpoint) ? { credentials: loopbackCredentials } : {}),
    requestHandler: new NodeHttpHandler({
      httpAgent: new HttpAgent({ keepAlive: true, maxSockets }),
      httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets }),
      connectionTimeout: connectTimeout,
      requestTimeout: pageTimeout,
      throwOnRequestTimeout: true,
    }),
  });
}

/** The first client would print a reminder about future Node versions, which says nothing to users of this release. */
function withoutVersionWarning<T>(make: () => T): T {
  const variable = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
  const before = process.env[variable];
  process.env[variable] = 'true';
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env[variable];
    else process.env[variable] = before;
  }
}
