import { invalid } from '../aws/errors.js';
import type { Target } from './statement.js';

/** The members of an input that say who connects to what. */
export interface Connection {
  readonly ClusterIdentifier: string | undefined;
  readonly WorkgroupName: string | undefined;
  readonly SecretArn: string | undefined;
  readonly Database: string | undefined;
  readonly DbUser: string | undefined;
}

/**
 * The database and user an input addresses. A caller without DbUser and secret is an IAM identity, whose database user
 * begins with `IAM:`; the user in a secret is not known here and is assumed to be the server's.
 *
 * @throws AwsError ValidationException without cluster and workgroup, with both, without a database.
 */
export function targetOf(input: Connection, defaultUser: string): Target {
  const { ClusterIdentifier: clusterIdentifier, WorkgroupName: workgroupName, SecretArn: secretArn } = input;
  if (clusterIdentifier === undefined && workgroupName === undefined)
    throw invalid('Either clusterIdentifier or workgroupName must be provided');
  assertOneOf(input);
  if (input.Database === undefined) throw invalid('database must not be null');
  const dbUser = input.DbUser ?? (secretArn === undefined ? `IAM:${defaultUser}` : defaultUser);
  return { clusterIdentifier, workgroupName, secretArn, database: input.Database, dbUser };
}

/** @throws AwsError ValidationException */
export function assertOneOf(input: Pick<Connection, 'ClusterIdentifier' | 'WorkgroupName'>): void {
  if (input.ClusterIdentifier !== undefined && input.WorkgroupName !== undefined)
    throw invalid('clusterIdentifier and workgroupName cannot both be provided');
}

/**
 * A statement in an existing session runs where the session is.
 *
 * @throws AwsError ValidationException for a member that contradicts the session.
 */
export function assertSameTarget(input: Connection, target: Target): void {
  const same: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['clusterIdentifier', input.ClusterIdentifier, target.clusterIdentifier],
    ['workgroupName', input.WorkgroupName, target.workgroupName],
    ['secretArn', input.SecretArn, target.secretArn],
    ['database', input.Database, target.database],
    ['dbUser', input.DbUser, target.dbUser],
  ];
  for (const [name, given, known] of same)
    if (given !== undefined && given !== known) throw invalid(`${name} is not that of the session`);
}

/** The members of an answer that repeat where a statement ran. */
export function targetMembers(target: Target): Readonly<Record<string, string | undefined>> {
  return {
    ClusterIdentifier: target.clusterIdentifier,
    WorkgroupName: target.workgroupName,
    SecretArn: target.secretArn,
    Database: target.database,
    DbUser: target.dbUser,
  };
}
