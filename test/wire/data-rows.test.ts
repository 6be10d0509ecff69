import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TextChunk } from '../../src/engine/contract.js';
import { MessageWriter } from '../../src/wire/codec/message-writer.js';
import { writeDataRows } from '../../src/wire/formats/data-rows.js';
import { int4Format } from '../../src/wire/formats/number-format.js';
import { client, int16, int32 } from './raw-client.js';
import { textChunk } from './session-double.js';

const cell = fc.option(fc.oneof(fc.string({ maxLength: 8 }), fc.string({ minLength: 30, maxLength: 200 })));
const table = fc
  .integer({ min: 0, max: 6 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }));

/** DataRow as the protocol describes it. */
function expectedRow(cells: readonly (string | null)[]): Buffer {
  const parts = cells.map((text) => {
    const bytes = Buffer.from(text ?? '');
    return text === null ? int32(-1) : Buffer.concat([int32(bytes.length), bytes]);
  });
  return client.message('D', Buffer.concat([int16(cells.length), ...parts]));
}

/** The same chunk with bytes that belong to no value around each, as vectors of DuckDB have them. */
function spread({ rowCount, columns }: TextChunk): TextChunk {
  return {
    rowCount,
    columns: columns.map(({ data, starts, ends, nulls }) => {
      const parts: Buffer[] = [];
      let length = 0;
      const places = Array.from({ length: rowCount }, (_unused, row) => {
        const text = data.subarray(starts[row], ends[row]);
        parts.push(Buffer.alloc(5, 0xee), text, Buffer.alloc(12, 0xdd));
        length += text.length + 17;
        return { start: length - 12 - text.length, end: length - 12 };
      });
      return {
        data: Buffer.concat(parts),
        starts: Int32Array.from(places, ({ start }) => start),
        ends: Int32Array.from(places, ({ end }) => end),
        nulls,
      };
    }),
  };
}

test('any table in any slices is the DataRows the protocol describes', () => {
  void fc.assert(
    fc.property(
      table,
      fc.boolean(),
      fc.integer({ min: 1, max: 2_000 }),
      fc.integer({ min: 1, max: 30 }),
      (rows, apart, limit, step) => {
        const width = rows[0]?.length ?? 0;
        const chunk = apart ? spread(textChunk(rows, width)) : textChunk(rows, width);
        const writer = new MessageWriter();
        const sent: Buffer[] = [];
        for (let row = 0; row < rows.length; ) {
          const next = writeDataRows(
            writer,
            chunk,
            Array(width).fill(undefined),
            row,
            Math.min(rows.length, row + step),
            limit,
          );
          expect(next).toBeGreaterThan(row);
          row = next;
          sent.push(writer.take());
        }
        expect(Buffer.concat(sent)).toEqual(Buffer.concat(rows.map(expectedRow)));
      },
    ),
  );
});

test('text and binary columns side by side', () => {
  const writer = new MessageWriter();
  const chunk = textChunk(
    [
      ['1', 'one'],
      [null, null],
      ['-2', ''],
    ],
    2,
  );
  expect(writeDataRows(writer, chunk, [int4Format, undefined], 0, 3, 1_000)).toBe(3);
  const row = (...parts: Buffer[]) => client.message('D', Buffer.concat([int16(2), ...parts]));
  expect(writer.take()).toEqual(
    Buffer.concat([
      row(int32(4), int32(1), int32(3), Buffer.from('one')),
      row(int32(-1), int32(-1)),
      row(int32(4), int32(-2), int32(0)),
    ]),
  );
});

test('a row larger than the limit is sent alone', () => {
  const writer = new MessageWriter();
  const chunk = textChunk([['x'.repeat(100_000)], ['y']], 1);
  expect(writeDataRows(writer, chunk, [undefined], 0, 2, 1_000)).toBe(1);
  expect(writer.length).toBe(100_011);
});
