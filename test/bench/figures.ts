/** What one benchmark measured. */
export interface BenchmarkResult {
  readonly name: string;
  readonly figures: readonly Figure[];
}
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'x' | 'per s' | 'records/s' | 'MB/s' | 'MB' | '%';
  /** The figure to reach, such as `< 1000` or `>= 0.9`. */
  readonly target?: string | undefined;
}

/** The value below which `share` (0 to 1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  if (value === undefined) throw new RangeError('no samples');
  return value;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** Milliseconds `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Report to the process that started this benchmark, or to a person's terminal. */
export function report(result: BenchmarkResult): void {
  if (process.send !== undefined) process.send(result);
  else console.log(JSON.stringify(result, undefined, 2));
}

/** Whether a value meets a target such as `>= 0.9`. */
export function meets(value: number, target: string): boolean {
  const [operator, limit] = target.split(' ');
  switch (operator) {
    case '<':
      return value < Number(limit);
    case '<=':
      return value <= Number(limit);
    case '>=':
      return value >= Number(limit);
    default:
      throw new RangeError(`not a target: ${target}`);
  }
}
