import type { StartupMessage } from '../codec/startup-packet.js';

/** Startup keys that are not settings. */
const connectionKeys = new Set(['user', 'database', 'options', 'replication']);

/**
 * Settings a client asks for at start: its startup keys, and those of `options` (libpq's PGOPTIONS: `-c name=value`,
 * `--name=value`; backslash escapes a space), which win.
 */
export function startupSettings({ parameters }: StartupMessage): Record<string, string> {
  const settings = new Map<string, string>();
  for (const [name, value] of parameters) if (!connectionKeys.has(name)) settings.set(name, value);
  for (const [name, value] of optionSettings(parameters.get('options') ?? '')) settings.set(name, value);
  return Object.fromEntries(settings);
}

function optionSettings(options: string): [string, string][] {
  const words = [...options.matchAll(/(?:\\.|[^\s\\])+/gs)].map(([word]) => word.replace(/\\(.)/gs, '$1'));
  const settings: [string, string][] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const assignment = word === '-c' ? words[++index] : word.replace(/^(?:-c|--)/, '');
    const match = assignment === word ? null : /^([^=]+)=(.*)$/s.exec(assignment ?? '');
    if (match !== null) settings.push([(match[1] ?? '').replaceAll('-', '_'), match[2] ?? '']);
  }
  return settings;
}
