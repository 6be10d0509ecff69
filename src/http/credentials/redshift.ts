import { AwsError } from '../aws/errors.js';
import type { QueryOperation, QueryParameters, QueryService } from '../aws/query-protocol.js';
import type { XmlValue } from '../aws/xml.js';
import {
  accountId,
  type CredentialDeps,
  defaultName,
  isoTime,
  issueForIdentity,
  issueForUser,
  lifetime,
} from './credential-calls.js';

/**
 * The calls of the Amazon Redshift API that drivers make to log in (Amazon Redshift API Reference). Any cluster
 * identifier names this server.
 */
export function redshiftService(parts: CredentialDeps): QueryService {
  const operations: Readonly<Record<string, QueryOperation>> = {
    GetClusterCredentials: (parameters) => clusterCredentials(parts, parameters),
    GetClusterCredentialsWithIAM: (parameters) => clusterCredentialsWithIam(parts, parameters),
    DescribeClusters: (parameters) => describeClusters(parts, parameters),
    DescribeCustomDomainAssociations: (parameters) => describeCustomDomains(parameters),
  };
  return {
    version: '2012-12-01',
    signingName: 'redshift',
    namespace: 'http://redshift.amazonaws.com/doc/2012-12-01/',
    operations,
  };
}

function clusterCredentials(parts: CredentialDeps, parameters: QueryParameters): XmlValue {
  const user = parameters.required('DbUser');
  requireCluster(parameters);
  const { login, password, expiresMicros } = issueForUser(
    parts,
    user,
    parameters.flag('AutoCreate'),
    secondsOf(parameters),
  );
  return { DbUser: login, DbPassword: password, Expiration: isoTime(expiresMicros) };
}

function clusterCredentialsWithIam(parts: CredentialDeps, parameters: QueryParameters): XmlValue {
  requireCluster(parameters);
  const { login, password, expiresMicros } = issueForIdentity(parts, secondsOf(parameters));
  return {
    DbUser: login,
    DbPassword: password,
    Expiration: isoTime(expiresMicros),
    NextRefreshTime: isoTime(expiresMicros),
  };
}

function describeClusters(parts: CredentialDeps, parameters: QueryParameters): XmlValue {
  const name = parameters.optional('ClusterIdentifier') ?? defaultName;
  const { host, port, region, database, user, startedMicros } = parts.server();
  const cluster = {
    ClusterIdentifier: name,
    NodeType: 'ra3.large',
    ClusterStatus: 'available',
    ClusterAvailabilityStatus: 'Available',
    MasterUsername: user,
    DBName: database,
    Endpoint: { Address: host, Port: port },
    ClusterCreateTime: isoTime(startedMicros),
    AvailabilityZone: `${region}a`,
    ClusterVersion: '1.0',
    NumberOfNodes: 1,
    PubliclyAccessible: false,
    Encrypted: false,
    ClusterNamespaceArn: `arn:aws:redshift:${region}:${accountId}:namespace:${name}`,
  };
  return { Clusters: { item: 'Cluster', items: [cluster] } };
}

/** Any custom domain name means the default cluster; there are none to list. */
function describeCustomDomains(parameters: QueryParameters): XmlValue {
  const domain = parameters.optional('CustomDomainName');
  if (domain === undefined) return { Associations: { item: 'Association', items: [] } };
  const certificate = { CustomDomainName: domain, ClusterIdentifier: defaultName };
  const association = { CertificateAssociations: { item: 'CertificateAssociation', items: [certificate] } };
  return { Associations: { item: 'Association', items: [association] } };
}

function secondsOf(parameters: QueryParameters): number {
  return parameters.integer('DurationSeconds', lifetime.usual, lifetime.shortest, lifetime.longest);
}

function requireCluster(parameters: QueryParameters): void {
  if (parameters.optional('ClusterIdentifier') === undefined && parameters.optional('CustomDomainName') === undefined)
    throw new AwsError('MissingParameter', 'The request must contain the parameter ClusterIdentifier.');
}
