import { completeFault, type Fault, faultKinds } from '../streams/kinesis/fault.js';
import type { ShardName } from '../streams/kinesis/stream-control.js';
import { parseDuration } from './duration.js';
import type { Lines } from './lines.js';
import type { ClockStep, FaultStep, PutPayload, PutStep, RestartStep, SessionStep, StreamStep } from './test-file.js';

/** `client NAME`. */
export function parseClient(rest: string, lines: Lines): SessionStep {
  const [name, more] = words(rest);
  if (name === undefined || more !== undefined) throw lines.error('client takes one name');
  return { kind: 'client', name };
}

/** The forms of `stream`, each with its arguments. */
const streamForms: Readonly<
  Record<
    string,
    { readonly usage: string; readonly parse: (args: readonly string[], lines: Lines) => StreamStep | undefined }
  >
> = {
  create: {
    usage: 'stream create NAME SHARDS',
    parse: ([stream, count], lines) =>
      stream === undefined ? undefined : { kind: 'stream create', stream, shards: parseCount(count, lines) },
  },
  delete: {
    usage: 'stream delete NAME',
    parse: ([stream]) => (stream === undefined ? undefined : { kind: 'stream delete', stream }),
  },
  recreate: {
    usage: 'stream recreate NAME SHARDS',
    parse: ([stream, count], lines) =>
      stream === undefined ? undefined : { kind: 'stream recreate', stream, shards: parseCount(count, lines) },
  },
  expire: {
    usage: 'stream expire NAME [SHARD]',
    parse: ([stream, shard]) =>
      stream === undefined
        ? undefined
        : { kind: 'stream expire', stream, shard: shard === undefined ? undefined : parseShard(shard) },
  },
  split: {
    usage: 'stream split NAME SHARD',
    parse: ([stream, shard]) =>
      stream === undefined || shard === undefined
        ? undefined
        : { kind: 'stream split', stream, shard: parseShard(shard) },
  },
  merge: {
    usage: 'stream merge NAME SHARD SHARD',
    parse: ([stream, one, other]) =>
      stream === undefined || one === undefined || other === undefined
        ? undefined
        : { kind: 'stream merge', stream, shards: [parseShard(one), parseShard(other)] },
  },
  'update-shards': {
    usage: 'stream update-shards NAME SHARDS',
    parse: ([stream, count], lines) =>
      stream === undefined ? undefined : { kind: 'stream update-shards', stream, shards: parseCount(count, lines) },
  },
};

/** `stream create|delete|recreate|expire|split|merge|update-shards …`. */
export function parseStream(rest: string, lines: Lines): StreamStep {
  const [form = '', ...args] = words(rest);
  const entry = Object.hasOwn(streamForms, form) ? streamForms[form] : undefined;
  if (entry === undefined) throw lines.error(`stream takes ${Object.keys(streamForms).join(', ')}, not "${form}"`);
  const most = words(entry.usage).length - 2;
  const least = most - (entry.usage.match(/\[/g)?.length ?? 0);
  const step = args.length >= least && args.length <= most ? entry.parse(args, lines) : undefined;
  if (step === undefined) throw lines.error(`the form is "${entry.usage}"`);
  return step;
}

/**
 * `put STREAM KEY PAYLOAD` (the payload is the rest of the line), `put-hex STREAM KEY HEX`,
 * `put-file STREAM KEY FILE [lines]`.
 */
export function parsePut(verb: 'put' | 'put-hex' | 'put-file', rest: string, lines: Lines): PutStep {
  const match = /^(\S+)\s+(\S+)(?:\s(.*))?$/.exec(rest);
  const stream = match?.[1];
  const partitionKey = match?.[2];
  if (stream === undefined || partitionKey === undefined)
    throw lines.error(`the form is "${verb} STREAM KEY ${verb === 'put-file' ? 'FILE [lines]' : 'PAYLOAD'}"`);
  return { kind: 'put', stream, partitionKey, payload: parsePayload(verb, match?.[3] ?? '', lines) };
}

function parsePayload(verb: 'put' | 'put-hex' | 'put-file', text: string, lines: Lines): PutPayload {
  switch (verb) {
    case 'put':
      return { type: 'bytes', bytes: Buffer.from(text, 'utf8') };
    case 'put-hex': {
      const hex = text.replaceAll(' ', '');
      if (!/^(?:[0-9a-fA-F]{2})*$/.test(hex)) throw lines.error('put-hex takes an even number of hexadecimal digits');
      return { type: 'bytes', bytes: Buffer.from(hex, 'hex') };
    }
    case 'put-file': {
      const [file, mode, more] = words(text);
      if (file === undefined || (mode !== undefined && mode !== 'lines') || more !== undefined)
        throw lines.error('the form is "put-file STREAM KEY FILE [lines]"');
      return { type: 'file', file, eachLine: mode === 'lines' };
    }
  }
}

/** `restart` or `restart kill`. */
export function parseRestart(rest: string, lines: Lines): RestartStep {
  if (rest !== '' && rest.trim() !== 'kill') throw lines.error('the form is "restart" or "restart kill"');
  return { kind: 'restart', kill: rest !== '' };
}

/** `clock advance DURATION`. */
export function parseClock(rest: string, lines: Lines): ClockStep {
  const [verb, duration, more] = words(rest);
  if (verb !== 'advance' || duration === undefined || more !== undefined)
    throw lines.error('the form is "clock advance DURATION"');
  return { kind: 'clock advance', milliseconds: parseDuration(duration, lines) };
}

/** `fault OPERATION KIND TIMES [DELAY]` or `fault clear`. */
export function parseFault(rest: string, lines: Lines): FaultStep {
  const [operation, kindWord, count, delay, more] = words(rest);
  if (operation === 'clear' && kindWord === undefined) return { kind: 'fault clear' };
  if (operation === undefined || kindWord === undefined || count === undefined || more !== undefined)
    throw lines.error('the form is "fault OPERATION KIND TIMES [DELAY]" or "fault clear"');
  const kind = faultKinds.find((each) => each === kindWord);
  if (kind === undefined) throw lines.error(`a fault's kind is one of ${faultKinds.join(', ')}, not "${kindWord}"`);
  const delayMs = delay === undefined ? undefined : parseDuration(delay, lines);
  const fault: Fault = { operation, kind, times: Number(count), delayMs };
  try {
    completeFault(fault);
  } catch (error) {
    throw lines.error(error instanceof Error ? error.message : String(error));
  }
  return { kind: 'fault', fault };
}

function parseCount(text: string | undefined, lines: Lines): number {
  if (text === undefined || !/^[1-9]\d{0,3}$/.test(text))
    throw lines.error(`a shard count is a number from 1, not "${text ?? ''}"`);
  return Number(text);
}

/** `shard:0` names the stream's n-th shard, anything else is a shard id. */
function parseShard(text: string): ShardName {
  const match = /^shard:(\d+)$/.exec(text);
  return match === null ? { id: text } : { index: Number(match[1]) };
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
