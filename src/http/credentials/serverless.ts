import { invalid } from '../aws/errors.js';
import { epochSeconds, type JsonAnswer, type JsonService, operation } from '../aws/json-protocol.js';
import { integer, optional, required, structure, text } from '../aws/shapes.js';
import { accountId, type CredentialDeps, defaultName, issueForIdentity, lifetime } from './credential-calls.js';

const name = text({ min: 1, max: 2048 });

const getCredentials = structure({
  dbName: optional(name),
  durationSeconds: optional(integer(lifetime.shortest, lifetime.longest)),
  workgroupName: optional(name),
  customDomainName: optional(name),
});

const getWorkgroup = structure({ workgroupName: required(name) });

/**
 * The calls of the Amazon Redshift Serverless API that drivers make to log in. Any workgroup name means this server.
 */
export function serverlessService(parts: CredentialDeps): JsonService {
  return {
    target: 'RedshiftServerless',
    signingName: 'redshift-serverless',
    operations: {
      GetCredentials: operation(getCredentials, ({ workgroupName, customDomainName, durationSeconds }) => {
        if (workgroupName === undefined && customDomainName === undefined)
          throw invalid('Either workgroupName or customDomainName must be provided');
        return credentials(parts, durationSeconds ?? lifetime.usual);
      }),
      GetWorkgroup: operation(getWorkgroup, ({ workgroupName }) => ({ workgroup: workgroup(parts, workgroupName) })),
    },
  };
}

function credentials(parts: CredentialDeps, seconds: number): JsonAnswer {
  const { login, password, expiresMicros } = issueForIdentity(parts, seconds);
  const expiration = epochSeconds(expiresMicros);
  return { dbUser: login, dbPassword: password, expiration, nextRefreshTime: expiration };
}

function workgroup(parts: CredentialDeps, workgroupName: string): Readonly<Record<string, unknown>> {
  const { host, port, region, startedMicros } = parts.server();
  return {
    workgroupName,
    workgroupId: '00000000-0000-0000-0000-000000000000',
    workgroupArn: `arn:aws:redshift-serverless:${region}:${accountId}:workgroup/00000000-0000-0000-0000-000000000000`,
    namespaceName: defaultName,
    status: 'AVAILABLE',
    endpoint: { address: host, port, vpcEndpoints: [] },
    port,
    baseCapacity: 8,
    enhancedVpcRouting: false,
    publiclyAccessible: false,
    configParameters: [],
    securityGroupIds: [],
    subnetIds: [],
    // The serverless API writes its times as texts.
    creationDate: new Date(Number(startedMicros / 1000n)).toISOString(),
  };
}
