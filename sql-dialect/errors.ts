/**
 * An error about a SQL statement, in the form a Redshift client sees it.
 *
 * `position` is 1-based and counts characters (Unicode code points) of the text the client sent, as the
 * PostgreSQL protocol chapter "Error and Notice Message Fields" defines field `P`.
 */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  /** SQLSTATE, five characters. */
  readonly code: string;
  readonly position: number | undefined;
  readonly detail: string | undefined;
  readonly hint: string | undefined;

  constructor(code: string, message: string, fields: SqlErrorFields = {}) {
    super(message);
    this.code = code;
    this.position = fields.position;
    this.detail = fields.detail;
    this.hint = fields.hint;
  }
}

export interface SqlErrorFields {
  readonly position?: number | undefined;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
}

/** SQLSTATE codes the dialect raises (PostgreSQL Appendix A, "Error Codes"). */
export const SqlState = {
  syntaxError: '42601',
  featureNotSupported: '0A000',
  undefinedFunction: '42883',
  undefinedTable: '42P01',
  undefinedColumn: '42703',
  undefinedObject: '42704',
  undefinedParameter: '42P02',
  undefinedSchema: '3F000',
  undefinedDatabase: '3D000',
  ambiguousColumn: '42702',
  ambiguousFunction: '42725',
  ambiguousAlias: '42P09',
  duplicateAlias: '42712',
  duplicateColumn: '42701',
  duplicateTable: '42P07',
  duplicateSchema: '42P06',
  groupingError: '42803',
  windowingError: '42P20',
  datatypeMismatch: '42804',
  cannotCoerce: '42846',
  invalidColumnReference: '42P10',
  invalidTableDefinition: '42P16',
  wrongObjectType: '42809',
  indeterminateDatatype: '42P18',
  invalidTextRepresentation: '22P02',
  invalidParameterValue: '22023',
  numericValueOutOfRange: '22003',
  stringTooLong: '22001',
  invalidDatetime: '22007',
  divisionByZero: '22012',
  statementTooComplex: '54001',
  insufficientPrivilege: '42501',
  internalError: 'XX000',
} as const;

/** 1-based position in code points of UTF-16 offset `offset` in `text`. */
export function characterPosition(text: string, offset: number): number {
  let position = 1;
  for (let i = 0; i < offset && i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff && i + 1 < text.length) i++;
    position++;
  }
  return position;
}
