import { access } from 'node:fs/promises';
import { ConfigError } from '../server/config.js';
import {
  type ExternalTargetOptions,
  externalTarget,
  formatResult,
  runTestFile,
  startFreshTargetFor,
  TestFileError,
  type TestFileResult,
} from '../testing/index.js';
import { parseArguments } from './arguments.js';

/**
 * `duckshift test FILE…`: run text tests, each file against a fresh in-process instance, or all against `--target`.
 * Resolves to the exit status: 1 when a file failed.
 *
 * @throws ConfigError for a missing file or a wrong target.
 */
export async function test(args: readonly string[]): Promise<number> {
  const { options, positionals } = parseArguments(args, {
    server: false,
    options: ['target', 'kinesis-endpoint', 'http-endpoint'],
    positionals: true,
  });
  if (positionals.length === 0) throw new ConfigError('test needs at least one FILE');
  for (const file of positionals)
    await access(file).catch((error: unknown) => {
      throw new ConfigError(`cannot read ${file}`, { cause: error });
    });
  const { target, 'kinesis-endpoint': kinesisEndpoint, 'http-endpoint': httpEndpoint } = options;
  if (target === undefined && kinesisEndpoint !== undefined)
    throw new ConfigError('--kinesis-endpoint goes with --target postgres://…');
  if (target === undefined && httpEndpoint !== undefined)
    throw new ConfigError('--http-endpoint goes with --target postgres://…');
  if (target !== undefined && !/^postgres(ql)?:\/\//.test(target))
    throw new ConfigError(`--target must be a postgres:// URL, not "${target}"`);

  const results: TestFileResult[] = [];
  for (const file of positionals) {
    const result = await runFile(file, target, { kinesisEndpoint, httpEndpoint }).catch((error: unknown) => {
      if (error instanceof TestFileError) return malformed(file, error);
      throw error;
    });
    results.push(result);
    process.stdout.write(`${formatResult(result)}\n`);
  }
  const failed = results.filter(({ passed }) => !passed).length;
  process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

/** A file that breaks the format's rules counts as failed; the others still run. */
function malformed(path: string, { line, problem }: TestFileError): TestFileResult {
  const failure = { line, message: problem, sql: undefined, difference: undefined };
  return { path, passed: false, steps: 0, skipped: 0, failures: [failure] };
}

async function runFile(
  file: string,
  target: string | undefined,
  endpoints: Pick<ExternalTargetOptions, 'kinesisEndpoint' | 'httpEndpoint'>,
): Promise<TestFileResult> {
  const tested =
    target === undefined ? await startFreshTargetFor(file) : externalTarget({ connectionString: target, ...endpoints });
  try {
    return await runTestFile(file, tested);
  } finally {
    await tested.close();
  }
}
