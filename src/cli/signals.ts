/**
 * Wait for SIGTERM or SIGINT, then stop the server. A second signal, or five seconds,
 * ends the process at once.
 */
export async function untilStopped(stopServer: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = () => {
      process.once('SIGINT', () => process.exit(1));
      process.once('SIGTERM', () => process.exit(1));
      resolve();
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  });
  setTimeout(() => process.exit(0), 4_800).unref();
  await stopServer();
  // Our own work has ended; only idle handles of the engine remain.
  process.exit(0);
}
