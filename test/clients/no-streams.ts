import type { StartOptions } from '../../src/index.js';

/** For tests without streams: the Kinesis endpoint is a closed port, so that no embedded one is started. */
export const noStreams: StartOptions = { kinesisEndpoint: 'http://127.0.0.1:1' };
