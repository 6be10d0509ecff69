/** What the gateway uses of kinesalite 3.3.3, which ships no types. */
declare module 'kinesalite' {
  import type { EventEmitter } from 'node:events';
  import type { IncomingHttpHeaders } from 'node:http';
  import type { StoreOptions } from 'kinesalite/db/index.js';

  namespace kinesalite {
    /** All that the handler reads of an http.IncomingMessage; the body comes as `data` and `end` events. */
    interface Request extends EventEmitter {
      method: string;
      url: string;
      headers: IncomingHttpHeaders;
    }
    /** All that the handler calls on an http.ServerResponse. */
    interface Response {
      statusCode: number;
      setHeader(name: string, value: string | number): void;
      end(body?: string | Buffer | null): void;
    }
    type Handler = (request: Request, response: Response) => void;
  }
  /** An http.Server; only its handler is used. */
  function kinesalite(options: StoreOptions): { listeners(event: 'request'): kinesalite.Handler[] };
  export = kinesalite;
}

declare module 'kinesalite/db/index.js' {
  export interface StoreOptions {
    path?: string | undefined;
    createStreamMs?: number;
    deleteStreamMs?: number;
    updateStreamMs?: number;
    shardLimit?: number;
  }
  type Callback<T = void> = (error: Error | null | undefined, value: T) => void;

  export interface LevelIterator {
    next(callback: (error: Error | null | undefined, key: string | undefined, value: string | undefined) => void): void;
    end(callback: Callback): void;
  }
  export interface RangeOptions {
    gt?: string;
    gte?: string;
    lt?: string;
    lte?: string;
    limit?: number;
    reverse?: boolean;
    keys?: boolean;
    values?: boolean;
    /** 'utf8' hands values over as stored, without parsing them. */
    valueEncoding?: 'utf8' | 'json';
  }
  export type LevelOperation = { type: 'del'; key: string } | { type: 'put'; key: string; value: unknown };
  export interface Level {
    get(key: string, callback: Callback<unknown>): void;
    put(key: string, value: unknown, callback: Callback): void;
    del(key: string, callback: Callback): void;
    batch(operations: readonly LevelOperation[], callback: Callback): void;
    iterator(options: RangeOptions): LevelIterator;
    isOpen(): boolean;
    open(callback: Callback<unknown>): void;
    close(callback: Callback): void;
    once(event: 'open' | 'error', listener: (error?: Error) => void): void;
  }

  export interface StoredShard {
    ShardId: string;
    ParentShardId?: string;
    AdjacentParentShardId?: string;
    HashKeyRange: { StartingHashKey: string; EndingHashKey: string };
    SequenceNumberRange: { StartingSequenceNumber: string; EndingSequenceNumber?: string };
  }
  export interface StoredStream {
    StreamName: string;
    StreamARN: string;
    StreamStatus: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
    /** Seconds since the epoch. */
    StreamCreationTimestamp: number;
    RetentionPeriodHours: number;
    Shards: StoredShard[];
    EncryptionType?: 'NONE' | 'KMS';
    KeyId?: string;
    EnhancedMonitoring?: { ShardLevelMetrics: string[] }[];
    /** Counts the records of each five shards; a part of their sequence numbers. */
    _seqIx: (number | null | undefined)[];
    _tags: Record<string, string>;

    // The members below are the gateway's; kinesalite stores them unchanged.
    StreamModeDetails?: { StreamMode: 'PROVISIONED' | 'ON_DEMAND' };
    /** AWS's default, 1,024, when absent. */
    MaxRecordSizeInKiB?: number;
    /** The shards of a stream that is still being created. */
    _firstShards?: StoredShard[];
    /** By shard id: sequence number of the newest record that was removed because its retention period was over. */
    _trimmed?: Record<string, string>;
  }
  export interface Store {
    db: Level;
    metaDb: Level & {
      awsAccountId: string;
      awsRegion: string;
      /** Runs `work` when no other of the key runs; `release` wraps the callback that ends it. */
      lock(key: string, work: (release: (ended: () => void) => () => void) => void): void;
    };
    /** Open shards of all streams together. */
    shardLimit: number;
    getStreamDb(name: string): Level;
    deleteStreamDb(name: string, callback: Callback): void;
    getStream(name: string, callback: Callback<StoredStream>): void;
  }
  /** Times in milliseconds since the epoch, whole seconds. */
  export interface Sequence {
    shardCreateTime: number;
    shardIx: number;
    seqIx?: string | number;
    seqTime?: number;
  }

  interface KinesaliteDatabase {
    create(options: StoreOptions): Store;
    parseSequence(text: string): Sequence & { seqTime?: number; seqIx?: string | number };
    stringifySequence(sequence: Sequence): string;
    incrementSequence(sequence: string): string;
    shardIxToHex(index: number): string;
    shardIdName(index: number): string;
    createShardIterator(stream: string, shardId: string, sequence: string): string;
    ITERATOR_PWD_KEY: Buffer;
    ITERATOR_PWD_IV: Buffer;
  }
  const database: KinesaliteDatabase;
  export default database;
}

declare module 'kinesalite/validations/index.js' {
  interface Validations {
    /** Removes fields that `types` does not have from `data`. @throws an Error with `statusCode` and `body`. */
    checkTypes(data: object, types: object): Record<string, unknown>;
    checkValidations(data: object, types: object, custom: unknown, operation: string): void;
  }
  const validations: Validations;
  export default validations;
}

/** The table of one operation's request fields. */
declare module 'kinesalite/validations/*' {
  const operation: { types: Readonly<Record<string, object>>; custom?: unknown };
  export default operation;
}
