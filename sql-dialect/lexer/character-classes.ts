/**
 * Bits that say what an ASCII character may be part of; every non-ASCII character may start and continue an identifier.
 */
export const CharacterClass = {
  space: 1,
  wordStart: 2,
  wordPart: 4,
  digit: 8,
  operator: 16,
} as const;

const classes = new Uint8Array(128);
mark(' \t\n\r\f\v', CharacterClass.space);
mark('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', CharacterClass.wordStart | CharacterClass.wordPart);
mark('0123456789', CharacterClass.digit | CharacterClass.wordPart);
mark('$#', CharacterClass.wordPart);
mark('~!@#^&|`?+-*/%<>=', CharacterClass.operator);

function mark(characters: string, bits: number): void {
  for (let i = 0; i < characters.length; i++) {
    const code = characters.charCodeAt(i);
    classes[code] = (classes[code] ?? 0) | bits;
  }
}

/** The classes of a UTF-16 code unit; 0 for NaN, the code past the end. */
export function classOf(code: number): number {
  if (code < 128) return classes[code] ?? 0;
  return code >= 128 ? CharacterClass.wordStart | CharacterClass.wordPart : 0;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Operator characters that let an operator end in `+` or `-` (PostgreSQL, "Lexical Structure", Operators). */
export const trailingSignAllowedBy = '~!@#^&|`?%';
