import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from './errors.js';

/**
 * Signature Version 4 of AWS calls (AWS General Reference, "Signing AWS API requests"), in the Authorization header.
 * Every signature is parsed; it is verified only where the server was given a key pair.
 */

const algorithm = 'AWS4-HMAC-SHA256';

/** How far a signature's time may be from the server's. */
const allowedSkewMs = 5 * 60 * 1000;

export interface Signature {
  readonly accessKeyId: string;
  /** `20261123`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits. */
  readonly signature: string;
}

export interface SignedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The key pair that signatures must have been made with, and the region they must name. */
export interface SigningKeys {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
}

/**
 * Read an Authorization header; undefined when there is none.
 *
 * @throws AwsError IncompleteSignatureException
 */
export function parseSignature(authorization: string | undefined): Signature | undefined {
  if (authorization === undefined) return undefined;
  const match = /^AWS4-HMAC-SHA256\s+(.*)$/s.exec(authorization.trim());
  if (match === null) throw incomplete(`the Authorization header must begin with ${algorithm}`);
  const parts = new Map<string, string>();
  for (const part of (match[1] ?? '').split(',')) {
    const [name = '', ...value] = part.trim().split('=');
    parts.set(name, value.join('='));
  }
  const scope = parts.get('Credential')?.split('/') ?? [];
  // An access key may hold slashes; the scope's four parts are the last.
  const [date, region, service, terminator] = scope.slice(-4);
  const accessKeyId = scope.slice(0, -4).join('/');
  const signature = parts.get('Signature') ?? '';
  const signedHeaders = (parts.get('SignedHeaders') ?? '').split(';').filter((name) => name !== '');
  if (!date || !region || !service || terminator !== 'aws4_request' || accessKeyId === '')
    throw incomplete('the Authorization header lacks a valid Credential');
  if (signedHeaders.length === 0) throw incomplete("the Authorization header requires 'SignedHeaders'");
  if (!/^[0-9a-f]{64}$/.test(signature)) throw incomplete("the Authorization header requires a valid 'Signature'");
  return { accessKeyId, date, region, service, signedHeaders, signature };
}

/**
 * Check a request's signature.
 *
 * @param service the name the request's service signs with, or several that share the endpoint.
 * @throws AwsError MissingAuthenticationTokenException without a signature, UnrecognizedClientException for another
 * access key, InvalidSignatureException for a wrong or old signature, one of another region or service.
 */
export function verifySignature(
  request: SignedRequest,
  signature: Signature | undefined,
  keys: SigningKeys,
  services: readonly string[],
  nowMs: number,
): void {
  if (signature === undefined)
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  if (!sameText(signature.accessKeyId, keys.accessKey))
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  const amzDate = single(request.headers['x-amz-date']) ?? '';
  checkScope(signature, keys, services, amzDate);
  checkTime(amzDate, nowMs);
  for (const name of ['host', 'x-amz-date'])
    if (!signature.signedHeaders.includes(name)) throw wrong(`'${name}' must be a signed header in the request.`);
  const expected = signRequest(request, signature, keys.secretKey, amzDate);
  if (!timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(signature.signature, 'hex'))) {
    throw wrong(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
}

function checkScope(
  { region, service, date }: Signature,
  keys: SigningKeys,
  services: readonly string[],
  amzDate: string,
): void {
  if (region !== keys.region) throw wrong(`Credential should be scoped to a valid region, not '${region}'.`);
  if (!services.includes(service))
    throw wrong(`Credential should be scoped to correct service: '${services.join("' or '")}'.`);
  if (!amzDate.startsWith(date))
    throw wrong('Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date.');
}

function checkTime(amzDate: string, nowMs: number): void {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(amzDate);
  if (match === null) throw incomplete("the request must have a valid 'X-Amz-Date' header");
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number);
  const signedMs = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  if (signedMs < nowMs - allowedSkewMs) throw wrong(`Signature expired: ${amzDate} is more than 5 min. old.`);
  if (signedMs > nowMs + allowedSkewMs) throw wrong(`Signature not yet current: ${amzDate} is more than 5 min. ahead.`);
}

/** The signature the request should have, in hexadecimal. */
function signRequest(request: SignedRequest, signature: Signature, secretKey: string, amzDate: string): string {
  const { date, region, service } = signature;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = [algorithm, amzDate, scope, sha256(canonicalRequest(request, signature.signedHeaders))].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secretKey}`, 'utf8'));
  return hmac(key, toSign).toString('hex');
}

function canonicalRequest({ method, url, headers, body }: SignedRequest, signedHeaders: readonly string[]): string {
  const [path = '/', query = ''] = url.split('?', 2);
  const names = signedHeaders.map((name) => name.toLowerCase()).toSorted();
  const lines = names.map((name) => `${name}:${canonicalValue(headers[name])}\n`).join('');
  return [method, path, canonicalQuery(query), lines, names.join(';'), sha256(body)].join('\n');
}

function canonicalValue(value: string | readonly string[] | undefined): string {
  const text = typeof value === 'string' || value === undefined ? (value ?? '') : value.join(',');
  return text.trim().replace(/ +/g, ' ');
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
    .toSorted()
    .join('&');
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value[0] : value;
}

/** Compares in constant time, which reveals nothing about the texts. */
function sameText(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(a), 'hex'), Buffer.from(sha256(b), 'hex'));
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

function incomplete(reason: string): AwsError {
  return new AwsError('IncompleteSignatureException', `The signature is incomplete: ${reason}.`);
}

function wrong(message: string): AwsError {
  return new AwsError('InvalidSignatureException', message);
}
