import kinesaliteDatabase from 'kinesalite/db/index.js';
import putRecordRules from 'kinesalite/validations/putRecord.js';
import putRecordsRules from 'kinesalite/validations/putRecords.js';
import { AwsError, answer, isObject } from '../aws-answer.js';
import type { Gateway, Operation } from '../operation.js';
import { appendRecords, type NewRecord, payloadBytes } from '../record-writer.js';
import { checked, type FieldRule, type RequestRules } from '../request-rules.js';
import { findStream } from '../store.js';
import { streamName } from '../stream-name.js';
import { maxRecordKib } from './max-record-size.js';

/** Payloads and partition keys of one request together (AWS page "PutRecords"). */
const maxRequestBytes = 10 * 1024 * 1024;

/** AWS page "PutRecord". */
export const putRecord: Operation = async (gateway, { data }) => {
  const limit = await recordLimit(gateway, data);
  const request = checked('PutRecord', { ...putRecordRules.types, Data: dataRule(limit) }, data);
  const name = String(request.StreamName);
  if (request.SequenceNumberForOrdering !== undefined)
    checkOrdering(gateway, name, String(request.SequenceNumberForOrdering));
  const { stream, placed } = await appendRecords(gateway, name, [newRecord(request)]);
  const [place] = placed;
  if (place === undefined || place instanceof AwsError) throw place;
  return answer({
    ShardId: place.shardId,
    SequenceNumber: place.sequenceNumber,
    EncryptionType: stream.EncryptionType === 'KMS' ? 'KMS' : undefined,
  });
};

/** AWS page "PutRecords": records that the shards have no room for are refused one by one. */
export const putRecords: Operation = async (gateway, { data }) => {
  const limit = await recordLimit(gateway, data);
  const request = checked('PutRecords', putRecordsTable(limit), data);
  const records = (Array.isArray(request.Records) ? request.Records : []).map((entry) =>
    newRecord(isObject(entry) ? entry : {}),
  );
  const size = records.reduce(
    (sum, { data: payload, partitionKey }) => sum + payloadBytes(payload) + Buffer.byteLength(partitionKey),
    0,
  );
  if (size > maxRequestBytes) throw new AwsError('InvalidArgumentException', 'Records size exceeds 10 MB limit');
  const { stream, placed } = await appendRecords(gateway, String(request.StreamName), records);
  return answer({
    FailedRecordCount: placed.filter((place) => place instanceof AwsError).length,
    Records: placed.map((place) =>
      place instanceof AwsError
        ? { ErrorCode: place.type, ErrorMessage: place.message }
        : { ShardId: place.shardId, SequenceNumber: place.sequenceNumber },
    ),
    EncryptionType: stream.EncryptionType === 'KMS' ? 'KMS' : undefined,
  });
};

/** The largest record that the stream of the request takes, in bytes. */
async function recordLimit({ store }: Gateway, data: Readonly<Record<string, unknown>>): Promise<number> {
  const name = streamName(data);
  return maxRecordKib(name === undefined ? undefined : await findStream(store, name)) * 1024;
}

function dataRule(limit: number): FieldRule {
  return { type: 'Blob', notNull: true, lengthLessThanOrEqual: limit };
}

function putRecordsTable(limit: number): RequestRules {
  const { Records: records } = putRecordsRules.types;
  const entry = records !== undefined && 'children' in records && isObject(records.children) ? records.children : {};
  const fields = isObject(entry.children) ? entry.children : {};
  return {
    ...putRecordsRules.types,
    Records: { ...records, children: { ...entry, children: { ...fields, Data: dataRule(limit) } } },
  };
}

function newRecord(request: Readonly<Record<string, unknown>>): NewRecord {
  const { Data, PartitionKey, ExplicitHashKey } = request;
  return {
    partitionKey: String(PartitionKey),
    explicitHashKey: typeof ExplicitHashKey === 'string' ? ExplicitHashKey : undefined,
    data: String(Data),
  };
}

/** SequenceNumberForOrdering must be one that the service could have given out. Records are in order in any case. */
function checkOrdering({ store, now }: Gateway, stream: string, sequenceNumber: string): void {
  try {
    if ((kinesaliteDatabase.parseSequence(sequenceNumber).seqTime ?? 0) <= now()) return;
  } catch {
    // Refused below.
  }
  throw new AwsError(
    'InvalidArgumentException',
    `ExclusiveMinimumSequenceNumber ${sequenceNumber} used in PutRecord on stream ${stream} under account ${store.metaDb.awsAccountId} is invalid.`,
  );
}
