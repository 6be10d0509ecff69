export type TokenKind =
  | 'whitespace'
  | 'comment'
  /** An unquoted identifier or keyword. */
  | 'word'
  | 'quoted'
  | 'string'
  | 'dollar'
  /** `B'01'` and `X'1FF'`. */
  | 'bits'
  | 'number'
  | 'parameter'
  | 'operator'
  /** One of `( ) [ ] , ; . : ::`. */
  | 'punctuation'
  | 'end';

/**
 * A token of Redshift SQL. `start` and `end` are UTF-16 offsets; the tokens of a source are contiguous, so joining
 * their texts gives the source.
 */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /**
   * What the token says: a word in lower case; the decoded value of a string, quoted identifier or dollar string; a
   * parameter's number or name; `b` or `x` and the digits for bits; otherwise the source text (empty for white space
   * and comments).
   */
  readonly text: string;
}
