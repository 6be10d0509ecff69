import { readFile } from 'node:fs/promises';
import { DataTypes, type ProjectionAlias, QueryTypes, Sequelize, type Transaction } from 'sequelize';
import { type CorpusColumn, columns } from '../corpus.js';
import { codeOf, inSql, numbered, type OpenClient, type Statements, throughSqlCursor, valuesOf } from './client.js';

/** Sequelize 6: models, pool, transactions. It has no cursor and no way to cancel. */
export const openSequelize: OpenClient = async (target) => {
  const { port, ca, table } = target;
  const db = new Sequelize('dev', 'awsuser', 'any', {
    dialect: 'postgres',
    host: 'localhost',
    port,
    logging: false,
    standardConformingStrings: false,
    pool: { min: 0, max: 1 },
    dialectOptions: ca === undefined ? {} : { ssl: { ca: await readFile(ca, 'utf8') } },
  });
  const on = (transaction?: Transaction): Statements => ({
    rows: async (text, values = []) => {
      const rows = await db.query<object>(numbered(text), { bind: [...values], type: QueryTypes.SELECT, transaction });
      return valuesOf(rows);
    },
  });
  const statements = on();
  await db.authenticate().catch(async (error: unknown) => {
    await db.close();
    throw error;
  });
  const types: Readonly<Record<string, DataTypes.DataType>> = {
    boolean: DataTypes.BOOLEAN,
    smallint: DataTypes.SMALLINT,
    integer: DataTypes.INTEGER,
    bigint: DataTypes.BIGINT,
    'decimal(38,10)': DataTypes.DECIMAL(38, 10),
    real: DataTypes.REAL,
    'double precision': DataTypes.DOUBLE,
    'char(4)': DataTypes.CHAR(4),
    'varchar(24)': DataTypes.STRING(24),
    date: DataTypes.DATEONLY,
    time: DataTypes.TIME,
  };
  const model = db.define(
    table,
    {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: false },
      ...Object.fromEntries(columns.map(({ name, type }) => [name, { type: types[type] ?? type }])),
    },
    { tableName: table, timestamps: false },
  );
  return {
    ...statements,
    ...inSql(statements, target),
    // model.sync() and describeTable() ask with array_agg, which Redshift does not have.
    create: () => db.getQueryInterface().createTable(table, model.getAttributes()),
    insert: async ([id, ...values]) => {
      const given = columns.map(({ name, place }, index) => {
        const value = values[index];
        return [name, place === undefined || value === null ? value : made(db, place, String(value))];
      });
      await model.create({ id, ...Object.fromEntries(given) }, { returning: false });
    },
    select: async (id) => {
      const found = await model.findByPk(id, { attributes: columns.map(read), raw: true });
      return Object.values(found ?? {});
    },
    stream: (text) => db.transaction((transaction) => throughSqlCursor(on(transaction), text)),
    transaction: (work) => db.transaction((transaction) => work(on(transaction))),
    sqlState: (error) => codeOf(error, 'original'),
    tables: () => db.getQueryInterface().showAllTables(),
    close: () => db.close(),
  };
};

/** A value of a type that takes a function to make it, as `JSON_PARSE(?)`. */
function made(db: Sequelize, place: string, value: string) {
  const [name = '', rest = ''] = place.replace(')', '').split('(');
  const [, ...others] = rest.split(', ').map((each) => each.replaceAll("'", ''));
  return db.fn(name, value, ...others);
}

/** Dates and timestamps are read as text: as values they pass through Date, which ends at milliseconds. */
function read({ name, type }: CorpusColumn): ProjectionAlias | string {
  return /^(date|timestamp)/.test(type) ? [Sequelize.cast(Sequelize.col(name), 'varchar'), name] : name;
}
