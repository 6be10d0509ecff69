import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's CLI needs Debian's Python, whichever python3 comes first in PATH. */
const [program = 'aws', ...firstArguments] = existsSync('/usr/bin/aws')
  ? ['/usr/bin/python3', '/usr/bin/aws']
  : ['aws'];

export interface CliOutcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Run the AWS CLI against `endpoint`, with dummy credentials and no configuration of the machine's. */
export function awsCli(endpoint: string, args: readonly string[]): Promise<CliOutcome> {
  const env = {
    ...process.env,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
  const all = [...firstArguments, '--endpoint-url', endpoint, '--output', 'json', ...args];
  return new Promise((resolve) => {
    execFile(program, all, { env, maxBuffer: 1 << 26 }, (error, out, err) =>
      resolve({ status: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}
