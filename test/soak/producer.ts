import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { Ledger } from './ledger.js';
import type { Random } from './random.js';

export interface ProducerOptions {
  readonly stream: string;
  readonly ledger: Ledger;
  readonly random: Random;
  /** Records to be acknowledged in all, by all producers of the ledger. */
  readonly records: number;
  readonly largestBatch: number;
  /** A client of the endpoint as it is now, without retries of its own. Undefined while there is none. */
  readonly client: () => KinesisClient | undefined;
  /** Partition keys of this producer alone: its records of one key are sent one after another. */
  readonly keys: string;
  readonly pause: () => Promise<void>;
}

const keysPerProducer = 40;

/**
 * Put records until the ledger has enough of them. Whatever the endpoint does not acknowledge counts as sent, and is
 * not sent again under its id.
 */
export async function produce(options: ProducerOptions): Promise<void> {
  const { stream, ledger, random, records, largestBatch, keys, pause } = options;
  while (ledger.size < records) {
    const client = options.client();
    if (client === undefined) {
      await pause();
      continue;
    }
    const batch = Array.from({ length: Math.min(random.integer(1, largestBatch), records - ledger.size) }, () => {
      const key = `${keys}${random.integer(1, keysPerProducer)}`;
      return { id: ledger.sent(), key, filler: 'x'.repeat(random.integer(0, 300)) };
    });
    if (batch.length === 0) return;
    try {
      const { Records = [] } = await client.send(
        new PutRecordsCommand({
          StreamName: stream,
          Records: batch.map(({ id, key, filler }) => ({
            PartitionKey: key,
            Data: Buffer.from(JSON.stringify({ id, key, filler })),
          })),
        }),
      );
      batch.forEach(({ id }, index) => {
        const { ShardId, SequenceNumber, ErrorCode } = Records[index] ?? {};
        if (ShardId !== undefined && SequenceNumber !== undefined)
          ledger.acknowledged(id, { shardId: ShardId, sequenceNumber: SequenceNumber });
        else if (ErrorCode !== undefined) ledger.refused(id);
      });
    } catch {
      // Nobody knows what became of them.
      await pause();
    }
    await pause();
  }
}
