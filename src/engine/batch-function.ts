import type { DuckDBConnection, DuckDBDataChunk, DuckDBType } from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import type { TypeId } from '../../sql-dialect/types/redshift-type.js';
import type { StreamBatch } from '../streams/contract.js';
import { batchFunctionName } from './batch-call.js';
import { type ColumnWriter, columnWriters } from './batch-columns.js';
import { BIGINT, BLOB, BOOLEAN, DuckDBTableFunction, TIMESTAMP, VARCHAR } from './duckdb.js';

const duckdbTypes: Readonly<Partial<Record<TypeId, DuckDBType>>> = {
  timestamp: TIMESTAMP,
  varchar: VARCHAR,
  char: VARCHAR,
  varbyte: BLOB,
  bool: BOOLEAN,
};

/** A call that was bound: which batch it means. */
class BoundCall {
  constructor(readonly batch: StreamBatch) {}
}

/** A running read of a batch. */
class Scan {
  #nextRow = 0;

  constructor(
    private readonly rowCount: number,
    private readonly writers: readonly ColumnWriter[],
  ) {}

  fill(output: DuckDBDataChunk): void {
    const first = this.#nextRow;
    const count = Math.min(bindings.vector_size(), this.rowCount - first);
    output.rowCount = count;
    if (count === 0) return;
    this.writers.forEach((write, index) => {
      write(bindings.data_chunk_get_vector(output.chunk, index), first, count);
    });
    this.#nextRow += count;
  }
}

/**
 * The batches that SQL can read as `duckshift_batch(id)`. The table function is registered once for an engine; its
 * callbacks run on the JavaScript thread and never wait: a batch lies in memory before it is offered.
 */
export class BatchRegistry {
  readonly #batches = new Map<number, StreamBatch>();
  #lastId = 0;

  register(batch: StreamBatch): number {
    const id = ++this.#lastId;
    this.#batches.set(id, batch);
    return id;
  }

  release(id: number): void {
    this.#batches.delete(id);
  }

  get size(): number {
    return this.#batches.size;
  }

  /** Make the table function known to the instance that `connection` belongs to. */
  install(connection: DuckDBConnection): void {
    connection.registerTableFunction(
      DuckDBTableFunction.create({
        name: batchFunctionName,
        parameterTypes: [BIGINT],
        supportsProjectionPushdown: true,
        bindFunction: (info) => {
          const batch = this.#batches.get(Number(info.getParameter(0)));
          if (batch === undefined) throw new Error(`no stream batch ${String(info.getParameter(0))}`);
          for (const { name, type } of batch.columns) info.addResultColumn(name, duckdbTypes[type.id] ?? VARCHAR);
          info.setCardinality(batch.rowCount, true);
          info.setBindData(new BoundCall(batch));
        },
        initFunction: (info) => {
          const call = info.getBindData();
          if (!(call instanceof BoundCall)) throw new Error('the batch is not bound');
          const writers = columnWriters(call.batch);
          const projected = info.getColumnIndexes().flatMap((index) => writers[index] ?? []);
          info.setInitData(new Scan(call.batch.rowCount, projected));
          info.setMaxThreads(1);
        },
        mainFunction: (info, output) => {
          const scan = info.getInitData();
          if (!(scan instanceof Scan)) throw new Error('the batch is not open');
          scan.fill(output);
        },
      }),
    );
  }
}
