import { expect, test } from 'vitest';
import { writeError, writeRowDescription } from '../../src/wire/codec/backend-messages.js';
import { MessageWriter } from '../../src/wire/codec/message-writer.js';

test('lengths are patched and messages follow each other', () => {
  const writer = new MessageWriter();
  writer.begin(0x43).cstring('SELECT 1').end();
  writer.begin(0x5a).uint8(0x49).end();
  expect(writer.take().toString('latin1')).toBe('C\0\0\0\x0dSELECT 1\0Z\0\0\0\x05I');
  expect(writer.length).toBe(0);
});

test('what was taken is never written again, small or large', () => {
  const writer = new MessageWriter();
  const taken: Buffer[] = [];
  for (const size of [10, 8_000, 20_000, 10, 100_000]) {
    writer
      .begin(0x64)
      .bytes(Buffer.alloc(size, size % 251))
      .end();
    taken.push(writer.take());
  }
  expect(taken.map((bytes) => bytes.length)).toEqual([15, 8_005, 20_005, 15, 100_005]);
  for (const bytes of taken) expect(new Set(bytes.subarray(5))).toEqual(new Set([(bytes.length - 5) % 251]));
});

test('zero characters cannot end a field early', () => {
  const writer = new MessageWriter();
  writer.cstring('a\0b€');
  expect(writer.take()).toEqual(Buffer.from('ab€\0'));
});

test('an error has its fields by letter, and P only where there is a position', () => {
  const writer = new MessageWriter();
  writeError(writer, { severity: 'ERROR', code: '42601', message: 'syntax error', hint: 'try', position: 7 });
  expect(writer.take().subarray(5).toString()).toBe('SERROR\0VERROR\0C42601\0Msyntax error\0Htry\0P7\0\0');
  writeError(writer, { severity: 'FATAL', code: '28000', message: 'no', detail: 'd' });
  expect(writer.take().subarray(5).toString()).toBe('SFATAL\0VFATAL\0C28000\0Mno\0Dd\0\0');
});

test('a row description keeps labels of any length and characters', () => {
  const writer = new MessageWriter();
  const label = 'ü€'.repeat(6_000);
  writeRowDescription(writer, [{ label, oid: 4000, size: -1, modifier: -1 }], [1]);
  const bytes = writer.take();
  expect(bytes.readInt32BE(1)).toBe(bytes.length - 1);
  expect(bytes.subarray(7, bytes.length - 19).toString('utf8')).toBe(label);
  expect(bytes.subarray(-19).toString('hex')).toBe(
    `00${'00000000'}${'0000'}${'00000fa0'}${'ffff'}${'ffffffff'}${'0001'}`,
  );
});
