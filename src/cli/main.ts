import { ConfigError, environmentVariable, settings } from '../server/config.js';

interface Command {
  readonly usage: string;
  readonly summary: string;
  /** Resolves to the exit status. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

/** The commands; each is loaded only when it is called, so that none pays for another's imports. */
const commands: Readonly<Record<string, Command>> = {
  start: {
    usage: 'duckshift start [flags]',
    summary: 'start the server',
    run: async (args) => (await import('./start.js')).start(args),
  },
  demo: {
    usage: 'duckshift demo [--once] [flags]',
    summary: 'start everything, produce events and run the README’s SQL',
    run: async (args) => (await import('./demo.js')).demo(args),
  },
  test: {
    usage: 'duckshift test FILE… [--target postgres://… --kinesis-endpoint URL --http-endpoint URL]',
    summary: 'run text tests against a fresh instance, or against a target',
    run: async (args) => (await import('./test.js')).test(args),
  },
  translate: {
    usage: 'duckshift translate [--json | --show tokens|tree|binding] [FILE|-]',
    summary: 'show the DuckDB SQL or the plan of each statement, or a step before it',
    run: async (args) => (await import('./translate.js')).translate(args),
  },
};

const wrongUsage = 2;

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(help());
    return name === undefined ? wrongUsage : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new ConfigError(`unknown command "${name}"; try duckshift help`);
  if (rest.includes('--help')) {
    process.stdout.write(help());
    return 0;
  }
  return await command.run(rest);
}

function help(): string {
  const lines = ['Amazon Redshift streaming ingestion on a laptop.', ''];
  for (const { usage, summary } of Object.values(commands)) lines.push(`  ${usage}`, `      ${summary}`);
  lines.push('', 'Flags of start and demo (each also as an environment variable):');
  for (const { flag, value, meaning, fallback } of settings) {
    const standard = fallback === undefined || Array.isArray(fallback) || fallback === false ? '' : ` [${fallback}]`;
    lines.push(`  --${flag} ${value}`, `      ${meaning}${standard} (${environmentVariable(flag)})`);
  }
  return `${lines.join('\n')}\n`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof ConfigError || (error instanceof Error && error.name === 'StartError');
  process.stderr.write(`duckshift: ${expected ? error.message : describe(error)}\n`);
  process.exitCode = error instanceof ConfigError ? wrongUsage : 1;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
