import { describe, expect, it } from 'vitest';
import { QueryHistory } from '../../src/session/history.js';

const identity = {
  user: 'awsuser',
  userId: 100,
  database: 'dev',
  processId: 1,
  clientAddress: undefined,
  startedMillis: 0,
};

function run(history: QueryHistory, query: number, text: string): void {
  const entry = history.begin({
    query: BigInt(query),
    identity,
    kind: 'select_statement',
    queryType: 'SELECT',
    text,
    label: '',
    startMillis: query,
  });
  history.end(entry, query, undefined);
}

function described(history: QueryHistory): { readonly query: number; readonly text: string }[] {
  return JSON.parse(history.describe());
}

describe('the history of statements', () => {
  it('holds the newest thousand, so that a long session does not fill the memory', () => {
    const history = new QueryHistory();
    for (let query = 1; query <= 1500; query++) run(history, query, 'SELECT 1');
    const queries = described(history).map(({ query }) => query);
    expect(queries).toEqual(Array.from({ length: 1000 }, (_, index) => 501 + index));
  });

  it('holds the first 4000 characters of a text, as SYS_QUERY_HISTORY does', () => {
    const history = new QueryHistory();
    const text = Array.from({ length: 1200 }, (_, index) => `${index} `).join('');
    run(history, 1, text.slice(0, 4000));
    run(history, 2, text);
    expect(text.length).toBeGreaterThan(4000);
    expect(described(history).map((entry) => entry.text)).toEqual([text.slice(0, 4000), text.slice(0, 4000)]);
  });
});
