import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StartError } from '../base/start-error.js';

const lockFileName = 'duckshift.lock';
/** How far two readings of one process's start may differ where the system does not report it exactly. */
const startToleranceMs = 5_000;

interface Holder {
  readonly pid: number;
  /** When the process started, milliseconds since the epoch. */
  readonly startedMillis: number;
  /** Distinguishes a process from a later one with the same pid; undefined where the system has nothing like it. */
  readonly incarnation: string | undefined;
  readonly host: string;
}

/**
 * Takes the lock of a data directory: two processes (or two threads of one) on the same database file would lose
 * committed rows. A lock whose process is gone is taken over. Returns the function that gives it back.
 *
 * @throws StartError naming the process that holds it.
 */
export function lockDataDirectory(directory: string): () => void {
  const path = join(directory, lockFileName);
  const own = ownHolder();
  for (;;) {
    try {
      writeFileSync(path, `${JSON.stringify(own)}\n`, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = readHolder(path);
    if (holder !== undefined && holds(holder, own)) {
      const who = holder.pid === own.pid ? 'this process' : `process ${holder.pid}`;
      throw new StartError(
        `the data directory ${directory} is in use by duckshift in ${who}, started ${new Date(holder.startedMillis).toISOString()}; stop it or choose another with --data DIR`,
      );
    }
    rmSync(path, { force: true });
  }
}

/** A holder on another machine (or container) cannot be asked: DuckDB's own file lock then decides. */
function holds(holder: Holder, own: Holder): boolean {
  if (holder.host !== own.host) return false;
  if (holder.pid === own.pid) {
    if (holder.incarnation !== undefined && own.incarnation !== undefined)
      return holder.incarnation === own.incarnation;
    return Math.abs(holder.startedMillis - own.startedMillis) < startToleranceMs;
  }
  if (!isAlive(holder.pid)) return false;
  const incarnation = incarnationOf(holder.pid);
  return incarnation === undefined || holder.incarnation === undefined || incarnation === holder.incarnation;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function ownHolder(): Holder {
  return {
    pid: process.pid,
    startedMillis: Math.round(Date.now() - process.uptime() * 1000),
    incarnation: incarnationOf(process.pid),
    host: hostname(),
  };
}

/** Boot and start time in clock ticks, from Linux's process files. */
function incarnationOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name in parentheses may hold blanks; the start time is the 20th field behind it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? undefined : `${boot}:${ticks}`;
  } catch {
    return undefined;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, startedMillis, incarnation, host }: Partial<Record<keyof Holder, unknown>> = value;
    if (typeof pid !== 'number' || typeof startedMillis !== 'number' || typeof host !== 'string') return undefined;
    return { pid, startedMillis, incarnation: typeof incarnation === 'string' ? incarnation : undefined, host };
  } catch {
    return undefined;
  }
}
