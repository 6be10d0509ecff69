import { DuckshiftError } from '../../base/errors.js';
import { BodyReader } from './body-reader.js';
import type { RawMessage } from './message-reader.js';
import { binaryFormat, type FormatCode, FrontendType, textFormat } from './protocol.js';
import { protocolViolation } from './protocol-error.js';

export type FrontendMessage =
  | { readonly kind: 'query'; readonly text: string }
  | ParseMessage
  | BindMessage
  | { readonly kind: 'describe'; readonly target: Target; readonly name: string }
  | { readonly kind: 'execute'; readonly portal: string; readonly maxRows: number }
  | { readonly kind: 'close'; readonly target: Target; readonly name: string }
  | { readonly kind: 'sync' | 'flush' | 'terminate' | 'function call' | 'copy' }
  | { readonly kind: 'password'; readonly body: Buffer };

export interface ParseMessage {
  readonly kind: 'parse';
  readonly name: string;
  readonly text: string;
  /** Declared parameter types; 0 leaves the choice to the server. */
  readonly parameterOids: readonly number[];
}

export interface BindMessage {
  readonly kind: 'bind';
  readonly portal: string;
  readonly statement: string;
  /** None, one for all parameters, or one for each. */
  readonly parameterFormats: readonly FormatCode[];
  readonly parameters: readonly (Buffer | null)[];
  /** None, one for all columns, or one for each. */
  readonly resultFormats: readonly FormatCode[];
}

export type Target = 'statement' | 'portal';

/** Decode a message whose type `MessageReader` has checked. @throws DuckshiftError 08P01, 22021, 22023 */
export function decodeFrontendMessage({ type, body }: RawMessage): FrontendMessage {
  const reader = new BodyReader(body);
  switch (type) {
    case FrontendType.query:
      return ended(reader, { kind: 'query', text: reader.cstring() });
    case FrontendType.parse:
      return ended(reader, decodeParse(reader));
    case FrontendType.bind:
      return ended(reader, decodeBind(reader));
    case FrontendType.describe:
      return ended(reader, { kind: 'describe', target: decodeTarget(reader, 'DESCRIBE'), name: reader.cstring() });
    case FrontendType.close:
      return ended(reader, { kind: 'close', target: decodeTarget(reader, 'CLOSE'), name: reader.cstring() });
    case FrontendType.execute:
      return ended(reader, { kind: 'execute', portal: reader.cstring(), maxRows: reader.int32() });
    case FrontendType.sync:
      return ended(reader, { kind: 'sync' });
    case FrontendType.flush:
      return ended(reader, { kind: 'flush' });
    case FrontendType.terminate:
      return { kind: 'terminate' };
    case FrontendType.functionCall:
      return { kind: 'function call' };
    case FrontendType.password:
      return { kind: 'password', body };
    default:
      return { kind: 'copy' };
  }
}

function decodeParse(reader: BodyReader): ParseMessage {
  const name = reader.cstring();
  const text = reader.cstring();
  const parameterOids = list(reader.count(), () => reader.uint32());
  return { kind: 'parse', name, text, parameterOids };
}

function decodeBind(reader: BodyReader): BindMessage {
  const portal = reader.cstring();
  const statement = reader.cstring();
  const parameterFormats = list(reader.count(), () => decodeFormat(reader));
  const parameters = list(reader.count(), () => {
    const length = reader.int32();
    return length === -1 ? null : reader.bytes(length);
  });
  const resultFormats = list(reader.count(), () => decodeFormat(reader));
  return { kind: 'bind', portal, statement, parameterFormats, parameters, resultFormats };
}

function decodeFormat(reader: BodyReader): FormatCode {
  const code = reader.int16();
  if (code === textFormat || code === binaryFormat) return code;
  throw new DuckshiftError('22023', `unsupported format code: ${code}`);
}

function decodeTarget(reader: BodyReader, message: string): Target {
  const code = reader.uint8();
  if (code === 0x53) return 'statement';
  if (code === 0x50) return 'portal';
  throw protocolViolation(`invalid ${message} message subtype ${code}`);
}

function ended<M>(reader: BodyReader, message: M): M {
  reader.end();
  return message;
}

function list<T>(count: number, read: () => T): T[] {
  const items: T[] = [];
  for (let index = 0; index < count; index++) items.push(read());
  return items;
}
