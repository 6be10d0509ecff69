import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLogger } from '../../src/base/log.js';
import { Connection } from '../../src/wire/connection/connection.js';
import { connectionOptions } from './connection-options.js';
import { duplexPair } from './duplex-pair.js';
import { client, letters, RawClient } from './raw-client.js';
import { SessionHostDouble } from './session-double.js';

/** Cases a property. WIRE_FUZZ_RUNS asks for more than a test run has time for. */
const runs = Number(process.env.WIRE_FUZZ_RUNS ?? 400);
const unexpected: string[] = [];

const options = (host: SessionHostDouble) =>
  connectionOptions(host, { log: createLogger('error', 'json', (line) => unexpected.push(line)) });

const name = fc.constantFrom('', 's', 'p');
const sql = fc.constantFrom(
  'rows 5',
  'insert',
  'echo $1 $2',
  '',
  'rows 1; rows 2',
  'fail 22012',
  'begin',
  'commit',
  'half',
  'syntax error',
);
const small = fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes));
const format = fc.constantFrom(0, 1, 2);

/** Messages that a client may send in any order, with any names, most of them well formed. */
const messages = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: sql.map((text) => client.query(text)) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(sql, name, fc.array(fc.constantFrom(0, 23, 25, 1114, 2950), { maxLength: 3 }))
        .map(([text, statement, oids]) => client.parse(text, { name: statement, oids })),
    },
    {
      weight: 3,
      arbitrary: fc
        .record({
          portal: name,
          statement: name,
          parameters: fc.array(fc.option(small), { maxLength: 3 }),
          formats: fc.array(format, { maxLength: 3 }),
          resultFormats: fc.array(format, { maxLength: 3 }),
        })
        .map((bind) => client.bind(bind)),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(name, fc.integer({ min: -1, max: 3 })).map(([portal, rows]) => client.execute(portal, rows)),
    },
    name.map((statement) => client.describeStatement(statement)),
    name.map((portal) => client.describePortal(portal)),
    name.map((statement) => client.closeStatement(statement)),
    name.map((portal) => client.closePortal(portal)),
    { weight: 4, arbitrary: fc.constant(client.sync()) },
    fc.constant(client.flush()),
    fc.tuple(fc.constantFrom(...'QPBDECHSdcfF'), small).map(([letter, body]) => client.message(letter, body)),
  ),
  { maxLength: 25 },
);

/** Serve `bytes` cut into pieces of `step`; what the server answered, once it has closed. */
async function answer(host: SessionHostDouble, bytes: Buffer, step: number): Promise<string> {
  const [near, far] = duplexPair();
  const raw = new RawClient(near);
  const served = new Connection(far, undefined, options(host)).serve();
  for (let at = 0; at < bytes.length; at += step) raw.send(bytes.subarray(at, at + step));
  near.end();
  const received = letters(await raw.until('no message has this type'));
  await served;
  return received;
}

test('any order of messages, in any pieces: answered by the rules, nothing left open', async () => {
  await fc.assert(
    fc.asyncProperty(messages, fc.integer({ min: 1, max: 700 }), async (list, step) => {
      const host = new SessionHostDouble();
      const bytes = Buffer.concat([client.startup(), ...list, client.sync(), client.terminate()]);
      const received = await answer(host, bytes, step);
      expect(received).toMatch(/^RS+KZ/);
      // One ReadyForQuery at least for the Sync at the end, unless a FATAL ended it all.
      expect(received).toMatch(/[ZE]$/);
      expect(host.last.closed).toBe(true);
      expect(host.last.openResults).toBe(0);
    }),
    { numRuns: runs },
  );
  expect(unexpected).toEqual([]);
});

test('any bytes at all: no crash, no session left open', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 300 }),
      async (garbage, loggedIn, step) => {
        const host = new SessionHostDouble();
        await answer(host, Buffer.concat([loggedIn ? client.startup() : Buffer.alloc(0), Buffer.from(garbage)]), step);
        expect(host.sessions.every(({ closed }) => closed)).toBe(true);
      },
    ),
    { numRuns: runs },
  );
  expect(unexpected).toEqual([]);
});

test('the answer does not depend on how the input was cut', async () => {
  await fc.assert(
    fc.asyncProperty(messages, fc.integer({ min: 1, max: 60 }), async (list, step) => {
      const bytes = Buffer.concat([client.startup(), ...list, client.sync(), client.terminate()]);
      const whole = await answer(new SessionHostDouble(), bytes, bytes.length);
      expect(await answer(new SessionHostDouble(), bytes, step)).toBe(whole);
    }),
    { numRuns: runs / 2 },
  );
});
