import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DuckshiftError } from '../../src/base/errors.js';
import { decodeFrontendMessage } from '../../src/wire/codec/frontend-messages.js';
import { decodeStartupPacket } from '../../src/wire/codec/startup-packet.js';
import { client } from './raw-client.js';

function decoded(bytes: Buffer): unknown {
  return decodeFrontendMessage({ type: bytes.readUInt8(0), body: bytes.subarray(5) });
}

test('messages say what was sent', () => {
  expect(decoded(client.query('sélect 1'))).toEqual({ kind: 'query', text: 'sélect 1' });
  expect(decoded(client.parse('select $1', { name: 's', oids: [23, 0, 4294967295] }))).toEqual({
    kind: 'parse',
    name: 's',
    text: 'select $1',
    parameterOids: [23, 0, 4294967295],
  });
  expect(
    decoded(
      client.bind({
        portal: 'p',
        statement: 's',
        parameters: ['a', null, Buffer.from([1, 0])],
        formats: [0, 0, 1],
        resultFormats: [1],
      }),
    ),
  ).toEqual({
    kind: 'bind',
    portal: 'p',
    statement: 's',
    parameterFormats: [0, 0, 1],
    parameters: [Buffer.from('a'), null, Buffer.from([1, 0])],
    resultFormats: [1],
  });
  expect(decoded(client.describeStatement('s'))).toEqual({ kind: 'describe', target: 'statement', name: 's' });
  expect(decoded(client.closePortal())).toEqual({ kind: 'close', target: 'portal', name: '' });
  expect(decoded(client.execute('p', 1000))).toEqual({ kind: 'execute', portal: 'p', maxRows: 1000 });
  expect(decoded(client.message('c'))).toEqual({ kind: 'copy' });
});

test.each([
  ['a query without its zero byte', client.message('Q', Buffer.from('select 1')), '08P01'],
  ['a query with more after it', client.message('Q', Buffer.from('select 1\0x')), '08P01'],
  ['a query that is not UTF-8', client.message('Q', Buffer.from([0xff, 0xfe, 0])), '22021'],
  ['a Bind that is cut off', client.message('B', client.bind({ parameters: ['abc'] }).subarray(5, 14)), '08P01'],
  ['a parameter of negative length', client.message('B', Buffer.from('000000000001fffffffe0000', 'hex')), '08P01'],
  ['a format code that does not exist', client.bind({ formats: [2] }), '22023'],
  ['a Describe of nothing', client.message('D', Buffer.from('Xs\0')), '08P01'],
  ['a Sync with a body', client.message('S', Buffer.from('x')), '08P01'],
])('%s is an error, and not the end', (_name, bytes, code) => {
  expect(() => decoded(bytes)).toThrow(expect.objectContaining({ code, severity: 'ERROR' }));
});

test('any body gives a message or an error of the protocol', () => {
  void fc.assert(
    fc.property(fc.constantFrom(...'QPBDECHSXFpdcf'), fc.uint8Array({ maxLength: 64 }), (letter, body) => {
      try {
        decoded(client.message(letter, Buffer.from(body)));
      } catch (error) {
        expect(error).toBeInstanceOf(DuckshiftError);
      }
    }),
    { numRuns: 5_000 },
  );
});

test('any startup packet gives a packet or an error of the protocol', () => {
  const codes = [196608, 196610, 131072, 80877102, 80877103, 80877104, 0];
  void fc.assert(
    fc.property(fc.constantFrom(...codes), fc.uint8Array({ maxLength: 64 }), (code, rest) => {
      const body = Buffer.concat([Buffer.alloc(4), Buffer.from(rest)]);
      body.writeInt32BE(code);
      try {
        decodeStartupPacket(body);
      } catch (error) {
        expect(error).toBeInstanceOf(DuckshiftError);
      }
    }),
    { numRuns: 5_000 },
  );
});
