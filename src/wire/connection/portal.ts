import { displayType } from '../../../sql-dialect/types/type-table.js';
import { DuckshiftError } from '../../base/errors.js';
import type { ExecutionResult, PreparedStatement } from '../../session/contract.js';
import type { FormatCode } from '../codec/protocol.js';
import type { BinaryFormat } from '../formats/binary-format.js';
import { binaryFormatOf, isPlainText } from '../formats/type-formats.js';
import { RowCursor } from './row-cursor.js';

/** A statement made by Parse. */
export interface ProtocolStatement {
  /** Undefined for a text without a statement. */
  readonly prepared: PreparedStatement | undefined;
  readonly declaredOids: readonly number[];
}

/** A statement bound to parameters, and how far its execution has come. */
export class Portal {
  readonly prepared: PreparedStatement | undefined;
  readonly parameters: readonly (string | null)[];
  /** One for each result column. */
  readonly resultFormats: readonly FormatCode[];
  readonly #encoders: readonly (BinaryFormat | undefined)[];
  #execution: { readonly tag: string; readonly cursor: RowCursor | undefined } | undefined;

  /** @throws DuckshiftError 0A000 when a result column has no binary form. */
  constructor(
    prepared: PreparedStatement | undefined,
    parameters: readonly (string | null)[],
    resultFormats: readonly FormatCode[],
  ) {
    this.prepared = prepared;
    this.parameters = parameters;
    this.resultFormats = resultFormats;
    this.#encoders = (prepared?.columns ?? []).map(({ type }, index) => {
      if (resultFormats[index] !== 1 || isPlainText(type)) return undefined;
      const format = binaryFormatOf(type);
      if (format !== undefined) return format;
      throw new DuckshiftError('0A000', `binary format of type ${displayType(type)} is not supported`);
    });
  }

  /** Whether a floating-point column leaves in binary. */
  get hasBinaryFloats(): boolean {
    return (this.prepared?.columns ?? []).some(
      ({ type }, index) => this.resultFormats[index] === 1 && (type.id === 'float8' || type.id === 'float4'),
    );
  }

  /** What `start` returned; undefined before the first Execute. */
  get execution(): { readonly tag: string; readonly cursor: RowCursor | undefined } | undefined {
    return this.#execution;
  }

  /** Take over a result. @throws DuckshiftError 0A000 when its columns are no longer those that were described. */
  start({ tag, columns, rows }: ExecutionResult): { readonly tag: string; readonly cursor: RowCursor | undefined } {
    const cursor = rows && new RowCursor(rows, this.#encoders);
    this.#execution = { tag, cursor };
    const described = this.prepared?.columns ?? [];
    const same =
      (columns ?? []).length === described.length &&
      described.every(({ type }, index) => type.id === columns?.[index]?.type.id);
    if (same) return this.#execution;
    cursor?.close();
    throw new DuckshiftError('0A000', 'cached plan must not change result type');
  }

  close(): void {
    this.#execution?.cursor?.close();
  }
}
