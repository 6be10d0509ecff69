import type { MessageWriter } from './message-writer.js';
import { AuthenticationCode, BackendType, type FormatCode, protocolVersion } from './protocol.js';

/** Messages that never change. */
export const constantMessages = {
  authenticationOk: message(BackendType.authentication, int32Bytes(AuthenticationCode.ok)),
  cleartextRequest: message(BackendType.authentication, int32Bytes(AuthenticationCode.cleartextPassword)),
  parseComplete: message(BackendType.parseComplete),
  bindComplete: message(BackendType.bindComplete),
  closeComplete: message(BackendType.closeComplete),
  noData: message(BackendType.noData),
  emptyQueryResponse: message(BackendType.emptyQueryResponse),
  portalSuspended: message(BackendType.portalSuspended),
  readyIdle: message(BackendType.readyForQuery, Buffer.from('I')),
  readyInTransaction: message(BackendType.readyForQuery, Buffer.from('T')),
  readyFailed: message(BackendType.readyForQuery, Buffer.from('E')),
} as const;

/** Answers to SSLRequest and GSSENCRequest: a single byte, not a message. */
export const encryptionAnswer = { willing: Buffer.from('S'), unwilling: Buffer.from('N') } as const;

/** A field of RowDescription or, its `oid` alone, of ParameterDescription. */
export interface WireField {
  readonly label: string;
  readonly oid: number;
  /** Bytes of the type, -1 for variable, -2 for a C string. */
  readonly size: number;
  readonly modifier: number;
}

/** Fields of ErrorResponse and NoticeResponse (PostgreSQL: "Error and Notice Message Fields"). */
export interface Report {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  /** 1-based, in characters of the client's text. */
  readonly position?: number | undefined;
}

export function writeReadyForQuery(writer: MessageWriter, status: 'I' | 'T' | 'E'): void {
  const { readyIdle, readyInTransaction, readyFailed } = constantMessages;
  writer.bytes(status === 'I' ? readyIdle : status === 'T' ? readyInTransaction : readyFailed);
}

export function writeMd5Request(writer: MessageWriter, salt: Uint8Array): void {
  writer.begin(BackendType.authentication).int32(AuthenticationCode.md5Password).bytes(salt).end();
}

/** Redshift's request for a digest: algorithm, salt and nonce, each of the two with its length. */
export function writeDigestRequest(
  writer: MessageWriter,
  algorithm: number,
  salt: Uint8Array,
  nonce: Uint8Array,
): void {
  writer.begin(BackendType.authentication).int32(AuthenticationCode.digest).int32(algorithm);
  writer.int32(salt.length).bytes(salt).int32(nonce.length).bytes(nonce).end();
}

export function writeSaslRequest(writer: MessageWriter, mechanisms: readonly string[]): void {
  writer.begin(BackendType.authentication).int32(AuthenticationCode.sasl);
  for (const mechanism of mechanisms) writer.cstring(mechanism);
  writer.uint8(0).end();
}

/** AuthenticationSASLContinue or AuthenticationSASLFinal with the mechanism's data. */
export function writeSaslData(writer: MessageWriter, step: 'continue' | 'final', data: string): void {
  const code = step === 'continue' ? AuthenticationCode.saslContinue : AuthenticationCode.saslFinal;
  writer.begin(BackendType.authentication).int32(code).bytes(Buffer.from(data, 'utf8')).end();
}

/** What the server speaks (3.0) and the protocol options it does not know. */
export function writeNegotiateProtocolVersion(writer: MessageWriter, unknownOptions: readonly string[]): void {
  writer.begin(BackendType.negotiateProtocolVersion).int32(protocolVersion).int32(unknownOptions.length);
  for (const option of unknownOptions) writer.cstring(option);
  writer.end();
}

export function writeParameterStatus(writer: MessageWriter, name: string, value: string): void {
  writer.begin(BackendType.parameterStatus).cstring(name).cstring(value).end();
}

export function writeBackendKeyData(writer: MessageWriter, processId: number, secretKey: number): void {
  writer.begin(BackendType.backendKeyData).int32(processId).int32(secretKey).end();
}

export function writeParameterDescription(writer: MessageWriter, oids: readonly number[]): void {
  writer.begin(BackendType.parameterDescription).int16(oids.length);
  for (const oid of oids) writer.int32(oid);
  writer.end();
}

/**
 * `formats`: one for each field, or empty when every field is text. Table and column numbers are 0: no column is tied
 * to a catalog row.
 */
export function writeRowDescription(
  writer: MessageWriter,
  fields: readonly WireField[],
  formats: readonly FormatCode[],
): void {
  writer.begin(BackendType.rowDescription).int16(fields.length);
  fields.forEach((field, index) => {
    writer.cstring(field.label).int32(0).int16(0);
    writer.int32(field.oid).int16(field.size).int32(field.modifier);
    writer.int16(formats[index] ?? 0);
  });
  writer.end();
}

export function writeCommandComplete(writer: MessageWriter, tag: string): void {
  writer.begin(BackendType.commandComplete).cstring(tag).end();
}

export function writeError(writer: MessageWriter, report: Report): void {
  writeReport(writer, BackendType.errorResponse, report);
}

export function writeNotice(writer: MessageWriter, report: Report): void {
  writeReport(writer, BackendType.noticeResponse, report);
}

/**
 * `V`, the severity that is never translated, is newer than Redshift's heritage; libpq and JDBC read it when it is
 * there.
 */
function writeReport(writer: MessageWriter, type: number, report: Report): void {
  writer.begin(type);
  field(writer, 'S', report.severity);
  field(writer, 'V', report.severity);
  field(writer, 'C', report.code);
  field(writer, 'M', report.message);
  if (report.detail !== undefined) field(writer, 'D', report.detail);
  if (report.hint !== undefined) field(writer, 'H', report.hint);
  if (report.position !== undefined) field(writer, 'P', String(report.position));
  writer.uint8(0).end();
}

function field(writer: MessageWriter, letter: string, value: string): void {
  writer.uint8(letter.charCodeAt(0)).cstring(value);
}

function message(type: number, body: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from([type]), int32Bytes(body.length + 4), body]);
}

function int32Bytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
