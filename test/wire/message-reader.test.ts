import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MessageReader, type RawMessage } from '../../src/wire/codec/message-reader.js';
import { client } from './raw-client.js';

const limit = 1024 * 1024;

function drain(reader: MessageReader): RawMessage[] {
  const messages: RawMessage[] = [];
  for (let message = reader.next(); message !== undefined; message = reader.next()) messages.push(message);
  return messages;
}

/** Messages as a client may send them, with bodies of any bytes. */
const anyMessages = fc.array(
  fc.record({ letter: fc.constantFrom('Q', 'P', 'B', 'd', 'F'), body: fc.uint8Array({ maxLength: 300 }) }),
  { maxLength: 12 },
);

function bytesOf(messages: readonly { letter: string; body: Uint8Array }[]): Buffer {
  return Buffer.concat(messages.map(({ letter, body }) => client.message(letter, Buffer.from(body))));
}

test('messages come out whole, however the bytes were cut', () => {
  void fc.assert(
    fc.property(anyMessages, fc.array(fc.nat({ max: 400 }), { maxLength: 40 }), (messages, cuts) => {
      const bytes = bytesOf(messages);
      const reader = new MessageReader(limit);
      const received: RawMessage[] = [];
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        reader.push(bytes.subarray(at, at + cut));
        at += cut;
        received.push(...drain(reader));
      }
      expect(received.map(({ type, body }) => [String.fromCharCode(type), [...body]])).toEqual(
        messages.map(({ letter, body }) => [letter, [...body]]),
      );
      expect(reader.pendingBytes).toBe(0);
    }),
  );
});

test('byte by byte, and cut once at every place', () => {
  const messages = [client.query('select 1'), client.sync(), client.parse('select $1', { oids: [23] }), client.flush()];
  const bytes = Buffer.concat(messages);
  const whole = new MessageReader(limit);
  whole.push(bytes);
  const expected = drain(whole);
  expect(expected).toHaveLength(4);
  const single = new MessageReader(limit);
  const received = [...bytes].flatMap((byte) => {
    single.push(Buffer.from([byte]));
    return drain(single);
  });
  expect(received).toEqual(expected);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const reader = new MessageReader(limit);
    reader.push(bytes.subarray(0, cut));
    const first = drain(reader);
    reader.push(bytes.subarray(cut));
    expect([...first, ...drain(reader)]).toEqual(expected);
  }
});

test('a message already handed out is never written again', () => {
  const reader = new MessageReader(limit);
  const bytes = Buffer.concat([client.query('first'), client.query('second'), client.query('third')]);
  const bodies: Buffer[] = [];
  for (const byte of bytes) {
    reader.push(Buffer.from([byte]));
    bodies.push(...drain(reader).map(({ body }) => body));
  }
  expect(bodies.map((body) => body.toString())).toEqual(['first\0', 'second\0', 'third\0']);
});

test('a length word is believed only as far as bytes have come', () => {
  const reader = new MessageReader(1024 * 1024 * 1024);
  const header = Buffer.from([0x51, 0x3f, 0xff, 0xff, 0xff]);
  reader.push(header);
  expect(reader.next()).toBeUndefined();
  reader.push(Buffer.alloc(1000));
  expect(reader.next()).toBeUndefined();
  expect(reader.pendingBytes).toBe(1005);
});

test.each([
  ['unknown type', Buffer.from([0x21, 0, 0, 0, 4]), '08P01', 'invalid frontend message type 33'],
  ['length too small', Buffer.from([0x51, 0, 0, 0, 3]), '08P01', 'invalid message length'],
  ['negative length', Buffer.from([0x51, 0xff, 0xff, 0xff, 0xff]), '08P01', 'invalid message length'],
  ['over the limit', Buffer.from([0x51, 0, 0x10, 0, 1]), '54000', 'message of 1048577 bytes exceeds the limit'],
  ['a Sync that is far too long', Buffer.from([0x53, 0, 0x0f, 0, 0]), '54000', 'exceeds the limit of 10000 bytes'],
])('%s ends the connection', (_name, bytes, code, message) => {
  const reader = new MessageReader(limit);
  reader.push(bytes);
  expect(() => reader.next()).toThrow(
    expect.objectContaining({ code, severity: 'FATAL', message: expect.stringContaining(message) }),
  );
});

test.each([0, 7, 10_001, -1, 0x47455420])('a startup packet of length %i is refused', (length) => {
  const reader = new MessageReader(limit);
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(length);
  reader.push(bytes);
  expect(() => reader.nextStartup()).toThrow(expect.objectContaining({ code: '08P01', severity: 'FATAL' }));
});

test('what follows Flush messages can be told without taking anything', () => {
  const reader = new MessageReader(limit);
  expect(reader.typeAfterFlushes()).toBeUndefined();
  reader.push(client.flush().subarray(0, 3));
  expect(reader.typeAfterFlushes()).toBeUndefined();
  reader.push(client.flush().subarray(3));
  reader.push(client.flush());
  expect(reader.typeAfterFlushes()).toBeUndefined();
  reader.push(client.sync().subarray(0, 1));
  expect(reader.typeAfterFlushes()).toBe('S'.charCodeAt(0));
  reader.push(client.sync().subarray(1));
  expect(drain(reader).map(({ type }) => String.fromCharCode(type))).toEqual(['H', 'H', 'S']);
});

test('bytes not taken can go to another protocol layer', () => {
  const reader = new MessageReader(limit);
  reader.push(Buffer.concat([client.sslRequest(), Buffer.from('hello ')]));
  expect(reader.nextStartup()?.body).toHaveLength(4);
  reader.push(Buffer.from('world'));
  expect(reader.takeRest().toString()).toBe('hello world');
  expect(reader.pendingBytes).toBe(0);
});
