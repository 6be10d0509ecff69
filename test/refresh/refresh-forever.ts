// Run as a process of its own: refreshes a view of a growing stream in the data directory given as argument, a line for
// each refresh, until it is killed.
import { RefreshFixture } from './refresh-fixture.js';

const fixture = await RefreshFixture.open({ dataDirectory: process.argv[2] });
fixture.streams.batchRows = 20;
fixture.streams.create('clicks');
const known = fixture.catalog.snapshot('dev')?.relation('public', 'mv');
const mv =
  known?.kind === 'materialized_view'
    ? known
    : await fixture.createView('mv', 'SELECT decode(kinesis_data) AS d FROM {kds.clicks}', { d: 'varchar' });
for (let n = 0; n < 2_000; n += 50) {
  fixture.streams.put(
    'clicks',
    Array.from({ length: 50 }, (_unused, index) => String(n + index)),
  );
  await fixture.refresh(mv);
  process.stdout.write('refreshed\n');
}
setInterval(() => undefined, 1_000);
