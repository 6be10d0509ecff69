const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/**
 * Decodes the inside of a quoted literal: `''` is a quote; a backslash escapes (`\n \t \r \b \f`, up to three octal
 * digits, any other character for itself), in plain strings too, as PostgreSQL 8.0 and Redshift have it. `extended`
 * adds what only `E'…'` knows: `\xHH`, `\uXXXX`, `\UXXXXXXXX`.
 */
export function decodeString(raw: string, extended: boolean): string {
  let out = '';
  let from = 0;
  for (let i = 0; i < raw.length; i++) {
    const c = raw[i];
    if (c === "'") {
      out += raw.slice(from, i + 1);
      i++;
      from = i + 1;
    } else if (c === '\\') {
      out += raw.slice(from, i);
      const decoded = readEscape(raw, i + 1, extended);
      out += decoded.text;
      i = decoded.end - 1;
      from = decoded.end;
    }
  }
  return out + raw.slice(from);
}

function readEscape(raw: string, at: number, extended: boolean): { text: string; end: number } {
  const c = raw[at];
  if (c === undefined) return { text: '', end: at };
  const known = simple[c];
  if (known !== undefined) return { text: known, end: at + 1 };
  const octal = /^[0-7]{1,3}/.exec(raw.slice(at, at + 3))?.[0];
  if (octal !== undefined)
    return { text: String.fromCharCode(Number.parseInt(octal, 8) & 0xff), end: at + octal.length };
  if (extended) {
    const hex = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(raw.slice(at, at + 9));
    const digits = hex?.[1] ?? hex?.[2] ?? hex?.[3];
    if (hex && digits !== undefined) {
      const code = Number.parseInt(digits, 16);
      if (code <= 0x10ffff) return { text: String.fromCodePoint(code), end: at + hex[0].length };
    }
  }
  const point = raw.codePointAt(at) ?? 0;
  const text = String.fromCodePoint(point);
  return { text, end: at + text.length };
}
