import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OutputColumn } from '../../sql-dialect/plan.js';
import { csvRecords } from '../../src/http/data-api/csv.js';
import { recordsJson } from '../../src/http/data-api/fields.js';
import { limits } from '../../src/http/data-api/limits.js';
import { type ResultPage, storeResult } from '../../src/http/data-api/result.js';
import { chunkRows, type TextValue, textRows, textValue } from '../../src/session/text-rows.js';

/** What holds of the pages of any result. */

const columns: readonly OutputColumn[] = [
  { label: 'a', type: { id: 'varchar' } },
  { label: 'b', type: { id: 'varchar' } },
];

async function chunkOf(rows: readonly (readonly TextValue[])[]) {
  return (await textRows(2, rows).next()) ?? { rowCount: 0, columns: [] };
}

async function stored(chunks: readonly (readonly (readonly TextValue[])[])[]) {
  const result = await storeResult(columns, chunkRows(2, await Promise.all(chunks.map(chunkOf))), () => false);
  if (result === undefined) throw new Error('stopped');
  return result;
}

function rowsOf(page: ResultPage): TextValue[][] {
  return page.chunks.flatMap((chunk) =>
    Array.from({ length: chunk.rowCount }, (_, row) => chunk.columns.map((column) => textValue(column, row))),
  );
}

const value = fc.option(fc.string({ unit: 'binary' }), { nil: null });
const anyRows = fc.array(fc.tuple(value, value), { maxLength: 50 });

test('pages put together are the result, whatever its chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRows, { maxLength: 5 }), async (chunks) => {
      const { pages, rowCount } = await stored(chunks.filter((rows) => rows.length > 0));
      expect(pages.flatMap(rowsOf)).toEqual(chunks.flat().map((row) => [...row]));
      expect(rowCount).toBe(chunks.flat().length);
    }),
  );
});

test('no page is longer than it may be, unless one row alone is', async () => {
  const size = fc.integer({ min: 0, max: limits.pageBytes + 10 });
  await fc.assert(
    fc.asyncProperty(fc.array(size, { maxLength: 12 }), async (sizes) => {
      const { pages } = await stored(
        [sizes.map((length) => ['x'.repeat(length), null])].filter((rows) => rows.length > 0),
      );
      for (const page of pages) {
        const rows = rowsOf(page);
        const bytes = rows.reduce((sum, [text]) => sum + (text?.length ?? 0), 0);
        expect(rows.length === 1 || bytes <= limits.pageBytes).toBe(true);
      }
      expect(pages.flatMap(rowsOf).map(([text]) => text?.length)).toEqual(sizes);
    }),
    { numRuns: 20 },
  );
  const many = await stored([
    Array.from({ length: 2048 }, () => ['', null]),
    Array.from({ length: 500 }, () => ['', null]),
  ]);
  expect(many.pages.map((page) => rowsOf(page).length)).toEqual([1000, 1000, 548]);
});

test('JSON records give back any text', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, async (rows) => {
      const { pages } = await stored(rows.length === 0 ? [] : [rows]);
      const records = JSON.parse(recordsJson(columns, pages[0] ?? { chunks: [] }));
      expect(records).toEqual(
        rows.map((row) => row.map((text) => (text === null ? { isNull: true } : { stringValue: wellFormed(text) }))),
      );
    }),
  );
});

test('CSV gives back any text, and tells NULL from the empty string', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, async (rows) => {
      const { pages } = await stored(rows.length === 0 ? [] : [rows]);
      expect(parseCsv(csvRecords(pages[0] ?? { chunks: [] }))).toEqual(
        rows.map((row) => row.map((text) => (text === null ? null : wellFormed(text)))),
      );
    }),
  );
});

/** Values are UTF-8, which has no half surrogate pairs. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** RFC 4180, with nothing between commas for NULL. */
function parseCsv(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = /"((?:[^"]|"")*)"([,\n])/y;
    const plain = /([^",\n]*)([,\n])/y;
    quoted.lastIndex = at;
    plain.lastIndex = at;
    const inQuotes = quoted.exec(text);
    const match = inQuotes ?? plain.exec(text);
    if (match === null) throw new Error(`no CSV at ${at}`);
    const [all, content = '', separator] = match;
    row.push(inQuotes === null ? content || null : content.replaceAll('""', '"'));
    at += all.length;
    if (separator === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
