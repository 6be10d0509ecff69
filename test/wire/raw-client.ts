import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/** A message of the server as a test looks at it. */
export interface ServerMessage {
  /** Its letter. */
  readonly type: string;
  readonly body: Buffer;
}

/** Frontend messages as bytes, written from the protocol's description and not with the server's code. */
export const client = {
  startup: (parameters: Record<string, string> = { user: 'awsuser', database: 'dev' }, version = 196608): Buffer =>
    untyped(int32(version), ...Object.entries(parameters).flat().map(cstring), Buffer.from([0])),
  sslRequest: (): Buffer => untyped(int32(80877103)),
  gssRequest: (): Buffer => untyped(int32(80877104)),
  cancel: (processId: number, secretKey: number): Buffer =>
    untyped(int32(80877102), int32(processId), int32(secretKey)),
  password: (body: string | Buffer): Buffer => typed('p', typeof body === 'string' ? cstring(body) : body),
  query: (sql: string): Buffer => typed('Q', cstring(sql)),
  parse: (sql: string, { name = '', oids = [] as number[] } = {}): Buffer =>
    typed('P', cstring(name), cstring(sql), int16(oids.length), ...oids.map(int32)),
  bind: ({
    portal = '',
    statement = '',
    parameters = [] as (string | Buffer | null)[],
    formats = [] as number[],
    resultFormats = [] as number[],
  } = {}): Buffer =>
    typed(
      'B',
      cstring(portal),
      cstring(statement),
      int16(formats.length),
      ...formats.map(int16),
      int16(parameters.length),
      ...parameters.map(sized),
      int16(resultFormats.length),
      ...resultFormats.map(int16),
    ),
  describeStatement: (name = ''): Buffer => typed('D', Buffer.from('S'), cstring(name)),
  describePortal: (name = ''): Buffer => typed('D', Buffer.from('P'), cstring(name)),
  execute: (portal = '', maxRows = 0): Buffer => typed('E', cstring(portal), int32(maxRows)),
  closeStatement: (name = ''): Buffer => typed('C', Buffer.from('S'), cstring(name)),
  closePortal: (name = ''): Buffer => typed('C', Buffer.from('P'), cstring(name)),
  sync: (): Buffer => typed('S'),
  flush: (): Buffer => typed('H'),
  terminate: (): Buffer => typed('X'),
  message: (letter: string, body: Buffer = Buffer.alloc(0)): Buffer => typed(letter, body),
};

/** A connection that sends bytes as told and reads messages one by one. */
export class RawClient {
  #stream: Duplex;
  #received: Buffer = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(stream: Duplex) {
    this.#stream = stream;
    this.#listen();
  }

  static async connect(port: number): Promise<RawClient> {
    const socket: Socket = connect({ host: '127.0.0.1', port });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new RawClient(socket);
  }

  /** Connect, start up and read to the first ReadyForQuery. */
  static async login(port: number, parameters?: Record<string, string>): Promise<RawClient> {
    const raw = await RawClient.connect(port);
    raw.send(client.startup(parameters));
    await raw.until('Z');
    return raw;
  }

  send(...messages: readonly Buffer[]): void {
    this.#stream.write(Buffer.concat(messages));
  }

  /** The next message; undefined when the server has closed. */
  async next(): Promise<ServerMessage | undefined> {
    for (;;) {
      if (this.#received.length >= 5) {
        const length = this.#received.readInt32BE(1) + 1;
        if (this.#received.length >= length) {
          const type = String.fromCharCode(this.#received.readUInt8(0));
          const body = this.#received.subarray(5, length);
          this.#received = this.#received.subarray(length);
          return { type, body };
        }
      }
      if (this.#ended) return undefined;
      await this.#more();
    }
  }

  /** Messages up to and including the first of type `type`; all there are when the server closes before. */
  async until(type: string): Promise<ServerMessage[]> {
    const messages: ServerMessage[] = [];
    for (;;) {
      const message = await this.next();
      if (message === undefined) return messages;
      messages.push(message);
      if (message.type === type) return messages;
    }
  }

  /** Send one simple query and read to ReadyForQuery. */
  async query(sql: string): Promise<ServerMessage[]> {
    this.send(client.query(sql));
    return this.until('Z');
  }

  /** A byte that is no message. */
  async byte(): Promise<string> {
    while (this.#received.length === 0 && !this.#ended) await this.#more();
    const byte = String.fromCharCode(this.#received[0] ?? 0);
    this.#received = this.#received.subarray(1);
    return byte;
  }

  /** Go on over TLS. */
  async startTls(ca: string): Promise<void> {
    const plain = this.#stream;
    plain.removeAllListeners('data').removeAllListeners('end').removeAllListeners('close');
    if (!('remotePort' in plain)) throw new Error('TLS needs a socket');
    const secure = connectTls({ socket: plain, ca, servername: 'localhost' });
    await new Promise<void>((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject));
    this.#stream = secure;
    this.#listen();
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  /** Bytes that the server has not taken from us yet. */
  get unsent(): number {
    return this.#stream.writableLength;
  }

  destroy(): void {
    this.#stream.destroy();
  }

  #listen(): void {
    const end = (): void => {
      this.#ended = true;
      this.#wake?.();
    };
    this.#stream.on('data', (chunk: Buffer) => {
      this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
      this.#wake?.();
    });
    this.#stream.on('end', end).on('close', end).on('error', end);
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** Fields of an ErrorResponse or NoticeResponse by letter. */
export function fields(message: ServerMessage | undefined): Record<string, string> {
  if (message?.type !== 'E' && message?.type !== 'N') throw new Error(`no error or notice but ${message?.type}`);
  const parts = message.body.toString('utf8').split('\0');
  return Object.fromEntries(parts.filter((part) => part !== '').map((part) => [part[0], part.slice(1)]));
}

/** Cells of a DataRow. */
export function cells(message: ServerMessage): (Buffer | null)[] {
  let at = 2;
  return Array.from({ length: message.body.readUInt16BE(0) }, () => {
    const length = message.body.readInt32BE(at);
    at += 4;
    if (length === -1) return null;
    at += length;
    return message.body.subarray(at - length, at);
  });
}

/** Text cells of every DataRow among `messages`. */
export function textRows(messages: readonly ServerMessage[]): (string | null)[][] {
  return messages
    .filter(({ type }) => type === 'D')
    .map((row) => cells(row).map((cell) => (cell === null ? null : cell.toString('utf8'))));
}

/** Text up to the closing zero of messages such as CommandComplete. */
export function text(message: ServerMessage | undefined): string {
  return message?.body.toString('utf8').replace(/\0$/, '') ?? '';
}

/** Letters of messages in one word. */
export function letters(messages: readonly ServerMessage[]): string {
  return messages.map(({ type }) => type).join('');
}

/** Fields of a RowDescription. */
export function rowDescription(message: ServerMessage | undefined): {
  label: string;
  oid: number;
  size: number;
  modifier: number;
  format: number;
}[] {
  if (message?.type !== 'T') throw new Error(`no RowDescription but ${message?.type}`);
  const { body } = message;
  let at = 2;
  return Array.from({ length: body.readUInt16BE(0) }, () => {
    const end = body.indexOf(0, at);
    const label = body.toString('utf8', at, end);
    at = end + 19;
    return {
      label,
      oid: body.readInt32BE(end + 7),
      size: body.readInt16BE(end + 11),
      modifier: body.readInt32BE(end + 13),
      format: body.readInt16BE(end + 17),
    };
  });
}

function typed(letter: string, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(letter), untyped(...parts)]);
}

function untyped(...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([int32(body.length + 4), body]);
}

export function cstring(value: string): Buffer {
  return Buffer.from(`${value}\0`, 'utf8');
}

export function int16(value: number): Buffer {
  return Buffer.from([(value >> 8) & 0xff, value & 0xff]);
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value | 0);
  return bytes;
}

function sized(value: string | Buffer | null): Buffer {
  if (value === null) return int32(-1);
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  return Buffer.concat([int32(bytes.length), bytes]);
}
