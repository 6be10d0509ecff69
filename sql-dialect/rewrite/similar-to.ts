/** Characters with a meaning in regular expressions and none in SIMILAR TO. */
const literalInSimilar = new Set(['.', '^', '$']);

/**
 * The regular expression (RE2, to be matched in full) for a SIMILAR TO pattern: `%` and `_` are wildcards,
 * `| * + ? {m,n} ( ) [ ]` as in regular expressions ("SIMILAR TO", AWS developer guide). `escapeCharacter` is empty for
 * none.
 */
export function similarToRegex(pattern: string, escapeCharacter: string): string {
  let regex = '';
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (escapeCharacter !== '' && c === escapeCharacter && i + 1 < pattern.length) {
      i++;
      regex += escaped(pattern.charAt(i));
    } else if (inClass) {
      if (c === ']') inClass = false;
      regex += c === '\\' ? '\\\\' : c;
    } else if (c === '[') {
      inClass = true;
      regex += c;
    } else if (c === '%') regex += '.*';
    else if (c === '_') regex += '.';
    else regex += literalInSimilar.has(c) || c === '\\' ? `\\${c}` : c;
  }
  return regex;
}

function escaped(c: string): string {
  return /[\w\s]/.test(c) || c.charCodeAt(0) > 0x7f ? c : `\\${c}`;
}
