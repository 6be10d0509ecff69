import { JSON_VALID, judgeJson } from '../../json/strict-json.js';
import type { DrainItem } from '../contract.js';
import type { RecordColumns } from './page.js';

/** The engine's form of a page: with the shard's name and each payload's JSON verdict. */
export function toBatch(shardId: string, columns: RecordColumns): NonNullable<DrainItem['batch']> {
  const { rowCount, data, dataOffsets } = columns;
  const jsonValid = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    jsonValid[row] = judgeJson(data, dataOffsets[row], dataOffsets[row + 1]) >= JSON_VALID ? 1 : 0;
  }
  return { shardId, ...columns, jsonValid };
}

/** The buffers of a batch, to transfer instead of copying them. */
export function batchBuffers(batch: DrainItem['batch']): ArrayBuffer[] {
  if (batch === undefined) return [];
  const arrays = [batch.arrivalMicros, batch.data, batch.dataOffsets, batch.jsonValid];
  return arrays.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}
