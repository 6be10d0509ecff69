import { DuckshiftError } from '../../base/errors.js';
import { writeError, writeReadyForQuery } from '../codec/backend-messages.js';
import { decodeFrontendMessage, type FrontendMessage } from '../codec/frontend-messages.js';
import type { RawMessage } from '../codec/message-reader.js';
import { FrontendType } from '../codec/protocol.js';
import { fatalProtocolViolation } from '../codec/protocol-error.js';
import type { ConnectionContext } from './connection-context.js';
import { ExtendedQuery } from './extended-query.js';
import { failureOf } from './failure.js';
import { runSimpleQuery } from './simple-query.js';

/** Output buffered over several messages before it is sent without a Flush or Sync. */
const gatherBytes = 64 * 1024;

/** Messages of the extended protocol: an error in one discards everything up to the next Sync. */
const extendedTypes = new Set<number>([
  FrontendType.parse,
  FrontendType.bind,
  FrontendType.describe,
  FrontendType.execute,
  FrontendType.close,
  FrontendType.flush,
]);

/** Messages still handled while discarding. */
const neverDiscarded = new Set<number>([FrontendType.sync, FrontendType.terminate]);

/**
 * Answers the messages of an open session one after another (PostgreSQL: "Message Flow").
 */
export class MessageLoop {
  readonly extended: ExtendedQuery;
  readonly #context: ConnectionContext;
  #discarding = false;

  constructor(context: ConnectionContext) {
    this.#context = context;
    this.extended = new ExtendedQuery(context);
  }

  /**
   * Handle one message.
   *
   * @returns false when the client terminates, or after an error that ends the connection (it has been written).
   */
  async handle(raw: RawMessage): Promise<boolean> {
    if (this.#discarding && !neverDiscarded.has(raw.type)) return true;
    this.#discarding = false;
    try {
      const message = decodeFrontendMessage(raw);
      if (message.kind === 'terminate') return false;
      await this.#answer(message);
    } catch (error) {
      if (!(await this.#failed(error))) return false;
      if (extendedTypes.has(raw.type)) {
        this.#discarding = true;
        await this.#context.channel.flush();
      } else {
        await this.ready();
      }
    }
    const { channel } = this.#context;
    if (channel.writer.length >= gatherBytes) await channel.flush();
    return true;
  }

  /** Send ReadyForQuery. */
  async ready(): Promise<void> {
    const { channel, session } = this.#context;
    writeReadyForQuery(channel.writer, session.transactionStatus);
    await channel.flush();
  }

  async #answer(message: FrontendMessage): Promise<void> {
    switch (message.kind) {
      case 'query':
        this.extended.forgetUnnamed();
        await runSimpleQuery(this.#context, message.text);
        this.extended.afterTransaction();
        return this.ready();
      case 'parse':
        return this.extended.parse(message);
      case 'bind':
        return this.extended.bind(message);
      case 'describe':
        return this.extended.describe(message.target, message.name);
      case 'execute':
        return this.extended.execute(message.portal, message.maxRows);
      case 'close':
        return this.extended.close(message.target, message.name);
      case 'flush':
        return this.#context.channel.flush();
      case 'sync':
        await this.extended.sync();
        return this.ready();
      case 'function call':
        throw new DuckshiftError('0A000', 'function call messages are not supported');
      case 'copy':
        // What a client still sends after COPY was refused; PostgreSQL accepts and ignores it too.
        return;
      default:
        throw fatalProtocolViolation(`unexpected ${message.kind} message in an open session`);
    }
  }

  /** Report an error and let the transaction fail. @returns false when it ends the connection. */
  async #failed(error: unknown): Promise<boolean> {
    const { channel, implicit, log } = this.#context;
    const failure = failureOf(error, log);
    writeError(channel.writer, failure);
    this.extended.closePortals();
    try {
      await implicit.fail();
    } catch (rollbackError) {
      log.error('rollback after an error failed', { error: rollbackError });
    }
    return failure.severity !== 'FATAL';
  }
}
