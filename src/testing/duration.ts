import type { Lines } from './lines.js';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `500ms`, `5s`, `2m`, `25h` or `3d` in milliseconds. @throws TestFileError */
export function parseDuration(text: string, lines: Lines): number {
  const match = /^(\d{1,15})(ms|s|m|h|d)$/.exec(text);
  const unit = units[match?.[2] ?? ''];
  if (match === null || unit === undefined)
    throw lines.error(`a duration looks like 500ms, 5s, 2m, 25h or 3d, not "${text}"`);
  return Number(match[1]) * unit;
}
