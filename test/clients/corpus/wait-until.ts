import { setTimeout as pause } from 'node:timers/promises';

/** Poll until the answer is yes. Rejects after a minute. */
export async function waitUntil(what: string, asked: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await asked())) {
    if (Date.now() > end) throw new Error(`still waiting until ${what}`);
    await pause(20);
  }
}
