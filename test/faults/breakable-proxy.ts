import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A TCP proxy in front of an endpoint that can be broken: `down` cuts what is open and refuses what comes, `hang` takes
 * connections and says nothing. The port stays the same, so that a client sees the same endpoint go away and come back.
 */
export class BreakableProxy {
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #hanging = false;
  #bytesUntilCut = Number.POSITIVE_INFINITY;

  constructor(endpoint: string) {
    this.#target = new URL(endpoint);
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async up(): Promise<void> {
    this.#hanging = false;
    this.#bytesUntilCut = Number.POSITIVE_INFINITY;
    this.#dropConnections();
    if (this.#server !== undefined) return;
    this.#server = createServer((client) => this.#accept(client)).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#dropConnections();
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    await closed;
  }

  hang(): void {
    this.#hanging = true;
    this.#dropConnections();
  }

  /** Go down by itself once this many bytes of answers have passed. */
  goDownAfter(bytes: number): void {
    this.#bytesUntilCut = bytes;
  }

  #accept(client: Socket): void {
    this.#track(client);
    if (this.#hanging) return;
    const target = connect(Number(this.#target.port), this.#target.hostname);
    this.#track(target);
    client.pipe(target);
    target.on('data', (data) => {
      this.#bytesUntilCut -= data.length;
      if (this.#bytesUntilCut < 0) void this.down();
      else client.write(data);
    });
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  #dropConnections(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }
}
