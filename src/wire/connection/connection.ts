import type { Duplex } from 'node:stream';
import { DuckshiftError } from '../../base/errors.js';
import type { Logger } from '../../base/log.js';
import type { Notice, Session, SessionHost } from '../../session/contract.js';
import type { Authenticate } from '../auth/authentication.js';
import {
  type Report,
  writeBackendKeyData,
  writeError,
  writeNotice,
  writeParameterStatus,
} from '../codec/backend-messages.js';
import type { MessageWriter } from '../codec/message-writer.js';
import { Channel } from './channel.js';
import { ClientDisconnected } from './client-disconnected.js';
import type { ConnectionContext } from './connection-context.js';
import { failureOf, fatal } from './failure.js';
import { type Handshake, type HandshakeOptions, handshake } from './handshake.js';
import { ImplicitTransaction } from './implicit-transaction.js';
import { Interruption } from './interruption.js';
import { login } from './login.js';
import { MessageLoop } from './message-loop.js';
import { initialParameters, isAnnounced } from './parameter-status.js';
import { startupSettings } from './startup-options.js';

export interface ConnectionOptions extends HandshakeOptions {
  readonly sessions: SessionHost;
  readonly authenticate: Authenticate;
  readonly log: Logger;
  readonly maxMessageBytes: number;
  /** Take a place among the connections, or throw 53300; gives it back when called. */
  readonly admit: () => () => void;
}

/** One client, from its first byte to its last. */
export class Connection {
  readonly #channel: Channel;
  readonly #options: ConnectionOptions;
  readonly #clientAddress: string | undefined;
  #interruption: Interruption | undefined;
  #terminationNotice: Report | undefined;
  #loggedIn = false;
  #idleSince: number | undefined;
  #running = false;

  constructor(stream: Duplex, clientAddress: string | undefined, options: ConnectionOptions) {
    this.#channel = new Channel(stream, options.maxMessageBytes);
    this.#clientAddress = clientAddress;
    this.#options = options;
  }

  /** True once the client may run statements. */
  get loggedIn(): boolean {
    return this.#loggedIn;
  }

  /** When the client was last given its turn (milliseconds as of `Date.now`); undefined while it is being served. */
  get idleSince(): number | undefined {
    return this.#idleSince;
  }

  /** Serve the client until it disconnects or is disconnected. Never rejects. */
  async serve(): Promise<void> {
    const { log } = this.#options;
    try {
      const shaken = await handshake(this.#channel, this.#options);
      if (shaken !== undefined) await this.#admitted(shaken);
    } catch (error) {
      if (error instanceof ClientDisconnected)
        log.debug(error.message, { client: this.#clientAddress, cause: error.cause });
      else writeError(this.#channel.writer, fatal(failureOf(error, log)));
    } finally {
      this.#channel.end();
    }
  }

  /** End the connection with `reason` as FATAL: at once when it is idle, otherwise after the running statement. */
  finish(reason: Report): void {
    this.#terminationNotice ??= reason;
    this.#channel.interrupt();
  }

  /** End the connection with `reason` as FATAL, cancelling the running statement. */
  terminate(reason: Report): void {
    this.finish(reason);
    this.#interruption?.request();
  }

  /** Cut the connection off. */
  destroy(): void {
    this.#interruption?.request();
    this.#channel.destroy();
  }

  async #admitted({ startup, encrypted }: Handshake): Promise<void> {
    const leave = this.#options.admit();
    try {
      const user = startup.parameters.get('user') ?? '';
      if (user === '')
        throw new DuckshiftError('28000', 'no user name specified in startup packet', { severity: 'FATAL' });
      const database = startup.parameters.get('database') ?? user;
      const requirement = await this.#options.authenticate(user, database);
      await login(this.#channel, user, requirement, {
        redshiftDriver: startup.parameters.has('client_protocol_version'),
        unheard: encrypted || isLoopbackAddress(this.#clientAddress),
      });
      const sessionUser = requirement.sessionUser ?? user;
      if (this.#terminationNotice !== undefined) {
        writeError(this.#channel.writer, this.#terminationNotice);
        return;
      }
      const settings = startupSettings(startup);
      const session = await this.#options.sessions.openSession({
        user: sessionUser,
        database,
        settings,
        clientAddress: this.#clientAddress,
      });
      await this.#withSession(session, sessionUser, settings);
    } finally {
      leave();
    }
  }

  async #withSession(session: Session, user: string, settings: Readonly<Record<string, string>>): Promise<void> {
    const log = this.#options.log.child({ processId: session.processId });
    const interruption = new Interruption(() => session.cancel());
    this.#interruption = interruption;
    const unregister = this.#options.cancels.register(session.processId, session.secretKey, () =>
      interruption.request(),
    );
    try {
      const { writer } = this.#channel;
      const parameters = initialParameters(user, settings, session.reportedSettings);
      for (const [name, value] of parameters) writeParameterStatus(writer, name, value);
      writeBackendKeyData(writer, session.processId, session.secretKey);
      await this.#converse({
        channel: this.#channel,
        session,
        implicit: new ImplicitTransaction(session),
        interruption,
        log,
      });
    } finally {
      unregister();
      await session.close().catch((error: unknown) => log.error('closing a session failed', { error }));
    }
  }

  async #converse(context: ConnectionContext): Promise<void> {
    const { channel, session, interruption } = context;
    const loop = new MessageLoop(context);
    session.onNotice = (notice) => this.#announce((writer) => writeNotice(writer, noticeReport(notice)));
    session.onSettingChanged = (name, value) => {
      if (isAnnounced(name)) this.#announce((writer) => writeParameterStatus(writer, name, value));
    };
    session.onDeallocate = (name) => loop.extended.deallocate(name);
    session.onTerminate = ({ code, message }) => this.terminate({ severity: 'FATAL', code, message });
    session.onCancel = () => interruption.request();
    channel.onGone = () => interruption.abandon();
    this.#loggedIn = true;
    await loop.ready();
    try {
      await this.#untilOver(loop);
    } finally {
      loop.extended.closePortals();
      session.onNotice = undefined;
      session.onSettingChanged = undefined;
      session.onDeallocate = undefined;
      session.onTerminate = undefined;
      session.onCancel = undefined;
    }
  }

  async #untilOver(loop: MessageLoop): Promise<void> {
    const channel = this.#channel;
    for (;;) {
      if (this.#terminationNotice !== undefined) {
        writeError(channel.writer, this.#terminationNotice);
        return;
      }
      this.#running = false;
      this.#idleSince = Date.now();
      const message = await channel.next((reader) => reader.next());
      this.#idleSince = undefined;
      this.#running = true;
      if (message === undefined && this.#terminationNotice === undefined) return;
      if (message !== undefined && !(await loop.handle(message))) return;
    }
  }

  /** Write something that is not an answer; sent at once when the client is not being served. */
  #announce(write: (writer: MessageWriter) => void): void {
    write(this.#channel.writer);
    if (!this.#running) void this.#channel.flush();
  }
}

function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || /^(?:::ffff:)?127\./.test(address));
}

function noticeReport({ severity, code, message, detail, hint }: Notice): Report {
  return { severity, code, message, detail, hint };
}
