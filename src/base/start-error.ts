/**
 * The server cannot start: one line that says why and what to do (a port in use, a data directory held by another
 * process …).
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Words of a failed `listen`, naming the port and the flag that changes it. */
export function listenFailure(error: unknown, what: string, host: string, port: number, flag: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const hint = `choose another with --${flag} PORT (0 = any free port)`;
  if (code === 'EADDRINUSE')
    return new StartError(`port ${port} for ${what} is in use on ${host}; ${hint}`, { cause: error });
  if (code === 'EACCES') return new StartError(`port ${port} for ${what} may not be opened; ${hint}`, { cause: error });
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartError(`${host} is not an address of this machine; choose another with --host`, { cause: error });
  return error;
}
