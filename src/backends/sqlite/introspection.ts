import { plainIndex } from '../../sql/build.js';
import type { ColumnDef, ConstraintDef, IndexDef, TableDef } from '../../sql/table.js';
import type { ColumnType } from '../../sql/value-type.js';
import { getOrMake } from '../../util/get-or-make.js';
import type { Connection, Introspection } from '../backend.js';
import { readCatalogue } from '../catalogue.js';

/** The type that CREATE TABLE names, as one that all backends know. */
function columnType(declared: string, isKey: boolean, autoincrement: boolean): ColumnType {
  const text = declared.toLowerCase();
  const sizes = [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const word = text.replace(/\s*\(.*$/, '').trim();
  if (isKey && autoincrement && word === 'integer') return { name: 'bigAuto' };
  switch (word) {
    case 'smallint':
      return { name: 'smallint' };
    case 'smallint unsigned':
      return { name: 'positiveSmallint' };
    case 'int':
    case 'integer':
      return { name: 'integer' };
    case 'integer unsigned':
      return { name: 'positiveInteger' };
    case 'bigint':
      return { name: 'bigint' };
    case 'bigint unsigned':
      return { name: 'positiveBigint' };
    case 'bool':
    case 'boolean':
      return { name: 'boolean' };
    case 'char':
      return sizes[0] === 32 ? { name: 'uuid' } : { name: 'varchar', maxLength: sizes[0] ?? null };
    case 'varchar':
    case 'nvarchar':
      return { name: 'varchar', maxLength: sizes[0] ?? null };
    case 'decimal':
    case 'decimal text':
    case 'numeric':
      return { name: 'decimal', maxDigits: sizes[0] ?? null, decimalPlaces: sizes[1] ?? null };
    case 'real':
    case 'float':
    case 'double':
      return { name: 'float' };
    case 'blob':
      return { name: 'binary' };
    case 'date':
    case 'time':
    case 'datetime':
      return { name: word };
    default:
      return { name: 'text' };
  }
}

async function columns(connection: Connection, table: string, autoincrement: boolean): Promise<ColumnDef[]> {
  const rows = await readCatalogue(
    connection,
    'SELECT name, type, "notnull", pk FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid',
    table,
  );
  return rows.map(([name, type, notNull, key]) => ({
    name: String(name),
    type: columnType(String(type), key === 1, autoincrement),
    nullable: notNull === 0 && key === 0,
    primaryKey: Number(key) > 0,
    unique: false,
  }));
}

async function foreignKeys(connection: Connection, table: string): Promise<ConstraintDef[]> {
  const rows = await readCatalogue(
    connection,
    'SELECT id, "table", "from", "to", on_delete FROM pragma_foreign_key_list(?) ORDER BY id, seq',
    table,
  );
  const byId = new Map<unknown, { table: string; columns: string[]; to: string[]; onDelete: string }>();
  for (const [id, target, from, to, onDelete] of rows) {
    const found = getOrMake(byId, id, () => ({
      table: String(target),
      columns: [],
      to: [],
      onDelete: String(onDelete),
    }));
    found.columns.push(String(from));
    // Without a column the reference means the primary key.
    found.to.push(to === null ? String(await primaryKeyOf(connection, String(target))) : String(to));
  }
  return [...byId.values()].map((found) => ({
    kind: 'foreignKey',
    name: `${table}_${found.columns.join('_')}_fk`,
    columns: found.columns,
    table: found.table,
    to: found.to,
    onDelete:
      found.onDelete === 'CASCADE' || found.onDelete === 'SET NULL' || found.onDelete === 'SET DEFAULT'
        ? found.onDelete
        : null,
  }));
}

async function primaryKeyOf(connection: Connection, table: string): Promise<unknown> {
  const [row] = await readCatalogue(connection, 'SELECT name FROM pragma_table_info(?) WHERE pk = 1', table);
  return row?.[0] ?? 'rowid';
}

interface Indexes {
  readonly unique: ConstraintDef[];
  readonly plain: IndexDef[];
}

/** Indexes over expressions or with a condition are left to their own text, which is not read here. */
async function indexes(connection: Connection, table: string): Promise<Indexes> {
  const found: Indexes = { unique: [], plain: [] };
  const rows = await readCatalogue(
    connection,
    'SELECT name, "unique", origin, partial FROM pragma_index_list(?) ORDER BY seq DESC',
    table,
  );
  for (const [name, unique, origin, partial] of rows) {
    const parts = await readCatalogue(
      connection,
      'SELECT name, "desc" FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno',
      name,
    );
    if (origin === 'pk' || partial === 1 || parts.some(([column]) => column === null)) continue;
    const names = parts.map(([column]) => String(column));
    if (unique === 1) found.unique.push({ kind: 'unique', name: String(name), columns: names });
    else {
      const columns = parts.map(([column, descending]) => ({ name: String(column), descending: descending === 1 }));
      found.plain.push(plainIndex(String(name), columns));
    }
  }
  return found;
}

async function table(connection: Connection, name: string): Promise<TableDef> {
  const [row] = await readCatalogue(
    connection,
    "SELECT sql FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?",
    name,
  );
  const found = await indexes(connection, name);
  const single = new Set(
    found.unique.flatMap((constraint) =>
      constraint.kind === 'unique' && constraint.columns.length === 1 ? constraint.columns : [],
    ),
  );
  const definitions = await columns(connection, name, /\bAUTOINCREMENT\b/i.test(String(row?.[0])));
  return {
    name,
    columns: definitions.map((column) => ({ ...column, unique: !column.primaryKey && single.has(column.name) })),
    constraints: [
      ...found.unique.filter((constraint) => constraint.kind === 'unique' && constraint.columns.length > 1),
      ...(await foreignKeys(connection, name)),
    ],
    indexes: found.plain,
  };
}

/** SQLite's catalogue. */
export const introspection: Introspection = {
  tableNames: async (connection) => {
    const rows = await readCatalogue(
      connection,
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    );
    return rows.map(([name]) => String(name));
  },
  table,
};
