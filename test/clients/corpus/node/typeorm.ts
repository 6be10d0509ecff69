import { readFile } from 'node:fs/promises';
import {
  DataSource,
  type EntityManager,
  EntitySchema,
  type EntitySchemaColumnOptions,
  type QueryRunner,
} from 'typeorm';
import { type CorpusColumn, columns } from '../corpus.js';
import { codeOf, inSql, numbered, type OpenClient, type Statements, textualTimes, valuesOf } from './client.js';

/** TypeORM knows neither SUPER nor VARBYTE: these columns are added and written in SQL. */
const isDeclared = ({ place }: CorpusColumn): boolean => place === undefined;
const declared = columns.filter(isDeclared);
const added = columns.filter((column) => !isDeclared(column));

/** TypeORM: its schema builder, query builder, pool, streams by pg-query-stream. */
export const openTypeorm: OpenClient = async (target) => {
  const { table } = target;
  const entity = new EntitySchema<Record<string, unknown>>({
    name: table,
    tableName: table,
    columns: {
      id: { type: 'integer', primary: true },
      ...Object.fromEntries(declared.map(({ name, type }) => [name, columnOf(type)])),
    },
  });
  const db = new DataSource({
    type: 'postgres',
    host: 'localhost',
    port: target.port,
    username: 'awsuser',
    password: 'any',
    database: 'dev',
    ssl: target.ca === undefined ? false : { ca: await readFile(target.ca, 'utf8') },
    entities: [entity],
    poolSize: 1,
    installExtensions: false,
    extra: { types: textualTimes },
  });
  await db.initialize();
  const on = (runner: EntityManager): Statements => ({
    rows: async (text, values = []) => valuesOf(await runner.query<object[]>(numbered(text), [...values])),
  });
  const statements = on(db.manager);
  const withRunner = async <Result>(work: (runner: QueryRunner) => Promise<Result>): Promise<Result> => {
    const runner = db.createQueryRunner();
    return work(runner).finally(() => runner.release());
  };
  const described = () => withRunner((runner) => runner.getTable(table));
  return {
    ...statements,
    ...inSql(statements, target),
    create: async () => {
      await db.synchronize();
      for (const { name, type } of added) await statements.rows(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
    },
    insert: async ([id, ...values]) => {
      const given = declared.map(({ name, type }, index) => [name, written(type, values[index])]);
      const row = { id, ...Object.fromEntries(given) };
      await db.createQueryBuilder().insert().into(entity).values(row).execute();
      for (const [index, { name, place }] of added.entries())
        await statements.rows(`UPDATE ${table} SET ${name} = ${place} WHERE id = ?`, [
          values[declared.length + index],
          id,
        ]);
    },
    select: async (id) => {
      const rows = await db
        .createQueryBuilder(entity, 'e')
        .select(columns.map(({ name }) => `e.${name} AS ${name}`))
        .where('e.id = :id', { id })
        .getRawMany<object>();
      return valuesOf(rows)[0] ?? [];
    },
    stream: (text) =>
      withRunner(async (runner) => {
        const read: unknown[] = [];
        for await (const row of await runner.stream(text)) read.push(row.n);
        return read;
      }),
    transaction: (work) => db.transaction((manager) => work(on(manager))),
    sqlState: (error) => codeOf(error, 'driverError'),
    tables: async () => [(await described())?.name ?? ''],
    columns: async () => (await described())?.columns.map(({ name }) => name) ?? [],
    key: async () => (await described())?.primaryColumns.map(({ name }) => name) ?? [],
    close: () => db.destroy(),
  };
};

const columnTypes = [
  'boolean',
  'smallint',
  'integer',
  'bigint',
  'decimal',
  'real',
  'double precision',
  'char',
  'varchar',
] as const;
const timeTypes = ['date', 'timestamp', 'timestamptz', 'time', 'timetz'] as const;

function columnOf(declaration: string): EntitySchemaColumnOptions {
  const [, name = declaration, size] = /^([^(]+)\(([^)]+)\)$/.exec(declaration) ?? [];
  const type = [...columnTypes, ...timeTypes].find((each) => each === name);
  if (type === undefined) throw new Error(`TypeORM has no type ${name}`);
  if (size === undefined) return { type, nullable: true };
  const [first, second] = size.split(',').map(Number);
  return { type, nullable: true, ...(second === undefined ? { length: first } : { precision: first, scale: second }) };
}

/** Timestamps are written as SQL: as values they pass through Date, which ends at milliseconds. */
function written(type: string, value: unknown): unknown {
  return type.startsWith('timestamp') && value !== null ? () => `'${String(value)}'` : value;
}
