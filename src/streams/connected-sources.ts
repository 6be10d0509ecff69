import { DuckshiftError } from '../base/errors.js';
import type { StreamReader, StreamSource } from './contract.js';
import { unreadableSource } from './unreadable-source.js';

/** A source, and the endpoint where this server reads its streams. */
export interface ConnectedSource {
  readonly source: StreamSource;
  readonly reader: StreamReader;
  /** URL of the reader's endpoint, for messages. */
  readonly endpoint: string;
}

/** A stream as a definition names it. */
export interface NamedStream {
  /** The kind of source, a word of `CREATE EXTERNAL SCHEMA … FROM`. */
  readonly source: string;
  readonly externalSchema: string;
  readonly streamName: string;
}

/** The sources that a server reads: a stream is only ever read by the source its external schema names. */
export class ConnectedSources {
  readonly #byKind: ReadonlyMap<string, ConnectedSource>;

  constructor(sources: readonly ConnectedSource[]) {
    this.#byKind = new Map(sources.map((connected) => [connected.source.kind, connected]));
  }

  /** @throws DuckshiftError 0A000 for a source that this server does not read */
  of({ source, externalSchema, streamName }: NamedStream): ConnectedSource {
    const connected = this.#byKind.get(source);
    if (connected !== undefined) return connected;
    const { message, hint } = unreadableSource(source, { schema: externalSchema, name: streamName });
    throw new DuckshiftError('0A000', message, { hint });
  }
}

/** Names a stream among those of all sources. */
export function streamKey({ source, streamName }: NamedStream): string {
  return `${source}\u0000${streamName}`;
}

/** Whether both name one stream, by whatever external schemas. */
export function sameStream(one: NamedStream | undefined, other: NamedStream | undefined): boolean {
  return one !== undefined && other !== undefined && streamKey(one) === streamKey(other);
}
