import type { Migration, StoredObject } from './migration.js';

/**
 * What the table behind a materialized view holds is one value, `contents`, in place of five flags; and a stream is
 * named together with its kind of source, which could only be Kinesis.
 */
export const viewContents: Migration = {
  format: 2,
  change: 'contents of materialized views',
  run: (store) => store.changeObjects('materialized_view', changed),
};

function changed(definition: StoredObject): StoredObject {
  const { aggregated, maintenance, mutable, appends, follows, stream, ...others } = definition;
  return {
    ...others,
    ...(typeof stream === 'object' && stream !== null ? { stream: { source: 'kinesis', ...stream } } : {}),
    contents: contentsOf({ aggregated, maintenance, mutable, appends, follows }),
  };
}

function contentsOf({ aggregated, maintenance, mutable, appends, follows }: StoredObject): StoredObject {
  const followed = typeof follows === 'number' ? { follows } : {};
  if (aggregated === true) return { type: 'partial aggregates', ...followed };
  if (appends === true) return { type: 'rows', ...followed };
  if (maintenance === 'incremental') return { type: 'result', maintenance };
  return { type: 'result', maintenance: 'recompute', mutable: mutable === true };
}
