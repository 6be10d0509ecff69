/**
 * Numbers and letters of the PostgreSQL protocol, version 3 (PostgreSQL: "Message Formats").
 */

/** First int32 of a startup packet. */
export const RequestCode = {
  cancel: 80877102,
  ssl: 80877103,
  gssEncryption: 80877104,
} as const;

/** Protocol 3.0, the only one served; minor versions above are negotiated down to it. */
export const protocolVersion = 196608;

/** Largest startup packet in bytes, its length word included (PostgreSQL's MAX_STARTUP_PACKET_LENGTH). */
export const maxStartupPacketBytes = 10_000;

/** Message types a client sends, as bytes. */
export const FrontendType = {
  bind: letter('B'),
  close: letter('C'),
  copyData: letter('d'),
  copyDone: letter('c'),
  copyFail: letter('f'),
  describe: letter('D'),
  execute: letter('E'),
  flush: letter('H'),
  functionCall: letter('F'),
  parse: letter('P'),
  /** Password, SASLInitialResponse and SASLResponse share a letter. */
  password: letter('p'),
  /** During login, the answer to Redshift's digest request; `copyData` else. */
  digestAnswer: letter('d'),
  query: letter('Q'),
  sync: letter('S'),
  terminate: letter('X'),
} as const;

/** Message types the server sends. */
export const BackendType = {
  authentication: letter('R'),
  backendKeyData: letter('K'),
  bindComplete: letter('2'),
  closeComplete: letter('3'),
  commandComplete: letter('C'),
  dataRow: letter('D'),
  emptyQueryResponse: letter('I'),
  errorResponse: letter('E'),
  negotiateProtocolVersion: letter('v'),
  noData: letter('n'),
  noticeResponse: letter('N'),
  parameterDescription: letter('t'),
  parameterStatus: letter('S'),
  parseComplete: letter('1'),
  portalSuspended: letter('s'),
  readyForQuery: letter('Z'),
  rowDescription: letter('T'),
} as const;

/** int32 of an Authentication message. */
export const AuthenticationCode = {
  ok: 0,
  cleartextPassword: 3,
  md5Password: 5,
  sasl: 10,
  saslContinue: 11,
  saslFinal: 12,
  /** Redshift's own; its drivers know it. */
  digest: 13,
} as const;

export type FormatCode = 0 | 1;
export const textFormat = 0;
export const binaryFormat = 1;

const smallMessageBytes = 10_000;
const authenticationMessageBytes = 65_535;

const messageLimits = new Map<number, number | 'configured'>([
  [FrontendType.bind, 'configured'],
  [FrontendType.close, smallMessageBytes],
  [FrontendType.copyData, 'configured'],
  [FrontendType.copyDone, smallMessageBytes],
  [FrontendType.copyFail, smallMessageBytes],
  [FrontendType.describe, smallMessageBytes],
  [FrontendType.execute, smallMessageBytes],
  [FrontendType.flush, smallMessageBytes],
  [FrontendType.functionCall, 'configured'],
  [FrontendType.parse, 'configured'],
  [FrontendType.password, authenticationMessageBytes],
  [FrontendType.query, 'configured'],
  [FrontendType.sync, smallMessageBytes],
  [FrontendType.terminate, smallMessageBytes],
]);

/**
 * Largest length word a message of this type may carry, or undefined for a type that does not exist. `configured`
 * bounds the types that carry SQL or values.
 */
export function maxMessageLength(type: number, configured: number): number | undefined {
  const limit = messageLimits.get(type);
  return limit === 'configured' ? configured : limit;
}

/** The same while the client has not proved who it is: nothing but its password is read, and little of that. */
export function maxLoginMessageLength(type: number): number | undefined {
  const { password, digestAnswer, terminate } = FrontendType;
  return type === password || type === digestAnswer || type === terminate ? authenticationMessageBytes : undefined;
}

function letter(character: string): number {
  return character.charCodeAt(0);
}
