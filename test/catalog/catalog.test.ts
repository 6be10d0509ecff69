import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableEntry } from '../../src/catalog/contract.js';
import type { PrincipalTransaction } from '../../src/catalog/principals/contract.js';
import { newUserAttributes } from '../../src/catalog/principals/users.js';
import { StoredCatalog } from '../../src/catalog/store.js';
import { type DuckdbEngine, openEngine } from '../../src/engine/index.js';

function table(oid: number, name: string, schema = 'public'): TableEntry {
  return {
    kind: 'table',
    oid,
    schema,
    name,
    owner: 'awsuser',
    columns: [],
    constraints: [],
    attributes: { backup: undefined, distStyle: undefined, distKey: undefined, sortKey: [], sortStyle: undefined },
    createdMillis: 0,
  };
}

describe('the stored catalog', () => {
  let engine: DuckdbEngine;
  let catalog: StoredCatalog;
  beforeEach(async () => {
    engine = await openEngine({ databases: ['dev'] });
    catalog = await StoredCatalog.open(engine, 'dev', 'awsuser');
  });
  afterEach(() => engine.close());

  const committed = (name: string) => catalog.snapshot('dev')?.relation('public', name);

  it('begins with the schema public', () => {
    expect(catalog.snapshot('dev')?.schema('public')?.kind).toBe('schema');
    expect(catalog.databases()).toEqual(['dev']);
    expect(catalog.snapshot('nowhere')).toBeUndefined();
  });

  it('shows changes to their transaction at once and to others after publish', async () => {
    const connection = await engine.connect();
    await connection.run('BEGIN');
    const transaction = catalog.begin('dev', connection);
    const oid = transaction.nextOid();
    await transaction.put(table(oid, 't'));
    expect(transaction.snapshot.relation('public', 't')?.oid).toBe(oid);
    expect(committed('t')).toBeUndefined();
    await connection.run('COMMIT');
    transaction.publish();
    expect(committed('t')?.oid).toBe(oid);
  });

  it('forgets a transaction that was discarded', async () => {
    const connection = await engine.connect();
    await connection.run('BEGIN');
    const transaction = catalog.begin('dev', connection);
    await transaction.put(table(transaction.nextOid(), 't'));
    await connection.run('ROLLBACK');
    transaction.discard();
    expect(committed('t')).toBeUndefined();
  });

  it('merges what two transactions commit', async () => {
    const [first, second] = [await engine.connect(), await engine.connect()];
    await first.run('BEGIN');
    await second.run('BEGIN');
    const a = catalog.begin('dev', first);
    const b = catalog.begin('dev', second);
    await a.put(table(a.nextOid(), 'a'));
    await b.put(table(b.nextOid(), 'b'));
    await second.run('COMMIT');
    b.publish();
    await first.run('COMMIT');
    a.publish();
    expect(committed('a')).toBeDefined();
    expect(committed('b')).toBeDefined();
  });

  it('lets a second transaction wait for a name, and see what the first made of it', async () => {
    const [first, second] = [await engine.connect(), await engine.connect()];
    const a = catalog.begin('dev', first);
    await a.put(table(a.nextOid(), 't'));
    const b = catalog.begin('dev', second);
    const claimed = b.claim([{ schema: 'public', name: 't' }]);
    let waited = true;
    void claimed.then(() => {
      waited = false;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(waited).toBe(true);
    a.publish();
    await claimed;
    expect(b.snapshot.relation('public', 't')).toBeDefined();
    b.discard();
  });

  it('stops waiting when it is cancelled, and finds deadlocks', async () => {
    const connection = await engine.connect();
    const a = catalog.begin('dev', connection);
    const b = catalog.begin('dev', connection);
    await a.claim([{ schema: 'public', name: 'a' }]);
    await b.claim([{ schema: 'public', name: 'b' }]);
    const abort = new AbortController();
    const cancelled = b.claim([{ schema: 'public', name: 'a' }], abort.signal);
    abort.abort();
    await expect(cancelled).rejects.toMatchObject({ code: '57014' });
    const waiting = b.claim([{ schema: 'public', name: 'a' }]);
    await expect(a.claim([{ schema: 'public', name: 'b' }])).rejects.toMatchObject({ code: '40P01' });
    a.discard();
    await waiting;
    b.discard();
  });

  it('refuses to overwrite what another transaction changed meanwhile', async () => {
    const connection = await engine.connect();
    const base = catalog.snapshot('dev');
    const first = catalog.begin('dev', connection);
    await first.put(table(first.nextOid(), 't'));
    first.publish();
    const late = catalog.begin('dev', connection, base);
    await expect(late.put(table(late.nextOid(), 't'))).rejects.toMatchObject({ code: 'XX000', message: '1023' });
    late.discard();
  });

  it('knows direct dependents', async () => {
    const connection = await engine.connect();
    const transaction = catalog.begin('dev', connection);
    const oid = transaction.nextOid();
    await transaction.put(table(oid, 't'));
    await transaction.put({
      kind: 'view',
      oid: transaction.nextOid(),
      schema: 'public',
      name: 'v',
      owner: 'awsuser',
      text: 'select 1',
      settings: {
        enableCaseSensitiveIdentifier: false,
        enableCaseSensitiveSuperAttribute: false,
        navigateSuperNullOnError: true,
        castSuperNullOnError: true,
        parseSuperNullOnError: false,
        describeFieldNameInUppercase: false,
      },
      searchPath: ['public'],
      columns: [],
      dependsOn: [oid],
    });
    expect(transaction.snapshot.dependents(oid).map(({ name }) => name)).toEqual(['v']);
    transaction.discard();
  });
});

describe('a database in a data directory', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'catalog-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('keeps its objects and never gives an oid of one again', async () => {
    const before = await openEngine({ dataDirectory: directory, databases: ['dev'] });
    const first = await StoredCatalog.open(before, 'dev', 'awsuser');
    const connection = await before.connect();
    const transaction = first.begin('dev', connection);
    const entry = table(transaction.nextOid(), 't');
    await transaction.put(entry);
    transaction.publish();
    expect(await first.principals.ensureUser('alice')).toBe(100);
    await before.close();

    const after = await openEngine({ dataDirectory: directory, databases: ['dev'] });
    const second = await StoredCatalog.open(after, 'dev', 'awsuser');
    expect(second.snapshot('dev')?.relation('public', 't')).toMatchObject({ oid: entry.oid, name: 't' });
    const next = second.begin('dev', await after.connect()).nextOid();
    expect(next).toBeGreaterThan(entry.oid);
    expect(await second.principals.ensureUser('alice')).toBe(100);
    expect(await second.principals.ensureUser('bob')).toBe(101);
    await after.close();
  });

  it('knows users whatever the database they were made in, and the newest change of each counts', async () => {
    const user = (name: string, connectionLimit: number, id = 200) =>
      ({ kind: 'user', id, name, attributes: { ...newUserAttributes, connectionLimit } }) as const;
    const change = async (
      name: string,
      database: string,
      work: (transaction: PrincipalTransaction) => Promise<void>,
    ) => {
      const engine = await openEngine({ dataDirectory: directory, databases: [database] });
      const catalog = await StoredCatalog.open(engine, database, 'awsuser');
      for (const other of engine.databases()) if (other !== database) await catalog.load(other, 'awsuser');
      const transaction = catalog.principals.begin(database, await engine.connect());
      await transaction.claim([{ kind: 'user', name }]);
      await work(transaction);
      transaction.publish();
      const limits = catalog.principals.current().all('user');
      await engine.close();
      return limits.map((each) => [each.name, each.attributes?.connectionLimit]);
    };
    expect(await change('bob', 'dev', (at) => at.put(user('bob', 1)))).toEqual([['bob', 1]]);
    expect(await change('bob', 'other', (at) => at.put(user('bob', 2)))).toEqual([['bob', 2]]);
    expect(await change('eve', 'dev', (at) => at.put(user('eve', 3, 201)))).toEqual([
      ['bob', 2],
      ['eve', 3],
    ]);
    expect(await change('bob', 'dev', (at) => at.remove(user('bob', 2)))).toEqual([['eve', 3]]);
    expect(await change('eve', 'other', (at) => at.put(user('eve', 4, 201)))).toEqual([['eve', 4]]);
  });

  it('refuses a format it does not know', async () => {
    const before = await openEngine({ dataDirectory: directory, databases: ['dev'] });
    await StoredCatalog.open(before, 'dev', 'awsuser');
    const connection = await before.connect();
    await connection.run('UPDATE "dev"."duckshift"."format" SET version = 99');
    await before.close();
    const after = await openEngine({ dataDirectory: directory, databases: ['dev'] });
    await expect(StoredCatalog.open(after, 'dev', 'awsuser')).rejects.toMatchObject({
      message: expect.stringContaining('format 99'),
    });
    await after.close();
  });
});
