import { defineConfig } from 'vitest/config';

/** What `npm run test:quick` leaves out: tests that need Debian's clients, and those that repeat for coverage over minutes. */
const notQuick = [
  'test/clients/**',
  'test/wire/psql.test.ts',
  'test/http/{cli,credentials,storm}.test.ts',
  'test/protocol/{connections,copy,fuzz,limits}.test.ts',
  'test/property/**',
  'test/sql-dialect/grammar/{mutation,libpg-query,node-sql-parser}.test.ts',
];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**', ...(process.env.QUICK === undefined ? [] : notQuick)],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    env: { UV_THREADPOOL_SIZE: '16', AWS_EC2_METADATA_DISABLED: 'true' },
  },
});
