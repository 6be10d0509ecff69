import type { StoredShard, StoredStream } from 'kinesalite/db/index.js';
import { AwsError, answer, isObject, successBody } from '../aws-answer.js';
import type { Gateway, Operation, OperationCall } from '../operation.js';
import { listedShards, type ShardLife, trimHorizon } from '../shard-life.js';
import { findStream } from '../store.js';
import { streamNotFound } from '../stored-stream.js';
import { streamName } from '../stream-name.js';

const defaultPage = 1000;
const largestPage = 10_000;
/** A NextToken is good for this long. */
const tokenMillis = 300_000;

/** The content of a NextToken. */
interface Listing {
  readonly stream: string;
  /** The stream's creation, so that a token does not continue in a later stream of the same name. */
  readonly created: number;
  readonly after: string | undefined;
  readonly page: number;
  readonly filter: Filter;
  readonly minted: number;
}

interface Filter {
  readonly type: string;
  readonly shardId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number | undefined;
}

/** AWS page "ListShards": pages, tokens and filters, none of which kinesalite has (a NextToken ends its process). */
export const listShards: Operation = async (gateway, call) => {
  const listing = call.data.NextToken === undefined ? await firstListing(gateway, call) : continued(gateway, call.data);
  if (!('stream' in listing)) return listing;
  const stream = await findStream(gateway.store, listing.stream);
  if (stream === undefined || stream.StreamCreationTimestamp !== listing.created)
    throw streamNotFound(gateway.store, listing.stream);
  const { after } = listing;
  const matching = filtered(stream, listing.filter, gateway.now()).filter(
    ({ ShardId }) => after === undefined || ShardId > after,
  );
  const page = matching.slice(0, listing.page);
  const last = page.at(-1)?.ShardId;
  if (page.length === matching.length || last === undefined) return answer({ Shards: page });
  return answer({ Shards: page, NextToken: encodeToken({ ...listing, after: last, minted: gateway.now() }) });
};

/** kinesalite checks the request and the stream first; its refusal is the answer then. */
async function firstListing(gateway: Gateway, { data, forward }: OperationCall) {
  const { ShardFilter: filter, MaxResults: page, ExclusiveStartShardId: after, ...rest } = data;
  const checked = await forward({ ...rest, MaxResults: page, ExclusiveStartShardId: after });
  const name = streamName(data);
  if (successBody(checked) === undefined || name === undefined) return checked;
  const stream = await findStream(gateway.store, name);
  return {
    stream: name,
    created: stream?.StreamCreationTimestamp ?? 0,
    after: typeof after === 'string' ? after : undefined,
    page: typeof page === 'number' ? Math.min(page, largestPage) : defaultPage,
    filter: readFilter(filter),
    minted: gateway.now(),
  } satisfies Listing;
}

function readFilter(given: unknown): Filter {
  const all: Filter = { type: 'FROM_TRIM_HORIZON', shardId: undefined, at: undefined };
  if (given === undefined || given === null) return all;
  if (!isObject(given) || typeof given.Type !== 'string' || !filters.has(given.Type))
    throw new AwsError(
      'InvalidArgumentException',
      `ShardFilter type must be one of ${[...filters.keys()].join(', ')}.`,
    );
  const filter: Filter = {
    type: given.Type,
    shardId: typeof given.ShardId === 'string' ? given.ShardId : undefined,
    at: typeof given.Timestamp === 'number' ? given.Timestamp * 1000 : undefined,
  };
  if (filter.type === 'AFTER_SHARD_ID' && filter.shardId === undefined)
    throw new AwsError('InvalidArgumentException', 'ShardFilter type AFTER_SHARD_ID needs ShardId.');
  if (filter.type.endsWith('_TIMESTAMP') && filter.at === undefined)
    throw new AwsError('InvalidArgumentException', `ShardFilter type ${filter.type} needs Timestamp.`);
  return filter;
}

function continued(gateway: Gateway, data: Readonly<Record<string, unknown>>): Listing {
  if (data.StreamName !== undefined)
    throw new AwsError('InvalidArgumentException', 'NextToken and StreamName cannot be provided together.');
  const listing = decodeToken(data.NextToken);
  if (listing === undefined) throw new AwsError('InvalidArgumentException', 'NextToken is invalid.');
  if (gateway.now() - listing.minted > tokenMillis)
    throw new AwsError('ExpiredNextTokenException', 'NextToken has expired.');
  return typeof data.MaxResults === 'number' && data.MaxResults >= 1
    ? { ...listing, page: Math.min(data.MaxResults, largestPage) }
    : listing;
}

function encodeToken(listing: Listing): string {
  return Buffer.from(JSON.stringify(listing)).toString('base64');
}

function decodeToken(token: unknown): Listing | undefined {
  if (typeof token !== 'string') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!isObject(value) || !isObject(value.filter)) return undefined;
  const { stream, created, after, page, filter, minted } = value;
  if (
    typeof stream !== 'string' ||
    typeof created !== 'number' ||
    typeof page !== 'number' ||
    typeof minted !== 'number'
  )
    return undefined;
  if (typeof after !== 'string' || typeof filter.type !== 'string' || !filters.has(filter.type)) return undefined;
  const shardId = typeof filter.shardId === 'string' ? filter.shardId : undefined;
  const at = typeof filter.at === 'number' ? filter.at : undefined;
  return { stream, created, after, page, minted, filter: { type: filter.type, shardId, at } };
}

type Test = (life: ShardLife, filter: Filter, horizon: number) => boolean;

/** The filter types of the AWS page "ShardFilter". Shards that ended before the retention period are never listed. */
const filters: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['FROM_TRIM_HORIZON', () => true],
  ['AT_TRIM_HORIZON', ({ start }, _filter, horizon) => start <= horizon],
  ['AT_LATEST', ({ end }) => end === undefined],
  ['AFTER_SHARD_ID', ({ id }, { shardId = '' }) => id > shardId],
  ['AT_TIMESTAMP', ({ start, end }, { at = 0 }) => start <= at && (end === undefined || end > at)],
  ['FROM_TIMESTAMP', ({ end }, { at = 0 }) => end === undefined || end >= at],
]);

function filtered(stream: StoredStream, filter: Filter, now: number): StoredShard[] {
  const listed = listedShards(stream, now);
  const horizon = Math.max(trimHorizon(stream, now), Math.min(...listed.map(({ life }) => life.start)));
  return listed.filter(({ life }) => filters.get(filter.type)?.(life, filter, horizon)).map(({ shard }) => shard);
}
