import { CborTimestamp, type CborValue, decodeCbor, encodeCbor } from './cbor.js';

export const jsonType = 'application/x-amz-json-1.1';
export const cborType = 'application/x-amz-cbor-1.1';

/** Fields that are instants in answers: seconds since the epoch in JSON, tagged milliseconds in CBOR. */
const timestampFields = new Set([
  'ApproximateArrivalTimestamp',
  'StreamCreationTimestamp',
  'ConsumerCreationTimestamp',
]);
/** The one field that is bytes: base64 text in JSON, a byte string in CBOR. */
const bytesField = 'Data';

/** A CBOR request as the same request in JSON 1.1. @throws CborError */
export function requestFromCbor(body: Uint8Array): unknown {
  return plain(decodeCbor(body));
}

function plain(value: CborValue): unknown {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (value instanceof CborTimestamp) return value.millis / 1000;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** An answer's JSON text as CBOR. */
export function answerToCbor(json: string): Buffer {
  return json === '' ? Buffer.alloc(0) : encodeCbor(cbor(JSON.parse(json), ''));
}

function cbor(value: unknown, field: string): CborValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return field === bytesField ? Buffer.from(value, 'base64') : value;
  if (typeof value === 'number')
    return timestampFields.has(field) ? new CborTimestamp(Math.round(value * 1000)) : value;
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => cbor(item, ''));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cbor(item, key)]));
}
