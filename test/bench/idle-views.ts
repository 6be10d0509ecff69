import { startDuckshift } from '../../src/index.js';
import { report } from './figures.js';

/**
 * What views with AUTO REFRESH cost while nothing comes: processor time of this process (server and reader, not the
 * embedded endpoint) per second.
 */

const seconds = 8;

async function idleShare(views: number): Promise<number> {
  const duckshift = await startDuckshift({ tls: 'off' });
  await duckshift.createStream('clicks', 1);
  await duckshift.query('CREATE EXTERNAL SCHEMA kds FROM KINESIS IAM_ROLE default');
  for (let n = 1; n <= views; n++)
    await duckshift.query(
      `CREATE MATERIALIZED VIEW mv${n} AUTO REFRESH YES AS SELECT JSON_PARSE(kinesis_data) AS d FROM kds.clicks`,
    );
  await duckshift.put('clicks', [{ partitionKey: 'k', data: '{}' }]);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const before = process.cpuUsage();
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const { user, system } = process.cpuUsage(before);
  const elapsed = performance.now() - start;
  await duckshift.stop();
  return ((user + system) / 1_000 / elapsed) * 100;
}

const none = await idleShare(0);
const one = await idleShare(1);
const ten = await idleShare(10);
report({
  name: 'idle-views',
  figures: [
    { what: 'processor without views', value: none, unit: '%' },
    { what: 'processor with 1 idle view', value: one, unit: '%' },
    { what: 'processor with 10 idle views of one stream', value: ten, unit: '%', target: '< 10' },
  ],
});
