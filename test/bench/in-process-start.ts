/** Prints the milliseconds from the import of the package to the first row. Started by cold-start. */
const start = performance.now();
const { startDuckshift } = await import('../../src/index.js');
const duckshift = await startDuckshift();
await duckshift.query('SELECT 1');
process.stdout.write(String(performance.now() - start));
await duckshift.stop();
