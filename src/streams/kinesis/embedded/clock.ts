const realNow = Date.now;
let offsetMillis = 0;

/**
 * Let this process live `offset` milliseconds away from real time. kinesalite asks `Date.now` only, and nothing else
 * runs in its process: replacing it moves arrival stamps, creation times and the age of iterators together.
 *
 * @returns which way that was
 */
export function moveClock(offset: number): 'forward' | 'back' {
  const way = offset < offsetMillis ? 'back' : 'forward';
  offsetMillis = offset;
  Date.now = offset === 0 ? realNow : () => realNow() + offsetMillis;
  return way;
}
