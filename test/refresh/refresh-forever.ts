// Run as a process of its own: refreshes a view of a growing stream in the data directory given as argument, a line for each refresh, until it is killed.
import { RefreshGround } from './refresh-ground.js';

const ground = await RefreshGround.open({ dataDirectory: process.argv[2] });
ground.streams.batchRows = 20;
ground.streams.create('clicks');
const known = ground.catalog.snapshot('dev')?.relation('public', 'mv');
const mv =
  known?.kind === 'materialized_view'
    ? known
    : await ground.createView('mv', 'SELECT decode(kinesis_data) AS d FROM {kds.clicks}', { d: 'varchar' });
for (let n = 0; n < 2_000; n += 50) {
  ground.streams.put(
    'clicks',
    Array.from({ length: 50 }, (_unused, index) => String(n + index)),
  );
  await ground.refresh(mv);
  process.stdout.write('refreshed\n');
}
setInterval(() => undefined, 1_000);
