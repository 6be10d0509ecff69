import { type LogFormat, type LogLevel, logLevels } from '../base/log.js';

/** The settings of `duckshift start`. Ports: 0 means any free one. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly httpPort: number;
  readonly kinesisPort: number;
  /** Use this endpoint; no embedded Kinesis is started then. */
  readonly kinesisEndpoint: string | undefined;
  readonly kinesisPoll: 'local' | 'aws' | undefined;
  readonly kinesisThrottle: boolean;
  readonly streams: readonly StreamSpecification[];
  readonly init: string | undefined;
  readonly initDir: string | undefined;
  readonly advertiseHost: string | undefined;
  readonly advertisePort: number | undefined;
  readonly accessKey: string | undefined;
  readonly secretKey: string | undefined;
  readonly region: string;
  /** Directory that keeps database, streams and certificate; undefined keeps all in memory. */
  readonly data: string | undefined;
  readonly database: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** How a client proves that it knows a password. */
  readonly auth: 'md5' | 'scram-sha-256';
  readonly tls: 'on' | 'off' | 'require';
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

export interface StreamSpecification {
  readonly name: string;
  readonly shards: number;
}

/** A flag, an environment variable or an option that cannot be understood: one line for the user, exit status 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

interface Setting<K extends keyof Config = keyof Config> {
  readonly key: K;
  /** Long flag without dashes. Its environment variable is `DUCKSHIFT_` and the flag in upper case with underscores. */
  readonly flag: string;
  readonly value: string;
  readonly meaning: string;
  readonly fallback: Config[K];
  /** @throws ConfigError. `name` is the flag or variable as the user wrote it. */
  readonly parse: (text: string, name: string) => Config[K];
}

function setting<K extends keyof Config>(definition: Setting<K>): Setting {
  return definition as unknown as Setting;
}

/** The one table of settings: flags, defaults, meanings, validation. */
export const settings: readonly Setting[] = [
  setting({
    key: 'host',
    flag: 'host',
    value: 'ADDRESS',
    meaning: 'bind address of all listeners',
    fallback: '127.0.0.1',
    parse: text,
  }),
  setting({
    key: 'port',
    flag: 'port',
    value: 'PORT',
    meaning: 'Postgres protocol; 0 = any free port',
    fallback: 5439,
    parse: port,
  }),
  setting({
    key: 'httpPort',
    flag: 'http-port',
    value: 'PORT',
    meaning: 'Data API, credential calls, health, metrics and admin API over HTTP; 0 = any free port',
    fallback: 8439,
    parse: port,
  }),
  setting({
    key: 'kinesisPort',
    flag: 'kinesis-port',
    value: 'PORT',
    meaning: 'embedded Kinesis; 0 = any free port',
    fallback: 4567,
    parse: port,
  }),
  setting({
    key: 'kinesisEndpoint',
    flag: 'kinesis-endpoint',
    value: 'URL',
    meaning: 'read streams from this endpoint; no embedded Kinesis is started',
    fallback: undefined,
    parse: url,
  }),
  setting({
    key: 'kinesisPoll',
    flag: 'kinesis-poll',
    value: 'local|aws',
    meaning:
      "reader's pace: as fast as useful, or AWS's limits (default: by the endpoint's host and --kinesis-throttle)",
    fallback: undefined,
    parse: oneOf('local', 'aws'),
  }),
  setting({
    key: 'kinesisThrottle',
    flag: 'kinesis-throttle',
    value: 'on|off',
    meaning: "the embedded endpoint enforces AWS's shard limits",
    fallback: false,
    parse: (value, name) => oneOf('on', 'off')(value, name) === 'on',
  }),
  setting({
    key: 'streams',
    flag: 'streams',
    value: 'a:2,b:1',
    meaning: 'create these streams (name:shards) at start',
    fallback: [],
    parse: streamList,
  }),
  setting({
    key: 'init',
    flag: 'init',
    value: 'FILE.sql',
    meaning: 'SQL run at start, once per data directory',
    fallback: undefined,
    parse: text,
  }),
  setting({
    key: 'initDir',
    flag: 'init-dir',
    value: 'DIR',
    meaning: 'like --init, every *.sql of a directory in name order',
    fallback: undefined,
    parse: text,
  }),
  setting({
    key: 'advertiseHost',
    flag: 'advertise-host',
    value: 'HOST',
    meaning: 'host that DescribeClusters and GetWorkgroup tell drivers',
    fallback: undefined,
    parse: text,
  }),
  setting({
    key: 'advertisePort',
    flag: 'advertise-port',
    value: 'PORT',
    meaning: 'port that DescribeClusters and GetWorkgroup tell drivers',
    fallback: undefined,
    parse: port,
  }),
  setting({
    key: 'accessKey',
    flag: 'access-key',
    value: 'ID',
    meaning: 'verify HTTP signatures against this access key',
    fallback: undefined,
    parse: text,
  }),
  setting({
    key: 'secretKey',
    flag: 'secret-key',
    value: 'KEY',
    meaning: 'secret of --access-key',
    fallback: undefined,
    parse: text,
  }),
  setting({
    key: 'region',
    flag: 'region',
    value: 'REGION',
    meaning: 'AWS region of the embedded Kinesis and of signatures',
    fallback: 'us-east-1',
    parse: text,
  }),
  setting({
    key: 'data',
    flag: 'data',
    value: 'DIR',
    meaning: 'keep database, streams and certificate in this directory (default: in memory)',
    fallback: undefined,
    parse: text,
  }),
  setting({
    key: 'database',
    flag: 'database',
    value: 'NAME',
    meaning: 'name of the default database',
    fallback: 'dev',
    parse: databaseName,
  }),
  setting({
    key: 'user',
    flag: 'user',
    value: 'NAME',
    meaning: 'the only user that may connect (default: any)',
    fallback: undefined,
    parse: text,
  }),
  setting({
    key: 'password',
    flag: 'password',
    value: 'TEXT',
    meaning: 'password required from clients (default: any)',
    fallback: undefined,
    parse: text,
  }),
  setting({
    key: 'auth',
    flag: 'auth',
    value: 'md5|scram-sha-256',
    meaning: 'how clients prove a password: as with Redshift, or without MD5',
    fallback: 'md5',
    parse: oneOf('md5', 'scram-sha-256'),
  }),
  setting({
    key: 'tls',
    flag: 'tls',
    value: 'on|off|require',
    meaning: 'offer TLS with a generated certificate, or not, or insist on it',
    fallback: 'on',
    parse: oneOf('on', 'off', 'require'),
  }),
  setting({
    key: 'logLevel',
    flag: 'log-level',
    value: logLevels.join('|'),
    meaning: 'how much to log on standard error',
    fallback: 'info',
    parse: oneOf(...logLevels),
  }),
  setting({
    key: 'logFormat',
    flag: 'log-format',
    value: 'pretty|json',
    meaning: 'json: log lines as JSON, and one `ready` line on standard output',
    fallback: 'pretty',
    parse: oneOf('pretty', 'json'),
  }),
];

/** The configuration when nothing is said. */
export const defaultConfig: Config = Object.fromEntries(
  settings.map(({ key, fallback }) => [key, fallback]),
) as unknown as Config;

/** The environment variable of a flag: `http-port` is `DUCKSHIFT_HTTP_PORT`. */
export function environmentVariable(flag: string): string {
  return `DUCKSHIFT_${flag.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Read a configuration from flags (without their dashes) and the environment; flags win.
 *
 * @throws ConfigError naming the flag or variable, what was given and what is allowed.
 */
export function readConfig(
  flags: Readonly<Record<string, string | undefined>>,
  environment: Readonly<Record<string, string | undefined>>,
): Config {
  const values: Partial<Record<keyof Config, unknown>> = {};
  for (const definition of settings) {
    const variable = environmentVariable(definition.flag);
    const fromFlag = flags[definition.flag];
    const given = fromFlag ?? environment[variable];
    if (given === undefined) continue;
    const name = fromFlag === undefined ? variable : `--${definition.flag}`;
    const value = definition.parse(given, name);
    values[definition.key] = value;
  }
  return checkConfig({ ...defaultConfig, ...(values as Partial<Config>) });
}

/** Rules between settings. @throws ConfigError */
export function checkConfig(config: Config): Config {
  if (config.password !== undefined && config.user === undefined)
    throw new ConfigError('--password needs --user: say which user it belongs to');
  if ((config.accessKey === undefined) !== (config.secretKey === undefined))
    throw new ConfigError('--access-key and --secret-key belong together');
  if (config.init !== undefined && config.initDir !== undefined)
    throw new ConfigError('--init and --init-dir cannot be given together');
  if (config.kinesisThrottle && config.kinesisEndpoint !== undefined)
    throw new ConfigError('--kinesis-throttle is for the embedded Kinesis and cannot be given with --kinesis-endpoint');
  return config;
}

function text(value: string, name: string): string {
  if (value === '') throw new ConfigError(`${name} must not be empty`);
  return value;
}

function port(value: string, name: string): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number <= 65535)) throw new ConfigError(`${name} must be a port number from 0 to 65535, not "${value}"`);
  return number;
}

function url(value: string, name: string): string {
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:')
    throw new ConfigError(`${name} must be an http:// or https:// URL, not "${value}"`);
  return value;
}

function oneOf<const T extends string>(...allowed: readonly T[]): (value: string, name: string) => T {
  return (value, name) => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new ConfigError(`${name} must be one of ${allowed.join(', ')}, not "${value}"`);
    return found;
  };
}

function streamList(value: string, name: string): readonly StreamSpecification[] {
  return value
    .split(',')
    .filter((item) => item !== '')
    .map((item) => {
      const match = /^([a-zA-Z0-9_.-]{1,128})(?::(\d{1,4}))?$/.exec(item.trim());
      const shards = Number(match?.[2] ?? '1');
      if (match?.[1] === undefined || shards < 1)
        throw new ConfigError(`${name} must look like clicks:2,orders:1, not "${item}"`);
      return { name: match[1], shards };
    });
}

function databaseName(value: string, name: string): string {
  if (!/^[a-z_][a-z0-9_$]{0,126}$/.test(value) || ['temp', 'system', 'memory', 'main'].includes(value))
    throw new ConfigError(
      `${name} must be a lower-case database name other than temp, system, memory or main, not "${value}"`,
    );
  return value;
}
