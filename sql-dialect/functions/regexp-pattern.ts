/** What the letters of a parameters argument mean ("REGEXP_SUBSTR function"): c, i, e, p. */
export interface RegexpFlags {
  readonly ignoreCase: boolean;
  /** Give the first subexpression. */
  readonly subexpression: boolean;
  /** Perl Compatible Regular Expression dialect instead of POSIX. */
  readonly pcre: boolean;
}

/** The flags `letters` spells, or undefined when a letter is none. Of c and i the last counts. */
export function regexpFlags(letters: string): RegexpFlags | undefined {
  if (!/^[ciep]*$/.test(letters)) return undefined;
  return {
    ignoreCase: letters.lastIndexOf('i') > letters.lastIndexOf('c'),
    subexpression: letters.includes('e'),
    pcre: letters.includes('p'),
  };
}

/**
 * Whether a PCRE pattern needs a backtracking matcher: lookaround, back references, atomic groups, possessive
 * quantifiers.
 */
export function needsBacktracking(pattern: string): boolean {
  return /\(\?(?:[=!>]|<[=!])|\\[1-9]|\\g\{|\\k|[*+?}]\+/.test(pattern.replace(/\\\\/g, '').replace(/\[[^\]]*\]/g, ''));
}

/**
 * A pattern for DuckDB's matcher (RE2). In POSIX a dot also matches a newline; `[[:<:]]` and `[[:>:]]` are word
 * boundaries.
 */
export function re2Pattern(pattern: string, flags: RegexpFlags): string {
  const letters = (flags.ignoreCase ? 'i' : '') + (flags.pcre ? '' : 's');
  const body = flags.pcre ? pattern : pattern.replace(/\[\[:[<>]:\]\]/g, '\\b');
  return letters === '' ? body : `(?${letters})${body}`;
}

/** A replacement for RE2: `$1` and `\1` name a group, every other backslash is itself. */
export function re2Replacement(replacement: string): string {
  return replacement.replace(
    /\$(\d)|\\(\d)|\\/g,
    (_, dollar?: string, slash?: string) => `\\${dollar ?? slash ?? '\\'}`,
  );
}
