import { JSON_VALID, judgeJson } from '../../json/strict-json.js';
import type { DrainedBatch, DrainItem } from '../contract.js';
import { jsonVerdictColumn, orderedValues } from './columns.js';
import type { RecordColumns } from './page.js';

/** A page as others take it: with the shard's name and each payload's JSON verdict. */
export function toBatch(shardId: string, columns: RecordColumns): DrainedBatch {
  const { rowCount, arrivalMicros, partitionKeys, sequenceNumbers, data, dataOffsets } = columns;
  const jsonValid = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    jsonValid[row] = judgeJson(data, dataOffsets[row], dataOffsets[row + 1]) >= JSON_VALID ? 1 : 0;
  }
  return {
    rowCount,
    payloadBytes: data.byteLength,
    arrivals: arrivalMicros,
    values: orderedValues({
      approximate_arrival_timestamp: { form: 'timestamps', micros: arrivalMicros },
      partition_key: { form: 'strings', strings: partitionKeys },
      shard_id: { form: 'constant', text: shardId },
      sequence_number: { form: 'strings', strings: sequenceNumbers },
      refresh_time: { form: 'refresh time' },
      kinesis_data: { form: 'bytes', data, offsets: dataOffsets },
      [jsonVerdictColumn]: { form: 'booleans', bytes: jsonValid },
    }),
  };
}

/** The buffers of a batch, to transfer instead of copying them; each once. */
export function batchBuffers(batch: DrainItem['batch']): ArrayBuffer[] {
  if (batch === undefined) return [];
  const arrays = batch.values.flatMap((column): ArrayBufferView[] => {
    switch (column.form) {
      case 'timestamps':
        return [column.micros];
      case 'bytes':
        return [column.data, column.offsets];
      case 'booleans':
        return [column.bytes];
      default:
        return [];
    }
  });
  const buffers = [batch.arrivals, ...arrays].map(({ buffer }: ArrayBufferView) => buffer);
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer);
}
