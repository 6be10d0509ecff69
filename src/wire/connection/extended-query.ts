import { SqlError } from '../../../sql-dialect/errors.js';
import { DuckshiftError } from '../../base/errors.js';
import {
  constantMessages,
  writeCommandComplete,
  writeParameterDescription,
  writeRowDescription,
} from '../codec/backend-messages.js';
import type { BindMessage, ParseMessage, Target } from '../codec/frontend-messages.js';
import { FrontendType } from '../codec/protocol.js';
import { parameterOid, typeOfParameterOid, wireField } from '../formats/type-formats.js';
import { boundParameters, resultFormats } from './bind-parameters.js';
import { rowsTag } from './command-tag.js';
import type { ConnectionContext } from './connection-context.js';
import { Portal, type ProtocolStatement } from './portal.js';

/**
 * The extended query protocol of one connection: its statements and portals (PostgreSQL: "Extended Query"). Each method
 * answers one message and throws the error to send to the client; the caller discards messages up to Sync.
 */
export class ExtendedQuery {
  readonly #context: ConnectionContext;
  readonly #statements = new Map<string, ProtocolStatement>();
  readonly #portals = new Map<string, Portal>();

  constructor(context: ConnectionContext) {
    this.#context = context;
  }

  async parse({ name, text, parameterOids }: ParseMessage): Promise<void> {
    const { session, channel } = this.#context;
    if (name !== '' && this.#statements.has(name))
      throw new DuckshiftError('42P05', `prepared statement "${name}" already exists`);
    this.#statements.delete(name);
    const { statements } = session.parse(text);
    if (statements.length > 1) throw new SqlError('42601', 'cannot insert multiple commands into a prepared statement');
    const [statement] = statements;
    const prepared = statement && (await session.prepare(statement, parameterOids.map(typeOfParameterOid)));
    this.#statements.set(name, { prepared, declaredOids: parameterOids });
    channel.writer.bytes(constantMessages.parseComplete);
  }

  bind(message: BindMessage): void {
    const statement = this.#statement(message.statement);
    const name = message.portal;
    if (name !== '' && this.#portals.has(name)) throw new DuckshiftError('42P03', `cursor "${name}" already exists`);
    const parameters = boundParameters(message, statement);
    const formats = resultFormats(message, statement.prepared?.columns?.length ?? 0);
    const portal = new Portal(statement.prepared, parameters, formats);
    this.#closePortal(name);
    this.#portals.set(name, portal);
    this.#context.channel.writer.bytes(constantMessages.bindComplete);
  }

  describe(target: Target, name: string): void {
    const { writer } = this.#context.channel;
    const cursor =
      target === 'portal' && !this.#portals.has(name) ? this.#context.session.cursorColumns?.(name) : undefined;
    if (cursor !== undefined) {
      writeRowDescription(writer, cursor.map(wireField), []);
      return;
    }
    const described = target === 'statement' ? this.#statement(name) : this.#portal(name);
    if (!(described instanceof Portal)) {
      const types = described.prepared?.parameterTypes ?? [];
      const oids = types.map((type, index) => parameterOid(type, described.declaredOids[index]));
      writeParameterDescription(writer, oids);
    }
    const columns = described.prepared?.columns;
    if (columns === undefined) writer.bytes(constantMessages.noData);
    else
      writeRowDescription(writer, columns.map(wireField), described instanceof Portal ? described.resultFormats : []);
  }

  /** @param maxRows 0 or less for all. */
  async execute(name: string, maxRows: number): Promise<void> {
    const { channel, session, interruption } = this.#context;
    const { writer } = channel;
    const portal = this.#portal(name);
    const { prepared } = portal;
    if (prepared === undefined) {
      writer.bytes(constantMessages.emptyQueryResponse);
      return;
    }
    const statusBefore = session.transactionStatus;
    const limit = maxRows > 0 ? maxRows : Number.POSITIVE_INFINITY;
    await interruption.during(async () => {
      if (portal.execution !== undefined && portal.execution.cursor === undefined)
        throw new DuckshiftError('55000', `portal "${name}" cannot be run`);
      if (prepared.columns !== undefined) interruption.markReading();
      const { tag, cursor } = portal.execution ?? (await this.#start(portal, prepared.columns === undefined));
      if (cursor === undefined) {
        writeCommandComplete(writer, tag);
      } else {
        const count = await cursor.send(channel, limit, interruption);
        if (count === limit) {
          writer.bytes(constantMessages.portalSuspended);
        } else {
          cursor.close();
          writeCommandComplete(writer, rowsTag(tag, count));
        }
      }
    }, session.statementTimeoutMillis);
    if (statusBefore !== 'I' && session.transactionStatus === 'I') this.#closePortalsExcept(portal);
  }

  close(target: Target, name: string): void {
    if (target === 'statement') this.#statements.delete(name);
    else this.#closePortal(name);
    this.#context.channel.writer.bytes(constantMessages.closeComplete);
  }

  /** End of a pipeline. @throws what the commit of its implicit transaction throws. */
  async sync(): Promise<void> {
    await this.#context.implicit.commit();
    this.afterTransaction();
  }

  /** Portals do not outlive their transaction. */
  afterTransaction(): void {
    if (this.#context.session.transactionStatus === 'I') this.closePortals();
  }

  /** A simple Query ends the unnamed statement and the unnamed portal. */
  forgetUnnamed(): void {
    this.#statements.delete('');
    this.#closePortal('');
  }

  /** DEALLOCATE: drop the statement of that name, or all. False when there is none. */
  deallocate(name: string | undefined): boolean {
    if (name !== undefined) return this.#statements.delete(name);
    this.#statements.clear();
    return true;
  }

  /** After an error no portal can be resumed. */
  closePortals(): void {
    this.#closePortalsExcept(undefined);
  }

  async #start(portal: Portal, mayWrite: boolean): Promise<NonNullable<Portal['execution']>> {
    const { channel, session, implicit } = this.#context;
    const { prepared, parameters } = portal;
    if (prepared === undefined) throw new DuckshiftError('XX000', 'an empty statement cannot be started');
    // A statement that only Sync follows commits by itself; anything else may be one of several that commit or fail
    // together.
    if (mayWrite && prepared.runsAlone !== true && channel.reader.typeAfterFlushes() !== FrontendType.sync)
      await implicit.begin();
    return portal.start(await session.execute(prepared, parameters, { exactFloats: portal.hasBinaryFloats }));
  }

  #statement(name: string): ProtocolStatement {
    const statement = this.#statements.get(name);
    if (statement !== undefined) return statement;
    throw new DuckshiftError(
      '26000',
      name === '' ? 'unnamed prepared statement does not exist' : `prepared statement "${name}" does not exist`,
    );
  }

  #portal(name: string): Portal {
    const portal = this.#portals.get(name);
    if (portal === undefined) throw new DuckshiftError('34000', `portal "${name}" does not exist`);
    return portal;
  }

  #closePortal(name: string): void {
    this.#portals.get(name)?.close();
    this.#portals.delete(name);
  }

  #closePortalsExcept(kept: Portal | undefined): void {
    for (const [name, portal] of this.#portals) if (portal !== kept) this.#closePortal(name);
  }
}
