import { DuckshiftError } from '../../base/errors.js';
import type { MessageWriter } from '../codec/message-writer.js';

/**
 * Binary form of one type on the wire, both ways, against its text form (PostgreSQL: the types' send and receive
 * functions).
 */
export interface BinaryFormat {
  /** Write the binary form, without its length word, of a value in text form. */
  readonly encode: (text: string, writer: MessageWriter) => void;
  /** The text form of a binary parameter. @throws DuckshiftError 22P03 for bytes that are not a value of the type. */
  readonly decode: (bytes: Buffer) => string;
}

/** @throws DuckshiftError 22P03 unless `bytes` is `length` long. */
export function expectLength(bytes: Buffer, length: number): void {
  if (bytes.length !== length) throw incorrectBinary();
}

export function incorrectBinary(): DuckshiftError {
  return new DuckshiftError('22P03', 'incorrect binary data format');
}

/** A value whose text the binary form cannot carry: the server's fault, and better said than guessed. */
export function unencodable(type: string, text: string): DuckshiftError {
  return new DuckshiftError('XX000', `cannot send ${type} value "${text}" in binary format`);
}
