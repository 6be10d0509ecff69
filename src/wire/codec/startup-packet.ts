import { BodyReader } from './body-reader.js';
import { protocolVersion, RequestCode } from './protocol.js';
import { fatalProtocolViolation } from './protocol-error.js';

/** What a connection may say first. */
export type StartupPacket =
  | { readonly kind: 'ssl' }
  | { readonly kind: 'gss' }
  | { readonly kind: 'cancel'; readonly processId: number; readonly secretKey: number }
  | StartupMessage;

export interface StartupMessage {
  readonly kind: 'startup';
  /** Minor version the client asked for (3.minor). */
  readonly minorVersion: number;
  /** In the client's spelling; the last of a repeated name counts. */
  readonly parameters: ReadonlyMap<string, string>;
  /** `_pq_.` protocol options, none of which this server knows. */
  readonly protocolOptions: readonly string[];
}

/**
 * Decode the body (after the length word) of a startup packet.
 *
 * @throws DuckshiftError FATAL 0A000 for another major version, 08P01 for a malformed packet.
 */
export function decodeStartupPacket(body: Buffer): StartupPacket {
  const reader = new BodyReader(body);
  const code = reader.int32();
  switch (code) {
    case RequestCode.ssl:
      return { kind: 'ssl' };
    case RequestCode.gssEncryption:
      return { kind: 'gss' };
    case RequestCode.cancel:
      if (reader.remaining !== 8) throw fatalProtocolViolation('invalid length of cancel request');
      return { kind: 'cancel', processId: reader.int32(), secretKey: reader.int32() };
    default:
      return decodeStartupMessage(code, reader);
  }
}

function decodeStartupMessage(version: number, reader: BodyReader): StartupMessage {
  const major = version >>> 16;
  const minor = version & 0xffff;
  if (major !== protocolVersion >>> 16)
    throw fatalProtocolViolation(
      `unsupported frontend protocol ${major}.${minor}: server supports 3.0 to 3.0`,
      '0A000',
    );
  const parameters = new Map<string, string>();
  const protocolOptions: string[] = [];
  for (;;) {
    if (reader.remaining === 0) throw malformedStartup();
    const name = reader.lenientCstring();
    if (name === '') break;
    if (reader.remaining === 0) throw malformedStartup();
    const value = reader.lenientCstring();
    if (name.startsWith('_pq_.')) protocolOptions.push(name);
    else parameters.set(name, value);
  }
  if (reader.remaining !== 0) throw malformedStartup();
  return { kind: 'startup', minorVersion: minor, parameters, protocolOptions };
}

function malformedStartup(): Error {
  return fatalProtocolViolation('invalid startup packet layout: expected terminator as last byte');
}
