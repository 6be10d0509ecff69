import validations from 'kinesalite/validations/index.js';
import validation from 'kinesalite/validations/putRecords.js';
import { type AwsAnswer, AwsError, answer, isObject, successBody } from '../aws-answer.js';
import type { Operation } from '../operation.js';

/** Payloads and partition keys of one request together (AWS page "PutRecords"). */
const maxRequestBytes = 10 * 1024 * 1024;
/** Base64 text sent on at once: what kinesalite takes less room for keys and punctuation. */
const maxPartLength = 5 * 1024 * 1024;

interface Entry {
  readonly Data: string;
  readonly PartitionKey: string;
}

/**
 * AWS page "PutRecords": kinesalite takes bodies of up to 7 MiB, AWS 10 MiB of records. A larger request is checked as a whole and then goes on in parts, in
 * order; PutRecords promises no atomicity.
 */
export const putRecords: Operation = async (_gateway, { data, forward }) => {
  const records = data.Records;
  if (!Array.isArray(records) || !records.every(isEntry)) return forward();
  const size = records.reduce(
    (sum, { Data, PartitionKey }) => sum + payloadBytes(Data) + Buffer.byteLength(PartitionKey),
    0,
  );
  if (size > maxRequestBytes) throw new AwsError('InvalidArgumentException', 'Records size exceeds 10 MB limit');
  const parts = divide(records);
  if (parts.length === 1) return forward();
  check(data);
  const results: unknown[] = [];
  let failed = 0;
  for (const part of parts) {
    const given = await forward({ ...data, Records: part });
    const body = successBody(given);
    if (body === undefined) return results.length === 0 ? given : rest(given, results, records.length);
    if (Array.isArray(body.Records)) results.push(...body.Records);
    if (typeof body.FailedRecordCount === 'number') failed += body.FailedRecordCount;
  }
  return answer({ FailedRecordCount: failed, Records: results });
};

function isEntry(value: unknown): value is Entry {
  return isObject(value) && typeof value.Data === 'string' && typeof value.PartitionKey === 'string';
}

function payloadBytes(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

function divide(records: readonly Entry[]): Entry[][] {
  const parts: Entry[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const record of records) {
    length += record.Data.length;
    if (length > maxPartLength) {
      parts.push([]);
      length = record.Data.length;
    }
    parts.at(-1)?.push(record);
  }
  return parts;
}

/** Refuse the whole request where kinesalite would refuse one of its parts. */
function check(data: Readonly<Record<string, unknown>>): void {
  try {
    const typed = validations.checkTypes(structuredClone(data), validation.types);
    validations.checkValidations(typed, validation.types, validation.custom, 'PutRecords');
  } catch (error) {
    if (!(error instanceof Error && 'body' in error && isObject(error.body))) throw error;
    throw new AwsError(String(error.body.__type), error.message);
  }
}

/** A later part failed: its records are reported as failed one by one, which producers retry. */
function rest(given: AwsAnswer, results: readonly unknown[], count: number): AwsAnswer {
  const body: unknown = JSON.parse(given.body);
  const type = isObject(body) && typeof body.__type === 'string' ? body.__type : 'InternalFailure';
  const missing = Array.from({ length: count - results.length }, () => ({
    ErrorCode: type,
    ErrorMessage: 'not written',
  }));
  return answer({ FailedRecordCount: missing.length, Records: [...results, ...missing] });
}
