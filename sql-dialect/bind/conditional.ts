/**
 * Which arguments of a conditional function agree in type, and which are compared ("Conditional expressions", AWS
 * developer guide).
 */
export interface Alignment {
  /** Semaphore of the arguments that are brought to one type. */
  readonly values: readonly number[];
  /** Semaphore of arguments compared with each other. */
  readonly comparisons: readonly (readonly [number, number])[];
  readonly resultIsCommon: boolean;
}

const all = (count: number): Alignment => ({ values: places(0, count), comparisons: [], resultIsCommon: true });

const alignments: ReadonlyMap<string, (count: number) => Alignment> = new Map([
  ['coalesce', all],
  ['nvl', all],
  ['isnull', all],
  ['greatest', all],
  ['least', all],
  ['nvl2', () => ({ values: [1, 2], comparisons: [], resultIsCommon: true })],
  ['nullif', () => ({ values: [], comparisons: [[0, 1]], resultIsCommon: false })],
  ['decode', decode],
]);

/** How the arguments of `name` (lower case) align, or undefined when each is independent. */
export function alignedArguments(name: string, count: number): Alignment | undefined {
  return alignments.get(name)?.(count);
}

/** `expression, search, result, search, result, …[, default]`. */
function decode(count: number): Alignment {
  const values: number[] = [];
  const comparisons: [number, number][] = [];
  let i = 1;
  for (; i + 1 < count; i += 2) {
    comparisons.push([0, i]);
    values.push(i + 1);
  }
  if (i < count) values.push(i);
  return { values, comparisons, resultIsCommon: true };
}

function places(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_unused, i) => from + i);
}
