import { plainIndex } from '../../sql/build.js';
import type { ColumnDef, ConstraintDef, ReferentialAction, TableDef } from '../../sql/table.js';
import type { ColumnType } from '../../sql/value-type.js';
import { getOrMake } from '../../util/get-or-make.js';
import type { Connection, Introspection } from '../backend.js';
import { rawSql, readCatalogue } from '../catalogue.js';

type Row = readonly unknown[];

const PLAIN: Readonly<Record<string, string>> = {
  tinytext: 'text',
  mediumtext: 'text',
  longtext: 'text',
  text: 'text',
  date: 'date',
  time: 'time',
  double: 'float',
  float: 'float',
  tinyblob: 'binary',
  mediumblob: 'binary',
  longblob: 'binary',
  blob: 'binary',
  varbinary: 'binary',
  binary: 'binary',
  uuid: 'uuid',
  inet6: 'inet',
  json: 'json',
};

/** `bigint(20) unsigned` and the like as a type that all backends know; others keep the name that the server shows. */
function columnType(shown: string, isAutomatic: boolean, precision: number, collation: string | null): ColumnType {
  const word = /^[a-z0-9]+/.exec(shown)?.[0] ?? shown;
  const sizes = [...shown.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const unsigned = shown.includes('unsigned');
  const text = collation === null ? {} : { collation };
  switch (word) {
    case 'tinyint':
      return shown.startsWith('tinyint(1)')
        ? { name: 'boolean' }
        : { name: unsigned ? 'positiveSmallint' : 'smallint' };
    case 'smallint':
      return { name: isAutomatic ? 'smallAuto' : unsigned ? 'positiveSmallint' : 'smallint' };
    case 'mediumint':
    case 'int':
      return { name: isAutomatic ? 'auto' : unsigned ? 'positiveInteger' : 'integer' };
    case 'bigint':
      return { name: isAutomatic ? 'bigAuto' : unsigned ? 'positiveBigint' : 'bigint' };
    case 'char':
    case 'varchar':
      return { name: 'varchar', maxLength: sizes[0] ?? null, ...text };
    case 'decimal':
      return { name: 'decimal', maxDigits: sizes[0] ?? null, decimalPlaces: sizes[1] ?? 0 };
    case 'datetime':
    case 'timestamp':
      return { name: 'datetime', precision: precision <= 3 ? 3 : 6 };
    default: {
      const name = Object.hasOwn(PLAIN, word) ? PLAIN[word]! : shown;
      return name === 'text' ? { name, ...text } : { name };
    }
  }
}

const COLUMNS = `
  SELECT c.column_name, c.column_type, c.is_nullable, c.column_key, c.extra, c.column_default, c.datetime_precision,
         CASE WHEN c.collation_name <> t.table_collation THEN c.collation_name END, c.column_comment, c.generation_expression
  FROM information_schema.columns c
  JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
  WHERE c.table_schema = DATABASE() AND c.table_name = ?
  ORDER BY c.ordinal_position`;

const INDEXES = `
  SELECT index_name, non_unique, column_name, collation
  FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ?
  ORDER BY index_name, seq_in_index`;

const REFERENCES = `
  SELECT k.constraint_name, k.column_name, k.referenced_table_name, k.referenced_column_name, r.delete_rule
  FROM information_schema.key_column_usage k
  JOIN information_schema.referential_constraints r ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
    AND r.table_name = k.table_name
  WHERE k.table_schema = DATABASE() AND k.table_name = ? AND k.referenced_table_name IS NOT NULL
  ORDER BY k.constraint_name, k.ordinal_position`;

/** MariaDB tells of which table and level a check is, MySQL only by way of the table's constraints. */
const checksSql = (isMariaDB: boolean): string =>
  isMariaDB
    ? 'SELECT constraint_name, check_clause, level FROM information_schema.check_constraints WHERE constraint_schema = DATABASE() AND table_name = ?'
    : `SELECT k.constraint_name, k.check_clause, 'Table' FROM information_schema.check_constraints k
       JOIN information_schema.table_constraints t ON t.constraint_schema = k.constraint_schema AND t.constraint_name = k.constraint_name
       WHERE t.table_schema = DATABASE() AND t.table_name = ? AND t.constraint_type = 'CHECK'`;

interface KeyParts {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: { name: string; descending: boolean }[];
  /** Of an expression the catalogue has no column. */
  hasExpression: boolean;
}

function readKeys(rows: readonly Row[]): KeyParts[] {
  const found = new Map<string, KeyParts>();
  for (const [index, nonUnique, column, direction] of rows) {
    const name = String(index);
    const parts = getOrMake(found, name, () => ({
      name,
      unique: Number(nonUnique) === 0,
      columns: [],
      hasExpression: false,
    }));
    if (column === null) parts.hasExpression = true;
    else parts.columns.push({ name: String(column), descending: direction === 'D' });
  }
  return [...found.values()];
}

function readColumn(row: Row, unique: ReadonlySet<string>, checks: ReadonlyMap<string, string>): ColumnDef {
  const [name, shown, nullable, key, extra, text = null, precision, collation = null, comment, generated = null] =
    row.map((value) => (value === null ? null : String(value)));
  const column = name!;
  // MariaDB keeps documents as texts with a check of their own.
  const isJson = shown!.startsWith('longtext') && /json_valid/i.test(checks.get(column) ?? '');
  const type = isJson
    ? ({ name: 'json' } as const)
    : columnType(shown!, /auto_increment/i.test(extra!), Number(precision ?? 0), collation!);
  const isGenerated = generated !== null && generated !== '';
  return {
    name: column,
    type,
    nullable: nullable === 'YES',
    primaryKey: key === 'PRI',
    unique: key !== 'PRI' && unique.has(column),
    default:
      text === null || text === 'NULL' || isGenerated
        ? null
        : { expression: rawSql(/^[\d.'(-]|^[a-z_]+\(/i.test(text) ? text : `'${text.replaceAll("'", "''")}'`) },
    generated: isGenerated ? { expression: rawSql(generated), stored: /stored|persistent/i.test(extra!) } : null,
    comment: comment === '' ? null : comment!,
  };
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  CASCADE: 'CASCADE',
  'SET NULL': 'SET NULL',
  'SET DEFAULT': 'SET DEFAULT',
};

function readReferences(rows: readonly Row[]): (ConstraintDef & { kind: 'foreignKey' })[] {
  const found = new Map<string, { columns: string[]; to: string[]; table: string; onDelete: ReferentialAction }>();
  for (const [name, column, table, to, rule] of rows) {
    const known = getOrMake(found, String(name), () => ({
      columns: [],
      to: [],
      table: String(table),
      onDelete: ACTIONS[String(rule)] ?? null,
    }));
    known.columns.push(String(column));
    known.to.push(String(to));
  }
  return [...found].map(([name, known]) => ({ kind: 'foreignKey', name, ...known }));
}

async function readTable(connection: Connection, isMariaDB: boolean, name: string): Promise<TableDef> {
  const checkRows = await readCatalogue(connection, checksSql(isMariaDB), name);
  // A check of a column alone is called as the column is.
  const ofColumns = new Map(
    checkRows.filter((row) => row[2] === 'Column').map((row) => [String(row[0]), String(row[1])]),
  );
  const keys = readKeys(await readCatalogue(connection, INDEXES, name));
  const unique = new Set(
    keys
      .filter(({ unique: is, columns, hasExpression }) => is && columns.length === 1 && !hasExpression)
      .map(({ columns }) => columns[0]!.name),
  );
  const columns = (await readCatalogue(connection, COLUMNS, name)).map((row) => readColumn(row, unique, ofColumns));
  const references = readReferences(await readCatalogue(connection, REFERENCES, name));
  const checks = checkRows
    .filter((row) => row[2] !== 'Column')
    .map((row): ConstraintDef => ({ kind: 'check', name: String(row[0]), condition: rawSql(String(row[1])) }));
  const uniques = keys
    .filter((key) => key.unique && key.name !== 'PRIMARY' && (key.columns.length > 1 || key.hasExpression))
    .map(
      (key): ConstraintDef => ({ kind: 'unique', name: key.name, columns: key.columns.map((column) => column.name) }),
    );
  const own = new Set(references.map((reference) => reference.columns.join()));
  const indexes = keys
    .filter((key) => !key.unique && !own.has(key.columns.map((column) => column.name).join()))
    .map(({ name, columns }) => plainIndex(name, columns));
  const [about] = await readCatalogue(
    connection,
    'SELECT table_comment FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?',
    name,
  );
  const comment = about?.[0];
  return {
    name,
    columns,
    constraints: [...uniques, ...checks, ...references],
    indexes,
    comment: typeof comment === 'string' && comment !== '' ? comment : null,
  };
}

/** The catalogue of the database that the session is in. */
export const introspectionFor = (isMariaDB: boolean): Introspection => ({
  tableNames: async (connection) => {
    const rows = await readCatalogue(
      connection,
      "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name",
    );
    return rows.map(([name]) => String(name));
  },
  table: (connection, name) => readTable(connection, isMariaDB, name),
});
