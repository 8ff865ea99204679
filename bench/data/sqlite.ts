import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { rowsOf } from './rows.js';
import { type ColumnKind, type Table, tables } from './tables.js';

const types: Record<ColumnKind, string> = {
  key: 'integer NOT NULL PRIMARY KEY AUTOINCREMENT',
  integer: 'integer NOT NULL',
  real: 'real NOT NULL',
  text: 'varchar(200) NOT NULL',
  datetime: 'datetime NOT NULL',
};

/** `2024-02-29 12:30:45`, in UTC. */
export const textOf = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ');

/** A database of its own for a peer: a copy of the generated one. Gives its file. */
export function copyDatabase(folder: string, scale: number, name: string): string {
  mkdirSync(folder, { recursive: true });
  const original = join(folder, `scale-${scale}.sqlite3`);
  if (!existsSync(original)) generate(original, scale);
  const file = join(folder, `${name}-${process.pid}.sqlite3`);
  copyFileSync(original, file);
  return file;
}

function generate(file: string, scale: number): void {
  const unfinished = `${file}.new`;
  // What a run that was ended in the middle has left.
  rmSync(unfinished, { force: true });
  const database = new Database(unfinished);
  database.pragma('journal_mode = DELETE');
  for (const table of tables) database.transaction(() => fill(database, table, scale))();
  database.exec('ANALYZE');
  database.close();
  renameSync(unfinished, file);
}

function fill(database: Database.Database, table: Table, scale: number): void {
  const names = Object.keys(table.columns);
  database.exec(
    `CREATE TABLE ${table.name} (${names.map((name) => `${name} ${types[table.columns[name]!]}`).join(', ')})`,
  );
  const insert = database.prepare(`INSERT INTO ${table.name} VALUES (${names.map(() => '?').join(', ')})`);
  for (const row of rowsOf(table.name, scale))
    insert.run(row.map((value) => (value instanceof Date ? textOf(value) : value)));
  for (const name of table.indexes) database.exec(`CREATE INDEX ${table.name}_${name} ON ${table.name} (${name})`);
}
