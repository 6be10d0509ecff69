import { randomBytes } from 'node:crypto';
import { DuckshiftError } from '../../errors.js';
import type { AuthenticationRequirement, PasswordSecret } from '../auth/authentication.js';
import { checkMd5 } from '../auth/md5.js';
import { ScramExchange, scramMechanism } from '../auth/scram.js';
import { constantMessages, writeMd5Request, writeSaslData, writeSaslRequest } from '../codec/backend-messages.js';
import { BodyReader } from '../codec/body-reader.js';
import { FrontendType } from '../codec/protocol.js';
import { fatalProtocolViolation } from '../codec/protocol-error.js';
import type { Channel } from './channel.js';
import { ClientLeft } from './client-left.js';

/**
 * Have the client prove who it is, up to and including AuthenticationOk (not flushed).
 *
 * @throws DuckshiftError FATAL 28000 when it cannot, 08P01 for a malformed exchange; ClientLeft.
 */
export async function login(channel: Channel, user: string, requirement: AuthenticationRequirement): Promise<void> {
  switch (requirement.method) {
    case 'trust':
      break;
    case 'refuse':
      throw refused(user);
    case 'md5':
      await md5Login(channel, user, requirement.secret);
      break;
    case 'scram-sha-256':
      await scramLogin(channel, user, requirement.secret);
      break;
  }
  channel.writer.bytes(constantMessages.authenticationOk);
}

async function md5Login(channel: Channel, user: string, secret: PasswordSecret | undefined): Promise<void> {
  const salt = randomBytes(4);
  writeMd5Request(channel.writer, salt);
  const answer = (await passwordMessage(channel)).cstring();
  if (!checkMd5(user, secret, salt, answer)) throw refused(user);
}

async function scramLogin(channel: Channel, user: string, secret: PasswordSecret | undefined): Promise<void> {
  writeSaslRequest(channel.writer, [scramMechanism]);
  const initial = await passwordMessage(channel);
  const mechanism = initial.cstring();
  if (mechanism !== scramMechanism)
    throw fatalProtocolViolation('client selected an invalid SASL authentication mechanism');
  const length = initial.int32();
  const exchange = await ScramExchange.start(secret);
  // A length of -1 means no initial response: the first message is asked for with an empty challenge.
  let clientFirst: Buffer;
  if (length === -1) {
    writeSaslData(channel.writer, 'continue', '');
    clientFirst = rest(await passwordMessage(channel));
  } else {
    clientFirst = initial.bytes(length);
  }
  writeSaslData(channel.writer, 'continue', exchange.first(clientFirst.toString('utf8')));
  const signature = exchange.final(rest(await passwordMessage(channel)).toString('utf8'));
  if (signature === undefined) throw refused(user);
  writeSaslData(channel.writer, 'final', signature);
}

async function passwordMessage(channel: Channel): Promise<BodyReader> {
  await channel.flush();
  const message = await channel.next((reader) => reader.next());
  if (message === undefined || message.type === FrontendType.terminate)
    throw new ClientLeft('the client left during authentication');
  if (message.type !== FrontendType.password)
    throw fatalProtocolViolation(`expected password response, got message type ${message.type}`);
  return new BodyReader(message.body);
}

function rest(reader: BodyReader): Buffer {
  return reader.bytes(reader.remaining);
}

/** 28000 as Redshift's PostgreSQL 8.0 heritage has it: AWS's drivers look for it, not for the later 28P01. */
function refused(user: string): DuckshiftError {
  return new DuckshiftError('28000', `password authentication failed for user "${user}"`, { severity: 'FATAL' });
}
