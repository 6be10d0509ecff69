import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SqlError } from '../../../sql-dialect/errors.js';
import { significantTokens, tokenize } from '../../../sql-dialect/lexer/lexer.js';

/** `kind:text` of the significant tokens, without the closing one. */
function kinds(source: string, namedParameters = false): string[] {
  return significantTokens(source, { namedParameters })
    .slice(0, -1)
    .map(({ kind, text }) => `${kind}:${text}`);
}

describe('tokens', () => {
  const table: readonly (readonly [source: string, tokens: readonly string[]])[] = [
    ['SELECT Größe_1$a', ['word:select', 'word:größe_1$a']],
    ['"a""b" "C"', ['quoted:a"b', 'quoted:C']],
    ["'it''s'", ["string:it's"]],
    ["'a\\'b'", ["string:a'b"]],
    ["'\\n\\t\\r\\b\\f\\\\\\q\\101'", ['string:\n\t\r\b\f\\qA']],
    ["e'\\x41\\u00e9\\U0001F600' E'x'", ['string:Aé😀', 'string:x']],
    ["n'wide' b'01' X'1f'", ['string:wide', 'bits:b01', 'bits:x1f']],
    ["$$a 'b' ; c$$ $t$ $$ $t$", ["dollar:a 'b' ; c", 'dollar: $$ ']],
    ['$1+$23', ['parameter:1', 'operator:+', 'parameter:23']],
    ['1 1.5 .5 2. 1e10 1.5E-3', ['number:1', 'number:1.5', 'number:.5', 'number:2.', 'number:1e10', 'number:1.5E-3']],
    ['1e x', ['number:1', 'word:e', 'word:x']],
    ['a::int', ['word:a', 'punctuation:::', 'word:int']],
    ['a.b[0]', ['word:a', 'punctuation:.', 'word:b', 'punctuation:[', 'number:0', 'punctuation:]']],
    ['#tmp a.#b', ['word:#tmp', 'word:a', 'punctuation:.', 'word:#b']],
    [
      '5#b (1)#c',
      ['number:5', 'operator:#', 'word:b', 'punctuation:(', 'number:1', 'punctuation:)', 'operator:#', 'word:c'],
    ],
    ['a # b', ['word:a', 'operator:#', 'word:b']],
    ['a*-1', ['word:a', 'operator:*', 'operator:-', 'number:1']],
    [
      'a=-1 b||-1 @-5',
      [
        'word:a',
        'operator:=',
        'operator:-',
        'number:1',
        'word:b',
        'operator:||-',
        'number:1',
        'operator:@-',
        'number:5',
      ],
    ],
    ['1--2\n+3', ['number:1', 'operator:+', 'number:3']],
    ['1/*x*/+/*y*/2', ['number:1', 'operator:+', 'number:2']],
    ['/* a /* b */ c */ 1', ['number:1']],
    ['a <> b != c !~* d', ['word:a', 'operator:<>', 'word:b', 'operator:!=', 'word:c', 'operator:!~*', 'word:d']],
    ['f(*)', ['word:f', 'punctuation:(', 'operator:*', 'punctuation:)']],
    ['a(+)', ['word:a', 'punctuation:(', 'operator:+', 'punctuation:)']],
    ["'a;b' ;", ['string:a;b', 'punctuation:;']],
  ];
  it.each(table)('%s', (source, tokens) => {
    expect(kinds(source)).toEqual(tokens);
  });

  it('reads :name as a parameter only in the Data API mode, and never :: or :=', () => {
    expect(kinds('a = :id_1')).toEqual(['word:a', 'operator:=', 'punctuation::', 'word:id_1']);
    expect(kinds("a = :id_1::int AND ':x'", true)).toEqual([
      'word:a',
      'operator:=',
      'parameter:id_1',
      'punctuation:::',
      'word:int',
      'word:and',
      'string::x',
    ]);
  });
});

describe('errors', () => {
  const table: readonly (readonly [source: string, position: number, message: string])[] = [
    ["SELECT 'abc", 8, 'unterminated quoted string at or near "\'abc"'],
    ["SELECT 'abc\\'", 8, 'unterminated quoted string at or near "\'abc\\\'"'],
    ['SELECT "abc', 8, 'unterminated quoted identifier at or near ""abc"'],
    ['SELECT ""', 8, 'zero-length delimited identifier at or near """"'],
    ['SELECT $a$ x $b$', 8, 'unterminated dollar-quoted string at or near "$a$ x $b$"'],
    ['SELECT 1 /* x /* y */', 10, 'unterminated /* comment at or near "/* x /* y */"'],
    ['SELECT $', 8, 'syntax error at or near "$"'],
    ['SELECT a \\ b', 10, 'syntax error at or near "\\"'],
    ["SELECT x'1g'", 8, 'invalid hexadecimal string at or near "x\'1g\'"'],
    ["SELECT '😀😀', {", 14, 'syntax error at or near "{"'],
  ];
  it.each(table)('%s', (source, position, message) => {
    expect.assertions(1);
    try {
      tokenize(source);
    } catch (error) {
      expect(error).toMatchObject({ code: '42601', position, message });
    }
  });
});

describe('losslessness', () => {
  const fragment = fc.oneof(
    fc.constantFrom(
      ...[
        ' ',
        '\n',
        '\t',
        "'",
        "''",
        '"',
        '$$',
        '$a$',
        '$1',
        ':',
        '::',
        ':x',
        '--',
        '/*',
        '*/',
        '#',
        '#a',
        '.',
        '..',
        '1',
        '1.',
        '1e5',
      ],
      ...[
        'e',
        "E'",
        "x'",
        "b'0'",
        '\\',
        ';',
        '(',
        ')',
        '[',
        ']',
        ',',
        '+',
        '-',
        '*',
        '/',
        '<',
        '>',
        '=',
        '!',
        '~',
        '@',
        '%',
        '^',
        '&',
        '|',
      ],
      ...['`', '?', 'select', 'é', '😀', 'a$b', '_', 'A'],
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const text = fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join(''));

  it('every character belongs to exactly one token, or the text is refused with a position in it', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (source, namedParameters) => {
        let tokens: ReturnType<typeof tokenize>;
        try {
          tokens = tokenize(source, { namedParameters });
        } catch (error) {
          if (!(error instanceof SqlError)) throw error;
          expect(error.code).toBe('42601');
          expect(error.position).toBeGreaterThanOrEqual(1);
          expect(error.position).toBeLessThanOrEqual(Array.from(source).length);
          return;
        }
        expect(tokens.map(({ start, end }) => source.slice(start, end)).join('')).toBe(source);
        let at = 0;
        for (const { start, end } of tokens) {
          expect(start).toBe(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        const significant = tokens.filter(({ kind }) => kind !== 'whitespace' && kind !== 'comment');
        expect(significantTokens(source, { namedParameters }).slice(0, -1)).toEqual(significant);
      }),
      { numRuns: 2000 },
    );
  });
});
