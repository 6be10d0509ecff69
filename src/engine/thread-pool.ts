/** Size of libuv's thread pool: fixed when the process starts. */
function threadPoolSize(environment: NodeJS.ProcessEnv): number {
  const size = Number(environment.UV_THREADPOOL_SIZE);
  return Number.isInteger(size) && size > 0 ? Math.min(size, 1024) : 4;
}

/**
 * How many statements may run at once. A running statement occupies a thread of libuv's pool; when all are taken,
 * files, DNS and further statements wait for the slowest, so one thread always stays free.
 */
export function concurrentStatements(environment: NodeJS.ProcessEnv = process.env): number {
  return Math.max(1, threadPoolSize(environment) - 1);
}
