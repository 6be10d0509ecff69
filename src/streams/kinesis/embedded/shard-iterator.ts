import { createDecipheriv } from 'node:crypto';
import kinesaliteDatabase from 'kinesalite/db/index.js';

/** A shard iterator of kinesalite's making: the place of the next record to read. */
export interface ShardIterator {
  /** Milliseconds since the epoch. */
  readonly minted: number;
  readonly stream: string;
  readonly shardId: string;
  readonly shardIndex: number;
  /** Records at and after this sequence number come next. */
  readonly sequenceNumber: string;
}

const versionBytes = 8;

/** Read an iterator's text; undefined when it is none. */
export function decodeIterator(text: string): ShardIterator | undefined {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < 152 || bytes.length > 280 || bytes.toString('base64') !== text) return undefined;
  let parts: string[];
  try {
    const decipher = createDecipheriv(
      'aes-256-cbc',
      kinesaliteDatabase.ITERATOR_PWD_KEY,
      kinesaliteDatabase.ITERATOR_PWD_IV,
    );
    parts = Buffer.concat([decipher.update(bytes.subarray(versionBytes)), decipher.final()])
      .toString('utf8')
      .split('/');
  } catch {
    return undefined;
  }
  const [minted, stream, shardId, sequenceNumber] = parts;
  if (parts.length !== 5 || stream === undefined || shardId === undefined || sequenceNumber === undefined)
    return undefined;
  const index = /^shardId-(\d{12})$/.exec(shardId)?.[1];
  if (index === undefined || !/^\d{1,129}$/.test(sequenceNumber)) return undefined;
  return { minted: Number(minted), stream, shardId, shardIndex: Number(index), sequenceNumber };
}

/** An iterator whose first record is the one at or after `sequenceNumber`. */
export function iteratorAt(stream: string, shardId: string, sequenceNumber: string): string {
  return kinesaliteDatabase.createShardIterator(stream, shardId, sequenceNumber);
}

/** An iterator whose first record is the one after `sequenceNumber`. */
export function iteratorAfter(stream: string, shardId: string, sequenceNumber: string): string {
  return iteratorAt(stream, shardId, kinesaliteDatabase.incrementSequence(sequenceNumber));
}
