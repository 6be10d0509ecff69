import { Duplex } from 'node:stream';

/** Two streams joined end to end in memory: what is written to one is read from the other. */
export function duplexPair(): [Duplex, Duplex] {
  const near: Duplex = half(() => far);
  const far: Duplex = half(() => near);
  return [near, far];
}

function half(other: () => Duplex): Duplex {
  return new Duplex({
    allowHalfOpen: true,
    read: () => undefined,
    write: (chunk: Buffer, _encoding, callback) => {
      other().push(Buffer.from(chunk));
      setImmediate(callback);
    },
    final: (callback) => {
      other().push(null);
      callback();
    },
  });
}
