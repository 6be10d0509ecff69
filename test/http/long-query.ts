/** Runs for minutes, and can be cancelled at any time. */
export const longQuery =
  'SELECT count(*) FROM generate_series(1, 100000) a(x), generate_series(1, 100000) b(y) WHERE (x * y) % 7 = 3';
