import { expect, test } from 'vitest';
import { limits } from '../../src/http/data-api/limits.js';
import { Statement } from '../../src/http/data-api/statement.js';
import { StatementStore } from '../../src/http/data-api/statement-store.js';

/** What is remembered of statements is bounded, in number and in bytes. */

const target = {
  clusterIdentifier: 'c',
  workgroupName: undefined,
  secretArn: undefined,
  database: 'dev',
  dbUser: 'awsuser',
};
const now = () => 1n;

function statement(sql: string): Statement {
  const rest = {
    batch: undefined,
    parameters: [],
    name: undefined,
    resultFormat: 'JSON',
    sessionId: undefined,
  } as const;
  return new Statement({ target, sqls: [sql], ...rest }, now);
}

async function finish({ progress }: Statement): Promise<void> {
  for (const status of ['PICKED', 'STARTED', 'FINISHED'] as const) progress.moveTo(status);
  await progress.ended;
}

test('by number: the oldest that ended go first', async () => {
  const store = new StatementStore(now);
  const running = statement('still running');
  store.add(running);
  for (let n = 0; n < limits.rememberedStatements + 5; n++) {
    const next = statement(`SELECT ${n}`);
    store.add(next);
    await finish(next);
  }
  const all = store.all();
  expect(all).toHaveLength(limits.rememberedStatements);
  expect(all.at(-1)).toBe(running);
  expect(all.at(-2)?.request.sqls).toEqual(['SELECT 6']);
  expect(store.activeCount).toBe(1);
});

test('by length of texts', async () => {
  const store = new StatementStore(now);
  const sql = 'x'.repeat(limits.statementBytes);
  for (let n = 0; n < 400; n++) {
    const next = statement(sql);
    store.add(next);
    await finish(next);
  }
  expect(store.all()).toHaveLength(Math.floor(limits.rememberedTextBytes / limits.statementBytes));
});

test('by bytes of results: old results go, the newest stays whatever its size', async () => {
  const store = new StatementStore(now);
  const made: Statement[] = [];
  for (let n = 0; n < 4; n++) {
    const next = statement(`SELECT ${n}`);
    store.add(next);
    const [execution] = next.executions;
    if (execution !== undefined)
      execution.result = { columns: [], pages: [], rowCount: 0, bytes: limits.keptResultBytes / 2 };
    await finish(next);
    made.push(next);
  }
  await Promise.resolve();
  expect(made.map(({ executions }) => executions[0]?.result !== undefined)).toEqual([false, false, true, true]);
  expect(store.all()).toHaveLength(4);
});
