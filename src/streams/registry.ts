import type { StreamSource } from './contract.js';
import { kinesisSource } from './kinesis/columns.js';

/** Every source whose streams can be read: one line each. */
const sources: readonly StreamSource[] = [kinesisSource];

const byKind: ReadonlyMap<string, StreamSource> = new Map(sources.map((source) => [source.kind, source]));

/** The source that an external schema names; undefined when its streams cannot be read. */
export function streamSource(kind: string): StreamSource | undefined {
  return byKind.get(kind);
}

/** The words of `CREATE EXTERNAL SCHEMA … FROM` whose streams can be read. */
export const readableSources: readonly string[] = [...byKind.keys()];
