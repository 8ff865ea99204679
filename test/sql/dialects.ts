import { dialectFor } from '../../src/backends/mysql/dialect.js';
import { dialect as postgres } from '../../src/backends/postgres/dialect.js';
import { dialect as sqlite } from '../../src/backends/sqlite/dialect.js';
import { compile } from '../../src/compiler/compile.js';
import { column, select } from '../../src/sql/build.js';
import type { ColumnNode, ExpressionNode } from '../../src/sql/expression-nodes.js';
import type { SelectNode, SqlNode } from '../../src/sql/statement-nodes.js';
import { type ColumnType, identity, type ValueType } from '../../src/sql/value-type.js';

export const mariadb = dialectFor({ isMariaDB: true, version: [10, 11, 19], hasZones: true, isUnicode: true });
export const mysql8 = dialectFor({ isMariaDB: false, version: [8, 0, 36], hasZones: true, isUnicode: true });

/** A type whose values are in the neutral form already. */
export const typed = (columnType: ColumnType): ValueType => ({ columnType, toDb: (value) => value, fromDb: identity });

export const types = {
  integer: typed({ name: 'integer' }),
  bigint: typed({ name: 'bigint' }),
  key: typed({ name: 'bigAuto' }),
  float: typed({ name: 'float' }),
  boolean: typed({ name: 'boolean' }),
  decimal: typed({ name: 'decimal', maxDigits: 8, decimalPlaces: 2 }),
  varchar: typed({ name: 'varchar', maxLength: 64 }),
  text: typed({ name: 'text' }),
  date: typed({ name: 'date' }),
  time: typed({ name: 'time' }),
  datetime: typed({ name: 'datetime', precision: 3 }),
  duration: typed({ name: 'duration' }),
  uuid: typed({ name: 'uuid' }),
  inet: typed({ name: 'inet' }),
  json: typed({ name: 'json' }),
  binary: typed({ name: 'binary' }),
};

const columns: Readonly<Record<string, ValueType>> = {
  id: types.key,
  title: types.varchar,
  pages: types.integer,
  price: types.decimal,
  rating: types.float,
  data: types.json,
  day: types.date,
  at: types.time,
  created: types.datetime,
  length: types.duration,
  ip: types.inet,
  uid: types.uuid,
};

/** A column of the table `book`. */
export const book = (name: string): ColumnNode => column('book', name, columns[name]!);

/** `SELECT book.id FROM book` and whatever `parts` adds. */
export const books = (parts: Partial<SelectNode> = {}): SelectNode =>
  select({
    columns: [{ expression: book('id'), alias: null }],
    from: { kind: 'table', name: 'book', alias: 'book' },
    ...parts,
  });

/** A statement's text on each database. */
export interface Texts {
  readonly sqlite: string;
  readonly postgres: string;
  readonly mariadb: string;
}

/** The whole statement, as each of the three dialects writes it. */
export const textsOf = (node: SqlNode): Texts => ({
  sqlite: compile(node, sqlite).sql,
  postgres: compile(node, postgres).sql,
  mariadb: compile(node, mariadb).sql,
});

/** The text of a condition alone. */
export function conditionOf(condition: ExpressionNode): Texts {
  const texts = textsOf(books({ where: condition }));
  const after = (text: string): string => text.slice(text.indexOf(' WHERE ') + ' WHERE '.length);
  return { sqlite: after(texts.sqlite), postgres: after(texts.postgres), mariadb: after(texts.mariadb) };
}

/** The text of a selected expression alone. */
export function selectedOf(expression: ExpressionNode): Texts {
  const texts = textsOf(books({ columns: [{ expression, alias: null }] }));
  const inside = (text: string): string => text.slice('SELECT '.length, text.lastIndexOf(' FROM '));
  return { sqlite: inside(texts.sqlite), postgres: inside(texts.postgres), mariadb: inside(texts.mariadb) };
}
