import { characterPosition, SqlError, SqlState } from '../errors.js';
import type { Token } from '../lexer/token.js';

/**
 * How deep constructs may nest. A level costs the parser about five JavaScript frames, and its readers (binder,
 * emitter) as many again; chains of operators, joins and set operations are loops and do not count.
 */
export const maximumNesting = 500;

/** A place in a statement's significant tokens, and the questions a grammar asks there. */
export class TokenCursor {
  /** The token at the cursor. */
  token: Token;
  /** True inside CONNECT BY, where PRIOR is an operator. */
  inConnectBy = false;
  #index = 0;
  #depth = 0;
  readonly #last: Token;

  /** `tokens` is what `significantTokens` gives: without white space, closed by an `end` token. */
  constructor(
    readonly source: string,
    private readonly tokens: readonly Token[],
  ) {
    const last = tokens[tokens.length - 1];
    if (last?.kind !== 'end') throw new TypeError('tokens must be closed by an end token');
    this.#last = last;
    this.token = tokens[0] ?? last;
  }

  get start(): number {
    return this.token.start;
  }

  /** The end of the token before the cursor: where a node that was just read ends. */
  get end(): number {
    return this.tokens[this.#index - 1]?.end ?? 0;
  }

  peek(distance = 1): Token {
    return this.tokens[this.#index + distance] ?? this.#last;
  }

  /** The token before the cursor. */
  previous(): Token {
    return this.tokens[this.#index - 1] ?? this.#last;
  }

  advance(): Token {
    const { token } = this;
    this.token = this.tokens[++this.#index] ?? this.#last;
    return token;
  }

  atEnd(): boolean {
    return this.token.kind === 'end';
  }

  /** True at the end of the statement: end of input or `;`. */
  atStatementEnd(): boolean {
    return this.token.kind === 'end' || this.atPunctuation(';');
  }

  /** True at the unquoted word `word` (lower case). */
  at(word: string): boolean {
    return this.token.kind === 'word' && this.token.text === word;
  }

  atAny(words: ReadonlySet<string>): boolean {
    return this.token.kind === 'word' && words.has(this.token.text);
  }

  /** True when the words follow one another from the cursor on. */
  atWords(...words: readonly string[]): boolean {
    for (let i = 0; i < words.length; i++) {
      const token = i === 0 ? this.token : this.peek(i);
      if (token.kind !== 'word' || token.text !== words[i]) return false;
    }
    return true;
  }

  atPunctuation(text: string): boolean {
    return this.token.kind === 'punctuation' && this.token.text === text;
  }

  atOperator(text: string): boolean {
    return this.token.kind === 'operator' && this.token.text === text;
  }

  accept(word: string): boolean {
    if (!this.at(word)) return false;
    this.advance();
    return true;
  }

  acceptWords(...words: readonly string[]): boolean {
    if (!this.atWords(...words)) return false;
    for (let i = 0; i < words.length; i++) this.advance();
    return true;
  }

  /** Moves past one of `words` and gives it, or gives undefined. */
  acceptOne<W extends string>(...words: readonly W[]): W | undefined {
    if (this.token.kind !== 'word') return undefined;
    const { text } = this.token;
    for (const word of words) {
      if (word === text) {
        this.advance();
        return word;
      }
    }
    return undefined;
  }

  acceptPunctuation(text: string): boolean {
    if (!this.atPunctuation(text)) return false;
    this.advance();
    return true;
  }

  acceptOperator(text: string): boolean {
    if (!this.atOperator(text)) return false;
    this.advance();
    return true;
  }

  expect(...words: readonly string[]): void {
    for (const word of words) if (!this.accept(word)) this.fail();
  }

  expectOne<W extends string>(...words: readonly W[]): W {
    return this.acceptOne(...words) ?? this.fail();
  }

  expectPunctuation(text: string): void {
    if (!this.acceptPunctuation(text)) this.fail();
  }

  /** Reads `item`, then more of them as long as commas follow. */
  list<T>(item: (cursor: TokenCursor) => T): T[] {
    const items = [item(this)];
    while (this.acceptPunctuation(',')) items.push(item(this));
    return items;
  }

  /** Reads `( item, … )`. */
  parenthesizedList<T>(item: (cursor: TokenCursor) => T): T[] {
    this.expectPunctuation('(');
    const items = this.list(item);
    this.expectPunctuation(')');
    return items;
  }

  /**
   * Tries `read`; when it raises a syntax error, goes back and gives undefined. Only for constructs of a few tokens.
   */
  attempt<T>(read: (cursor: TokenCursor) => T | undefined): T | undefined {
    const { token } = this;
    const index = this.#index;
    const depth = this.#depth;
    try {
      const result = read(this);
      if (result !== undefined) return result;
    } catch (error) {
      if (!(error instanceof SqlError && error.code === SqlState.syntaxError)) throw error;
    }
    this.#index = index;
    this.#depth = depth;
    this.token = token;
    return undefined;
  }

  /** Called on the way into a nested construct; `ascend` on the way out. */
  descend(): void {
    if (++this.#depth > maximumNesting) {
      throw new SqlError(SqlState.statementTooComplex, 'statement is too complex', {
        position: characterPosition(this.source, this.token.start),
        detail: `Expressions and queries may be nested ${maximumNesting} levels deep.`,
      });
    }
  }

  ascend(): void {
    this.#depth--;
  }

  /** Raises the syntax error of the given token, by default the one at the cursor. */
  fail(token: Token = this.token): never {
    const message =
      token.kind === 'end'
        ? 'syntax error at end of input'
        : `syntax error at or near "${this.source.slice(token.start, token.end)}"`;
    throw new SqlError(SqlState.syntaxError, message, { position: characterPosition(this.source, token.start) });
  }

  /** Raises a 42601 with the given text at `offset`. */
  failWith(message: string, offset: number): never {
    throw new SqlError(SqlState.syntaxError, message, { position: characterPosition(this.source, offset) });
  }
}
