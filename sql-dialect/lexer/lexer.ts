import { characterPosition, SqlError, SqlState } from '../errors.js';
import { CharacterClass, classOf, isDigit, trailingSignAllowedBy } from './character-classes.js';
import { decodeString } from './escapes.js';
import type { Token, TokenKind } from './token.js';

export interface LexerOptions {
  /** `:name` is a parameter (Data API). */
  readonly namedParameters?: boolean | undefined;
}

/**
 * All tokens of `source`, white space and comments included, in order and without gaps.
 *
 * @throws SqlError 42601 at the start of an unterminated string, quoted identifier, dollar string or comment, and at a
 * character that no token starts with.
 */
export function tokenize(source: string, options: LexerOptions = {}): Token[] {
  return new Lexer(source, options).run(true);
}

/** The tokens that carry meaning, closed by one `end` token. @throws SqlError as `tokenize` does. */
export function significantTokens(source: string, options: LexerOptions = {}): Token[] {
  const tokens = new Lexer(source, options).run(false);
  tokens.push({ kind: 'end', start: source.length, end: source.length, text: '' });
  return tokens;
}

class Lexer {
  readonly #tokens: Token[] = [];
  /** The last token that is neither white space nor a comment: decides what `#` starts. */
  #previous: Token | undefined;

  constructor(
    private readonly source: string,
    private readonly options: LexerOptions,
  ) {}

  run(keepTrivia: boolean): Token[] {
    const { source } = this;
    const tokens = this.#tokens;
    let at = 0;
    while (at < source.length) {
      const end = this.#endOfTrivia(at);
      if (end > at) {
        if (keepTrivia) tokens.push({ kind: this.#isSpace(at) ? 'whitespace' : 'comment', start: at, end, text: '' });
        at = end;
      } else {
        const token = this.#read(at);
        tokens.push(token);
        this.#previous = token;
        at = token.end;
      }
    }
    return tokens;
  }

  #isSpace(at: number): boolean {
    return (classOf(this.source.charCodeAt(at)) & CharacterClass.space) !== 0;
  }

  /**
   * The end of the run of white space, or of the one comment, that starts at `at`; `at` itself when there is neither.
   */
  #endOfTrivia(at: number): number {
    const { source } = this;
    const code = source.charCodeAt(at);
    if (code === 45 /* - */ && source.charCodeAt(at + 1) === 45) {
      let end = at + 2;
      for (; end < source.length; end++) {
        const c = source.charCodeAt(end);
        if (c === 10 || c === 13) break;
      }
      return end;
    }
    if (code === 47 /* / */ && source.charCodeAt(at + 1) === 42) return this.#endOfBlockComment(at);
    let end = at;
    while (end < source.length && this.#isSpace(end)) end++;
    return end;
  }

  #endOfBlockComment(start: number): number {
    const { source } = this;
    let depth = 0;
    for (let i = start; i < source.length; i++) {
      const code = source.charCodeAt(i);
      if (code === 47 && source.charCodeAt(i + 1) === 42) {
        depth++;
        i++;
      } else if (code === 42 && source.charCodeAt(i + 1) === 47) {
        depth--;
        i++;
        if (depth === 0) return i + 1;
      }
    }
    return this.#fail('unterminated /* comment', start, source.length);
  }

  #read(at: number): Token {
    const { source } = this;
    const code = source.charCodeAt(at);
    const bits = classOf(code);
    if (bits & CharacterClass.wordStart) return this.#word(at, code);
    if (bits & CharacterClass.digit) return this.#number(at);
    switch (code) {
      case 39: // '
        return this.#string(at, at, false);
      case 34: // "
        return this.#quotedIdentifier(at);
      case 40: // (
      case 41: // )
      case 44: // ,
      case 59: // ;
      case 91: // [
      case 93: // ]
        return this.#token('punctuation', at, at + 1);
      case 46: // .
        return isDigit(source.charCodeAt(at + 1)) ? this.#number(at) : this.#token('punctuation', at, at + 1);
      case 58: // :
        return this.#colon(at);
      case 36: // $
        return this.#dollar(at);
      case 35: // #
        if (classOf(source.charCodeAt(at + 1)) & CharacterClass.wordStart && !this.#afterOperand()) {
          return this.#word(at, source.charCodeAt(at));
        }
    }
    if (bits & CharacterClass.operator) return this.#operator(at);
    return this.#fail('syntax error', at, at + 1);
  }

  /**
   * True when the previous token ends an operand for certain, so that `#` is the XOR operator and not a temporary
   * table's name.
   */
  #afterOperand(): boolean {
    const previous = this.#previous;
    switch (previous?.kind) {
      case 'number':
      case 'string':
      case 'quoted':
      case 'parameter':
        return true;
      case 'punctuation':
        return previous.text === ')' || previous.text === ']';
      default:
        return false;
    }
  }

  #token(kind: TokenKind, start: number, end: number): Token {
    return { kind, start, end, text: this.source.slice(start, end) };
  }

  #word(at: number, first: number): Token {
    const { source } = this;
    if (source.charCodeAt(at + 1) === 39 /* ' */) {
      const prefix = first | 32;
      if (prefix === 101 /* e */) return this.#string(at, at + 1, true);
      if (prefix === 110 /* n */) return this.#string(at, at + 1, false);
      if (prefix === 98 /* b */ || prefix === 120 /* x */) return this.#bits(at);
    }
    let end = at + 1;
    let upper = first >= 65 && first <= 90;
    for (; end < source.length; end++) {
      const code = source.charCodeAt(end);
      if (!(classOf(code) & CharacterClass.wordPart)) break;
      if (code >= 65 && code <= 90) upper = true;
    }
    const text = source.slice(at, end);
    return { kind: 'word', start: at, end, text: upper ? text.toLowerCase() : text };
  }

  #number(at: number): Token {
    const { source } = this;
    let end = this.#endOfDigits(at);
    if (source.charCodeAt(end) === 46 /* . */ && source.charCodeAt(end + 1) !== 46) end = this.#endOfDigits(end + 1);
    const exponent = source.charCodeAt(end);
    if (exponent === 101 || exponent === 69) {
      const sign = source.charCodeAt(end + 1);
      const digits = sign === 43 || sign === 45 ? end + 2 : end + 1;
      if (isDigit(source.charCodeAt(digits))) end = this.#endOfDigits(digits);
    }
    return this.#token('number', at, end);
  }

  #endOfDigits(at: number): number {
    let end = at;
    while (isDigit(this.source.charCodeAt(end))) end++;
    return end;
  }

  /** `quote` is the offset of the opening quote, `start` that of the prefix if there is one. */
  #string(start: number, quote: number, extended: boolean): Token {
    const { source } = this;
    let plain = true;
    for (let i = quote + 1; i < source.length; i++) {
      const code = source.charCodeAt(i);
      if (code === 92 /* \ */) {
        plain = false;
        i++;
      } else if (code === 39) {
        if (source.charCodeAt(i + 1) === 39) {
          plain = false;
          i++;
        } else {
          const raw = source.slice(quote + 1, i);
          return { kind: 'string', start, end: i + 1, text: plain ? raw : decodeString(raw, extended) };
        }
      }
    }
    return this.#fail('unterminated quoted string', start, source.length);
  }

  #bits(at: number): Token {
    const { source } = this;
    const close = source.indexOf("'", at + 2);
    if (close < 0) return this.#fail('unterminated bit string literal', at, source.length);
    const digits = source.slice(at + 2, close);
    const binary = (source.charCodeAt(at) | 32) === 98;
    const valid = binary ? /^[01]*$/ : /^[0-9a-fA-F]*$/;
    if (!valid.test(digits)) return this.#fail(`invalid ${binary ? 'binary' : 'hexadecimal'} string`, at, close + 1);
    return { kind: 'bits', start: at, end: close + 1, text: (binary ? 'b' : 'x') + digits };
  }

  #quotedIdentifier(at: number): Token {
    const { source } = this;
    for (let i = source.indexOf('"', at + 1); i >= 0; i = source.indexOf('"', i + 2)) {
      if (source.charCodeAt(i + 1) === 34) continue;
      if (i === at + 1) return this.#fail('zero-length delimited identifier', at, i + 1);
      return { kind: 'quoted', start: at, end: i + 1, text: source.slice(at + 1, i).replaceAll('""', '"') };
    }
    return this.#fail('unterminated quoted identifier', at, source.length);
  }

  #colon(at: number): Token {
    const { source } = this;
    if (source.charCodeAt(at + 1) === 58) return this.#token('punctuation', at, at + 2);
    if (this.options.namedParameters) {
      let end = at + 1;
      while (classOf(source.charCodeAt(end)) & (CharacterClass.wordStart | CharacterClass.digit)) end++;
      if (end > at + 1) return { kind: 'parameter', start: at, end, text: source.slice(at + 1, end) };
    }
    if (source.charCodeAt(at + 1) === 61 /* = */) return this.#token('operator', at, at + 2);
    return this.#token('punctuation', at, at + 1);
  }

  #dollar(at: number): Token {
    const { source } = this;
    const digits = this.#endOfDigits(at + 1);
    if (digits > at + 1) return { kind: 'parameter', start: at, end: digits, text: source.slice(at + 1, digits) };
    let end = at + 1;
    while (classOf(source.charCodeAt(end)) & (CharacterClass.wordStart | CharacterClass.digit)) end++;
    if (source.charCodeAt(end) !== 36) return this.#fail('syntax error', at, at + 1);
    const tag = source.slice(at, end + 1);
    const close = source.indexOf(tag, end + 1);
    if (close < 0) return this.#fail('unterminated dollar-quoted string', at, source.length);
    return { kind: 'dollar', start: at, end: close + tag.length, text: source.slice(end + 1, close) };
  }

  #operator(at: number): Token {
    const { source } = this;
    let end = at;
    let signAllowed = false;
    while (end < source.length && classOf(source.charCodeAt(end)) & CharacterClass.operator) {
      const code = source.charCodeAt(end);
      const next = source.charCodeAt(end + 1);
      if (end > at && ((code === 45 && next === 45) || (code === 47 && next === 42))) break;
      if (trailingSignAllowedBy.includes(source.charAt(end))) signAllowed = true;
      end++;
    }
    while (end > at + 1 && !signAllowed) {
      const last = source.charCodeAt(end - 1);
      if (last !== 43 && last !== 45) break;
      end--;
    }
    return this.#token('operator', at, end);
  }

  #fail(message: string, start: number, end: number): never {
    throw new SqlError(SqlState.syntaxError, `${message} at or near "${this.source.slice(start, end)}"`, {
      position: characterPosition(this.source, start),
    });
  }
}
