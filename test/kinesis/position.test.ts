import { expect, it } from 'vitest';
import { decodePosition, encodePosition, type ShardPosition } from '../../src/streams/kinesis/position.js';

const positions: ShardPosition[] = [undefined, '0', '9'.repeat(129)].flatMap((sequenceNumber) =>
  [undefined, 1_700_000_000_000_001n].flatMap((arrivalMicros) =>
    [false, true].map((ended) => ({ shardId: 's', sequenceNumber, arrivalMicros, ended })),
  ),
);

it.each(positions)('comes back as it was stored: %#', (position) => {
  const stored = encodePosition(position);
  const unread = position.sequenceNumber === undefined && !position.ended;
  expect(stored.state === undefined).toBe(unread);
  expect(decodePosition(stored)).toEqual(unread ? { ...position, arrivalMicros: undefined } : position);
});

it.each(['null', '7', '{}', '{"ended":1}', '{"ended":true,"sequenceNumber":7}', 'x', '{"ended":false,"arrival":"-"}'])(
  '%s is no position',
  (state) => {
    expect(() => decodePosition({ splitId: 's', state })).toThrow();
  },
);
