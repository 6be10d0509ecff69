import pg from 'pg';

/** A client that asks small queries one after another and reports how long each took. Started by throughput. */
const client = new pg.Client({ connectionString: process.argv[2] });
await client.connect();
let latencies: number[] = [];
process.on('message', () => {
  process.send?.(latencies);
  latencies = [];
});
process.on('disconnect', () => process.exit(0));
for (;;) {
  const start = performance.now();
  await client.query('SELECT sum(a) FROM small');
  latencies.push(performance.now() - start);
  await new Promise((resolve) => setTimeout(resolve, 2));
}
