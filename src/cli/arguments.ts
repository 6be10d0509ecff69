import { parseArgs } from 'node:util';
import { ConfigError, settings } from '../server/config.js';

export interface ParsedArguments {
  /** Values of the server's settings by flag name. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  /** Command-specific switches that were given. */
  readonly switches: ReadonlySet<string>;
  /** Command-specific options with a value. */
  readonly options: Readonly<Record<string, string | undefined>>;
  readonly positionals: readonly string[];
}

export interface CommandFlags {
  /** Accept the server's settings (`--port` …). */
  readonly server: boolean;
  readonly switches?: readonly string[];
  readonly options?: readonly string[];
  readonly positionals?: boolean;
}

/**
 * Parse the arguments after the command's name.
 *
 * @throws ConfigError with one line that names the flag.
 */
export function parseArguments(args: readonly string[], accepted: CommandFlags): ParsedArguments {
  const options: Record<string, { type: 'string' | 'boolean' }> = { help: { type: 'boolean' } };
  if (accepted.server) for (const { flag } of settings) options[flag] = { type: 'string' };
  for (const name of accepted.switches ?? []) options[name] = { type: 'boolean' };
  for (const name of accepted.options ?? []) options[name] = { type: 'string' };
  const parsed = parse([...args], options, accepted.positionals ?? false);
  const flags: Record<string, string | undefined> = {};
  const own: Record<string, string | undefined> = {};
  const switches = new Set<string>();
  for (const [name, value] of Object.entries(parsed.values)) {
    if (value === true) switches.add(name);
    else if (typeof value === 'string') (accepted.options?.includes(name) === true ? own : flags)[name] = value;
  }
  return { flags, switches, options: own, positionals: parsed.positionals };
}

function parse(args: string[], options: Record<string, { type: 'string' | 'boolean' }>, allowPositionals: boolean) {
  try {
    return parseArgs({ args, options, allowPositionals, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConfigError(message.split(/\. To specify|\n/)[0] ?? message, { cause: error });
  }
}
