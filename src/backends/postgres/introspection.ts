import type { ColumnDef, ConstraintDef, IndexDef, ReferentialAction, TableDef } from '../../sql/table.js';
import type { ColumnType } from '../../sql/value-type.js';
import type { Connection, Introspection } from '../backend.js';
import { rawSql, readCatalogue } from '../catalogue.js';

type Row = readonly (string | null)[];
const query = readCatalogue<Row>;

const TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  text: 'text',
  date: 'date',
  interval: 'duration',
  float8: 'float',
  float4: 'float',
  bytea: 'binary',
  uuid: 'uuid',
  inet: 'inet',
  cidr: 'inet',
  jsonb: 'json',
  json: 'json',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  time: 'time',
  timetz: 'time',
  hstore: 'hstore',
  int4range: 'integerRange',
  int8range: 'bigintRange',
  numrange: 'decimalRange',
  tstzrange: 'datetimeRange',
  daterange: 'dateRange',
};
const AUTOMATIC: Readonly<Record<string, string>> = { int2: 'smallAuto', int4: 'auto', int8: 'bigAuto' };
const POSITIVE: Readonly<Record<string, string>> = {
  int2: 'positiveSmallint',
  int4: 'positiveInteger',
  int8: 'positiveBigint',
};

/** A type of pg_type with its modifier, as one that all backends know; others keep the name that PostgreSQL shows. */
function columnType(name: string, modifier: number, shown: string, collation: string | null): ColumnType {
  const text = collation === null ? {} : { collation };
  // Types of arrays are named after their elements; how many dimensions a column has is kept nowhere that is reliable.
  if (name.startsWith('_') && shown.endsWith('[]'))
    return { name: 'array', element: columnType(name.slice(1), modifier, shown.slice(0, -2), null), ...text };
  switch (name) {
    case 'varchar':
    case 'bpchar':
      return { name: 'varchar', maxLength: modifier < 0 ? null : modifier - 4, ...text };
    case 'numeric':
      // Precision and scale share the modifier (src/include/utils/numeric.h).
      return {
        name: 'decimal',
        maxDigits: modifier < 0 ? null : ((modifier - 4) >> 16) & 0xffff,
        decimalPlaces: modifier < 0 ? null : (modifier - 4) & 0x7ff,
      };
    case 'timestamp':
    case 'timestamptz':
      return { name: 'datetime', precision: modifier >= 0 && modifier <= 3 ? 3 : 6 };
    case 'text':
      return { name: 'text', ...text };
    default:
      return { name: Object.hasOwn(TYPES, name) ? TYPES[name]! : shown };
  }
}

const COLUMNS = `
  SELECT a.attname, t.typname, a.atttypmod, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
         pg_get_expr(d.adbin, d.adrelid), CASE WHEN a.attcollation <> t.typcollation THEN c.collname END, col_description(a.attrelid, a.attnum)
  FROM pg_attribute a
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_collation c ON c.oid = a.attcollation
  WHERE a.attrelid = $1::text::regclass AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attnum`;

const CONSTRAINTS = `
  SELECT k.conname, k.contype,
         (SELECT json_agg(a.attname ORDER BY n.place) FROM unnest(k.conkey) WITH ORDINALITY AS n(num, place) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n.num),
         r.relname,
         (SELECT json_agg(a.attname ORDER BY n.place) FROM unnest(k.confkey) WITH ORDINALITY AS n(num, place) JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = n.num),
         k.confdeltype, pg_get_expr(k.conbin, k.conrelid), k.condeferrable, k.condeferred
  FROM pg_constraint k LEFT JOIN pg_class r ON r.oid = k.confrelid
  WHERE k.conrelid = $1::text::regclass AND k.contype IN ('p', 'u', 'f', 'c')
  ORDER BY k.conname`;

const INDEXES = `
  SELECT i.relname, x.indisunique, m.amname, pg_get_expr(x.indpred, x.indrelid), x.indnkeyatts,
         (SELECT json_agg(json_build_array(a.attname, pg_get_indexdef(x.indexrelid, n.place::int, true), (x.indoption[n.place - 1] & 1) = 1,
                 (SELECT c.opcname FROM pg_opclass c WHERE c.oid = x.indclass[n.place - 1] AND NOT c.opcdefault)) ORDER BY n.place)
          FROM unnest(x.indkey::int[]) WITH ORDINALITY AS n(num, place) LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = n.num),
         array_to_json(i.reloptions)
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam
  WHERE x.indrelid = $1::text::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
  ORDER BY i.relname`;

const EXCLUSIONS = `
  SELECT k.conname, m.amname, pg_get_expr(x.indpred, x.indrelid), k.condeferrable, k.condeferred, x.indnkeyatts,
         (SELECT json_agg(json_build_array(pg_get_indexdef(x.indexrelid, n.place::int, true), o.oprname) ORDER BY n.place)
          FROM unnest(x.indkey::int[]) WITH ORDINALITY AS n(num, place) LEFT JOIN pg_operator o ON o.oid = k.conexclop[n.place])
  FROM pg_constraint k JOIN pg_index x ON x.indexrelid = k.conindid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam
  WHERE k.conrelid = $1::text::regclass AND k.contype = 'x'
  ORDER BY k.conname`;

const list = (json: string | null): string[] => (json === null ? [] : (JSON.parse(json) as string[]));

const ACTIONS: Readonly<Record<string, ReferentialAction>> = { c: 'CASCADE', n: 'SET NULL', d: 'SET DEFAULT' };

/** What CHECK (x >= 0) on a whole number alone comes from. */
const isNotNegative = (check: string | null, column: string): boolean =>
  check !== null && check.replace(/["()]/g, '') === `${column} >= 0`;

function readColumns(rows: readonly Row[], constraints: readonly Row[]): ColumnDef[] {
  const of = (kind: string): string[][] => constraints.filter((row) => row[1] === kind).map((row) => list(row[2]!));
  const keys = new Set(of('p').flat());
  const unique = new Set(
    of('u')
      .filter(({ length }) => length === 1)
      .flat(),
  );
  return rows.map(([name, type, modifier, shown, notNull, identity, generated, text, collation, comment]) => {
    const isSerial = text !== null && text!.startsWith('nextval(');
    const isAutomatic = (identity !== '' || isSerial) && Object.hasOwn(AUTOMATIC, type!);
    const isPositive =
      Object.hasOwn(POSITIVE, type!) && constraints.some((row) => row[1] === 'c' && isNotNegative(row[6]!, name!));
    const found = isAutomatic
      ? { name: AUTOMATIC[type!]! }
      : isPositive
        ? { name: POSITIVE[type!]! }
        : columnType(type!, Number(modifier), shown!, collation!);
    return {
      name: name!,
      type: found,
      nullable: notNull === 'f',
      primaryKey: keys.has(name!),
      unique: unique.has(name!) && !keys.has(name!),
      default: text == null || isSerial || generated !== '' ? null : { expression: rawSql(text) },
      generated: generated === '' || text == null ? null : { expression: rawSql(text), stored: generated === 's' },
      comment: comment!,
    };
  });
}

function readConstraint([name, kind, columns, table, to, onDelete, check, deferrable, deferred]: Row): ConstraintDef[] {
  switch (kind) {
    case 'f':
      return [
        {
          kind: 'foreignKey',
          name: name!,
          columns: list(columns!),
          table: table!,
          to: list(to!),
          onDelete: ACTIONS[onDelete!] ?? null,
        },
      ];
    case 'u':
      return [
        {
          kind: 'unique',
          name: name!,
          columns: list(columns!),
          deferrable: deferrable === 't' ? (deferred === 't' ? 'deferred' : 'immediate') : null,
        },
      ];
    case 'c':
      return [{ kind: 'check', name: name!, condition: rawSql(check!) }];
    default:
      return [];
  }
}

type IndexPart = readonly [column: string | null, text: string, descending: boolean, opclass: string | null];

function readIndex([name, , method, condition, keyCount, parts, storage]: Row): IndexDef {
  const all = JSON.parse(parts!) as IndexPart[];
  const keys = all.slice(0, Number(keyCount));
  return {
    name: name!,
    columns: keys.flatMap(([column, , descending, opclass]) =>
      column === null ? [] : [opclass === null ? { name: column, descending } : { name: column, descending, opclass }],
    ),
    expressions: keys.flatMap(([column, text, descending]) =>
      column === null ? [{ kind: 'order' as const, expression: rawSql(text), descending, nulls: null }] : [],
    ),
    condition: condition == null ? null : rawSql(condition),
    include: all.slice(Number(keyCount)).flatMap(([column]) => (column === null ? [] : [column])),
    method: method === 'btree' ? null : method!,
    ...(storage == null ? {} : { options: Object.fromEntries(list(storage).map(storageParameter)) }),
  };
}

/** `fillfactor=70` */
function storageParameter(text: string): [string, string | number | boolean] {
  const mark = text.indexOf('=');
  const [name, value] = [text.slice(0, mark), text.slice(mark + 1)];
  if (/^\d+$/.test(value)) return [name, Number(value)];
  return [name, value === 'true' || (value !== 'false' && value)];
}

function readExclusion([name, method, condition, deferrable, deferred, keyCount, parts]: Row): ConstraintDef {
  const all = JSON.parse(parts!) as (readonly [text: string, operator: string | null])[];
  const keys = all.slice(0, Number(keyCount));
  return {
    kind: 'exclusion',
    name: name!,
    method: method!,
    terms: keys.map(([text, operator]) => ({
      term: { kind: 'order', expression: rawSql(text), descending: false, nulls: null },
      operator: operator!,
    })),
    condition: condition == null ? null : rawSql(condition),
    deferrable: deferrable === 't' ? (deferred === 't' ? 'deferred' : 'immediate') : null,
    include: all.slice(Number(keyCount)).map(([text]) => unquoted(text)),
    contrib: 'postgres',
  };
}
/** A column's name as the catalogue shows it in definitions. */
const unquoted = (text: string): string => (/^".*"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"') : text);

/** A unique index that is no constraint is one all the same, as the library sees it. */
function uniqueOf(index: IndexDef): ConstraintDef {
  return {
    kind: 'unique',
    name: index.name,
    columns: index.columns.map(({ name }) => name),
    expressions: index.expressions,
    condition: index.condition,
    include: index.include,
  };
}

const isTold = (columns: readonly ColumnDef[], constraint: ConstraintDef): boolean => {
  if (constraint.kind === 'check') {
    const text = (constraint.condition as { texts: readonly string[] }).texts[0]!;
    return columns.some(({ name, type }) => type.name.startsWith('positive') && isNotNegative(text, name));
  }
  return (
    constraint.kind === 'unique' &&
    constraint.columns.length === 1 &&
    constraint.condition == null &&
    (constraint.expressions?.length ?? 0) === 0 &&
    constraint.deferrable == null
  );
};

async function table(connection: Connection, name: string): Promise<TableDef> {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const constraintRows = await query(connection, CONSTRAINTS, quoted);
  const columns = readColumns(await query(connection, COLUMNS, quoted), constraintRows);
  const indexRows = await query(connection, INDEXES, quoted);
  const constraints = [
    ...constraintRows.flatMap(readConstraint),
    ...indexRows.filter((row) => row[1] === 't').map((row) => uniqueOf(readIndex(row))),
    ...(await query(connection, EXCLUSIONS, quoted)).map(readExclusion),
  ];
  const [about] = await query(connection, "SELECT obj_description($1::text::regclass, 'pg_class')", quoted);
  return {
    name,
    columns,
    constraints: constraints.filter((constraint) => !isTold(columns, constraint)),
    indexes: indexRows.filter((row) => row[1] === 'f').map(readIndex),
    comment: about?.[0] ?? null,
  };
}

/** PostgreSQL's catalogue: tables that a name without a schema finds. */
export const introspection: Introspection = {
  tableNames: async (connection) => {
    const rows = await query(
      connection,
      `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema') AND pg_table_is_visible(c.oid)
       ORDER BY c.relname`,
    );
    return rows.map(([name]) => name!);
  },
  table,
};
