import { expect, it } from 'vitest';
import { openEngine } from '../../src/engine/index.js';

/** RSS needs no help to fall: what is seen here is that results do not pile up while each is read and closed. */
it('the memory of results that were read is given back', async () => {
  const engine = await openEngine({ databases: ['dev'] });
  try {
    const connection = await engine.connect();
    const columns = [{ label: 'c', type: { id: 'varchar' } }] as const;
    const sizes: number[] = [];
    for (let round = 0; round < 6; round++) {
      const result = await connection.query("SELECT repeat('x', 200) || i AS c FROM range(400000) AS t(i)", columns);
      let rows = 0;
      for (let chunk = await result.next(); chunk !== undefined; chunk = await result.next()) rows += chunk.rowCount;
      result.close();
      expect(rows).toBe(400_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
      sizes.push(process.memoryUsage.rss());
    }
    // Each result takes about 90 MB.
    const [, second = 0] = sizes;
    expect((sizes.at(-1) ?? 0) - second).toBeLessThan(200_000_000);
  } finally {
    await engine.close();
  }
});
