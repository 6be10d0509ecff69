// Run as a process of its own: opens the data directory given as argument, commits 100 rows, says so and stays.
import { openEngine } from '../../src/engine/index.js';

const engine = await openEngine({ dataDirectory: process.argv[2], databases: ['dev'] });
const connection = await engine.connect();
await connection.run('CREATE TABLE dev.public.kept AS SELECT * FROM range(100)');
process.stdout.write('ready\n');
setInterval(() => undefined, 1_000);
