import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, pgTable, varchar } from 'drizzle-orm/pg-core';
import knex, { type Knex } from 'knex';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { DataTypes, Sequelize } from 'sequelize';
import { DataSource, EntitySchema } from 'typeorm';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Duckshift, startDuckshift } from '../../src/index.js';
import { noStreams } from './no-streams.js';

/**
 * What query builders emit for PostgreSQL and Redshift does not have: refused, and the connection goes on.
 * docs/clients.md lists it.
 */

let duckshift: Duckshift;
beforeAll(async () => {
  duckshift = await startDuckshift(noStreams);
  await duckshift.query('CREATE TABLE made (id integer PRIMARY KEY, name varchar(20))');
});
afterAll(() => duckshift.stop());

const port = () => Number(new URL(duckshift.connectionString).port);
const login = () => ({ host: 'localhost', port: port(), user: 'awsuser', password: 'any', database: 'dev' });

const refused = (word: string) => ({
  code: '42601',
  message: expect.stringMatching(new RegExp(`syntax error at or near "${word}"`, 'i')),
});

test('knex: increments() is an identity, migrations run; returning is refused', async () => {
  const db: Knex = knex({ client: 'redshift', connection: login(), pool: { min: 0, max: 1 } });
  onTestFinished(() => db.destroy());
  await db.schema.createTable('knex_made', (table) => {
    table.increments('id');
    table.string('name', 20);
  });
  await db('knex_made').insert([{ name: 'a' }, { name: 'b' }]);
  const migrationSource: Knex.MigrationSource<string> = {
    getMigrations: async () => ['first'],
    getMigrationName: (name) => name,
    getMigration: async () => ({
      up: (inside) =>
        inside.schema.alterTable('knex_made', (table) => {
          table.integer('added');
        }),
      down: async () => undefined,
    }),
  };
  expect(await db.migrate.latest({ migrationSource })).toEqual([1, ['first']]);
  expect(await db.schema.hasColumn('knex_made', 'added')).toBe(true);
  expect(await db('knex_made').count('* as n').whereNotNull('id')).toEqual([{ n: '2' }]);
  await expect(db.raw("INSERT INTO made VALUES (1, 'a') RETURNING id")).rejects.toMatchObject(refused('returning'));
  expect(await db('made')).toEqual([]);
});

test('kysely: returning and onConflict', async () => {
  const pool = new pg.Pool({ ...login(), max: 1 });
  const db = new Kysely<{ made: { id: number; name: string | null } }>({ dialect: new PostgresDialect({ pool }) });
  onTestFinished(() => db.destroy());
  const insert = db.insertInto('made').values({ id: 1, name: null });
  await expect(insert.returning('id').execute()).rejects.toMatchObject(refused('returning'));
  await expect(insert.onConflict((on) => on.doNothing()).execute()).rejects.toMatchObject(refused('on'));
  expect(await db.selectFrom('made').selectAll().execute()).toEqual([]);
});

test('drizzle: returning, onConflict and nested transactions', async () => {
  const pool = new pg.Pool({ ...login(), max: 1 });
  onTestFinished(() => pool.end());
  const db = drizzle(pool);
  const made = pgTable('made', { id: integer().primaryKey(), name: varchar({ length: 20 }) });
  const cause = (word: string) => ({ cause: refused(word) });
  await expect(db.insert(made).values({ id: 1 }).returning()).rejects.toMatchObject(cause('returning'));
  await expect(db.insert(made).values({ id: 1 }).onConflictDoNothing()).rejects.toMatchObject(cause('on'));
  const nested = db.transaction((outer) => outer.transaction((inner) => inner.execute(sql`SELECT 1`)));
  await expect(nested).rejects.toMatchObject(cause('savepoint'));
  expect(await db.select().from(made)).toEqual([]);
});

test('sequelize: create() without returning: false, auto-increment, sync()', async () => {
  const db = new Sequelize('dev', 'awsuser', 'any', {
    dialect: 'postgres',
    host: 'localhost',
    port: port(),
    logging: false,
    standardConformingStrings: false,
    pool: { min: 0, max: 1 },
  });
  onTestFinished(() => db.close());
  const options = { tableName: 'made', timestamps: false };
  const made = db.define(
    'made',
    { id: { type: DataTypes.INTEGER, primaryKey: true }, name: DataTypes.STRING(20) },
    options,
  );
  const original = (error: object) => ({ original: error });
  await expect(made.create({ id: 1 })).rejects.toMatchObject(original(refused('returning')));
  const counted = db.define('counted', { id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true } });
  await expect(counted.sync()).rejects.toMatchObject(original({ code: '42704' }));
  await expect(made.sync()).rejects.toMatchObject(original({ code: '42883' }));
  expect(await made.findAll()).toEqual([]);
});

test('typeorm: generated columns, upsert', async () => {
  const made = new EntitySchema<{ id: number; name: string | null }>({
    name: 'made',
    columns: { id: { type: 'integer', primary: true }, name: { type: 'varchar', length: 20, nullable: true } },
  });
  const counted = new EntitySchema({
    name: 'counted',
    columns: { id: { type: 'integer', primary: true, generated: 'increment' } },
  });
  const { user: username, ...rest } = login();
  const db = new DataSource({
    type: 'postgres',
    ...rest,
    username,
    entities: [made, counted],
    installExtensions: false,
  });
  await db.initialize();
  onTestFinished(() => db.destroy());
  await expect(db.synchronize()).rejects.toMatchObject({ code: '42704' });
  await expect(db.getRepository(made).upsert({ id: 1 }, ['id'])).rejects.toMatchObject(refused('on'));
  await db.getRepository(made).save({ id: 1, name: 'saved' });
  await db.getRepository(made).save({ id: 1, name: 'again' });
  expect(await db.getRepository(made).find()).toEqual([{ id: 1, name: 'again' }]);
  await db.getRepository(made).delete({ id: 1 });
});
