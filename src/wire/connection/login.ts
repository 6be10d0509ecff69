import { randomBytes } from 'node:crypto';
import { DuckshiftError } from '../../base/errors.js';
import type { AuthenticationRequirement, PasswordSecret } from '../auth/authentication.js';
import { checkMd5 } from '../auth/md5.js';
import { ScramExchange, scramMechanism } from '../auth/scram.js';
import { checkClearText, checkDigestAnswer, sha256Algorithm } from '../auth/sha256.js';
import {
  constantMessages,
  writeDigestRequest,
  writeMd5Request,
  writeSaslData,
  writeSaslRequest,
} from '../codec/backend-messages.js';
import { BodyReader } from '../codec/body-reader.js';
import { FrontendType } from '../codec/protocol.js';
import { fatalProtocolViolation } from '../codec/protocol-error.js';
import type { Channel } from './channel.js';
import { ClientDisconnected } from './client-disconnected.js';

/** What decides how a client can be asked. */
export interface ClientTraits {
  /** One of AWS's own drivers, which know Redshift's digest exchange. */
  readonly redshiftDriver: boolean;
  /** Nobody else can read what the client sends: the connection uses TLS or does not leave the machine. */
  readonly unheard: boolean;
}

const nonceBytes = 16;

/**
 * Have the client prove who it is, up to and including AuthenticationOk (not flushed).
 *
 * @throws DuckshiftError FATAL 28000 when it cannot, 08P01 for a malformed exchange; ClientDisconnected.
 */
export async function login(
  channel: Channel,
  user: string,
  requirement: AuthenticationRequirement,
  traits: ClientTraits,
): Promise<void> {
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
    case 'sha-256':
      // Other clients do not know the exchange; those that may not send the password in clear text get it all the same.
      if (!traits.redshiftDriver && traits.unheard) await clearTextLogin(channel, user, requirement.secret);
      else await digestLogin(channel, user, requirement.secret);
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

async function clearTextLogin(channel: Channel, user: string, secret: PasswordSecret | undefined): Promise<void> {
  channel.writer.bytes(constantMessages.cleartextRequest);
  const password = (await passwordMessage(channel)).cstring();
  if (!checkClearText(secret, password)) throw refused(user);
}

async function digestLogin(channel: Channel, user: string, secret: PasswordSecret | undefined): Promise<void> {
  const salt = secret?.type === 'sha-256' ? secret.salt : randomBytes(nonceBytes);
  const nonce = randomBytes(nonceBytes);
  writeDigestRequest(channel.writer, sha256Algorithm, salt, nonce);
  const answer = await passwordMessage(channel, FrontendType.digestAnswer);
  const digest = answer.bytes(answer.int32());
  const clientNonce = answer.bytes(answer.int32());
  if (!checkDigestAnswer(secret, nonce, clientNonce, digest)) throw refused(user);
}

async function scramLogin(channel: Channel, user: string, secret: PasswordSecret | undefined): Promise<void> {
  writeSaslRequest(channel.writer, [scramMechanism]);
  const initial = await passwordMessage(channel);
  const mechanism = initial.cstring();
  if (mechanism !== scramMechanism)
    throw fatalProtocolViolation('client selected an invalid SASL authentication mechanism');
  const length = initial.int32();
  const exchange = await ScramExchange.start(secret);
  // A length of -1 means no initial response: an empty challenge asks for the first message.
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

async function passwordMessage(channel: Channel, type: number = FrontendType.password): Promise<BodyReader> {
  await channel.flush();
  const message = await channel.next((reader) => reader.nextOfLogin());
  if (message === undefined || message.type === FrontendType.terminate)
    throw new ClientDisconnected('the client left during authentication');
  if (message.type !== type)
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
