import { KinesisClient, type KinesisClientConfig } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { onTestFinished } from 'vitest';
import { silentLogger } from '../../src/base/log.js';
import {
  type EmbeddedKinesis,
  type EmbeddedKinesisOptions,
  startEmbeddedKinesis,
} from '../../src/streams/kinesis/embedded/supervisor.js';

/** An embedded Kinesis that ends with the test. */
export async function embeddedKinesis(options: Partial<EmbeddedKinesisOptions> = {}): Promise<EmbeddedKinesis> {
  const kinesis = await startEmbeddedKinesis({
    host: '127.0.0.1',
    port: 0,
    region: 'us-east-1',
    log: silentLogger,
    ...options,
  });
  onTestFinished(() => kinesis.stop());
  return kinesis;
}

/** A client as a user would make it: any credentials, HTTP/1.1. Ends with the test. */
export function userClient(endpoint: string, options: KinesisClientConfig = {}): KinesisClient {
  const client = new KinesisClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    requestHandler: new NodeHttpHandler(),
    ...options,
  });
  onTestFinished(() => client.destroy());
  return client;
}
