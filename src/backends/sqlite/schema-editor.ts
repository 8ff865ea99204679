import type { ColumnDef, ConstraintDef, IndexDef, TableDef } from '../../sql/table.js';
import { rewrite } from '../../sql/walk.js';
import type { SchemaEditor } from '../backend.js';
import {
  baseSchemaEditor,
  ddl,
  foreignKeyOf,
  isUniqueIndex,
  type SchemaDialect,
  uniqueAsIndex,
} from '../schema-editor.js';
import { dialect } from './dialect.js';

const schema: SchemaDialect = {
  dialect,
  autoKey: ' AUTOINCREMENT',
  referenceSuffix: ' DEFERRABLE INITIALLY DEFERRED',
  columnCheck: (type, name) => {
    if (type.name.startsWith('positive')) return `${name} >= 0`;
    return type.name === 'json' ? `(JSON_VALID(${name}) OR ${name} IS NULL)` : null;
  },
};

const base = baseSchemaEditor(schema);
const write = ddl(schema);

/**
 * The table made anew with its rows: SQLite alters little in place (sqlite.org/lang_altertable.html#otheralter).
 * `values` names where each column of the new table has its value from; columns without one (generated, new) are left out.
 */
function rebuild(from: TableDef, to: TableDef, values: ReadonlyMap<string, string>): readonly string[] {
  const temporary = `new__${from.name}`;
  const columns = to.columns.filter(({ name, generated }) => generated == null && values.has(name));
  const made = base.createTable({
    ...to,
    name: temporary,
    indexes: [],
    constraints: to.constraints.filter((constraint) => constraint.kind !== 'unique' || !isUniqueIndex(constraint)),
  });
  return [
    ...made,
    `INSERT INTO ${write.quote(temporary)} (${write.quoted(columns.map(({ name }) => name))}) ` +
      `SELECT ${columns.map(({ name }) => values.get(name)).join(', ')} FROM ${write.quote(from.name)}`,
    `DROP TABLE ${write.quote(from.name)}`,
    `ALTER TABLE ${write.quote(temporary)} RENAME TO ${write.quote(to.name)}`,
    ...write.uniqueIndexes(to),
    ...to.indexes.map((index) => write.index(to.name, index)),
  ];
}

/** Every column from the one of its name. */
const sameValues = (table: TableDef): Map<string, string> =>
  new Map(table.columns.map(({ name }) => [name, write.quote(name)]));

/** ADD COLUMN takes no key, no unique column, no stored expression, no default that is not constant, and NOT NULL only with a default. */
function canAddInPlace(column: ColumnDef, constraints: readonly ConstraintDef[]): boolean {
  const { primaryKey, unique, nullable, generated } = column;
  if (primaryKey || unique || generated?.stored === true) return false;
  if (column.default != null && !('literal' in column.default)) return false;
  if (generated == null && !nullable && column.default == null) return false;
  const reference = foreignKeyOf(constraints, column.name);
  // With foreign keys on, a column that refers must begin as NULL.
  return constraints.every((constraint) => constraint === reference) && (reference === null || column.default == null);
}

/** DROP COLUMN refuses a column that anything else mentions. */
function isMentioned(table: TableDef, column: ColumnDef): boolean {
  if (column.primaryKey || column.unique || foreignKeyOf(table.constraints, column.name) !== null) return true;
  const mentions = (names: readonly string[]): boolean => names.includes(column.name);
  return (
    table.constraints.some(
      (constraint) =>
        constraint.kind === 'check' ||
        constraint.kind === 'exclusion' ||
        mentions(constraint.columns) ||
        (constraint.kind === 'unique' && isUniqueIndex(constraint)),
    ) ||
    table.indexes.some(
      (index) =>
        index.expressions.length > 0 || index.condition !== null || mentions(index.columns.map(({ name }) => name)),
    ) ||
    table.columns.some(({ generated }) => generated != null)
  );
}

/** The table without what belongs to one column alone. */
function withoutColumn(table: TableDef, column: ColumnDef): TableDef {
  return {
    ...table,
    columns: table.columns.filter(({ name }) => name !== column.name),
    constraints: table.constraints.filter(
      (constraint) =>
        constraint.kind === 'check' || constraint.kind === 'exclusion' || !constraint.columns.includes(column.name),
    ),
    indexes: table.indexes.filter((index) => !index.columns.some(({ name }) => name === column.name)),
  };
}

/** The table with one column changed, its new name in everything that mentions it. */
function withColumn(table: TableDef, from: ColumnDef, to: ColumnDef): TableDef {
  const columns = table.columns.map((column) => (column.name === from.name ? to : column));
  if (from.name === to.name) return { ...table, columns };
  const rename = (name: string): string => (name === from.name ? to.name : name);
  const inside = <T extends { readonly kind: string }>(node: T): T =>
    rewrite(node, (part) => {
      const named = part as { kind: string; name?: string };
      return named.kind === 'column' && named.name === from.name ? { ...named, name: to.name } : part;
    });
  const constraints = table.constraints.map((constraint): ConstraintDef => {
    if (constraint.kind === 'check') return { ...constraint, condition: inside(constraint.condition) };
    // there is none here, which creating the table says
    if (constraint.kind === 'exclusion') return constraint;
    const renamed = { ...constraint, columns: constraint.columns.map(rename) };
    if (renamed.kind === 'foreignKey')
      return renamed.table === table.name ? { ...renamed, to: renamed.to.map(rename) } : renamed;
    return {
      ...renamed,
      ...(renamed.condition == null ? {} : { condition: inside(renamed.condition) }),
      ...(renamed.expressions === undefined ? {} : { expressions: renamed.expressions.map(inside) }),
    };
  });
  const indexes = table.indexes.map(
    (index): IndexDef => ({
      ...index,
      columns: index.columns.map((part) => ({ ...part, name: rename(part.name) })),
      expressions: index.expressions.map(inside),
      condition: index.condition === null ? null : inside(index.condition),
    }),
  );
  return { ...table, columns, constraints, indexes };
}

/** The value of a column in the rows that are there when it becomes NOT NULL. */
function valueInOldRows(column: ColumnDef, source: string | null): string | null {
  if (column.nullable || column.default == null || !('literal' in column.default)) return source;
  const literal = dialect.literal(column.default.literal, column.type);
  return source === null ? literal : `COALESCE(${source}, ${literal})`;
}

/** SQLite's: what ALTER TABLE cannot do is done by making the table anew. */
export const schemaEditor: SchemaEditor = {
  ...base,
  addColumn: (table, column, constraints = []) => {
    if (canAddInPlace(column, constraints)) {
      return [
        `ALTER TABLE ${write.quote(table.name)} ADD COLUMN ${write.column(column, false, foreignKeyOf(constraints, column.name))}`,
      ];
    }
    const values = sameValues(table);
    const value = valueInOldRows(column, null);
    if (value !== null) values.set(column.name, value);
    return rebuild(
      table,
      { ...table, columns: [...table.columns, column], constraints: [...table.constraints, ...constraints] },
      values,
    );
  },
  dropColumn: (table, column) => {
    if (!isMentioned(table, column))
      return [`ALTER TABLE ${write.quote(table.name)} DROP COLUMN ${write.quote(column.name)}`];
    return rebuild(table, withoutColumn(table, column), sameValues(table));
  },
  alterColumn: (table, from, to) => {
    const values = sameValues(table);
    values.delete(from.name);
    const value = valueInOldRows(to, write.quote(from.name));
    if (value !== null) values.set(to.name, value);
    return rebuild(table, withColumn(table, from, to), values);
  },
  addConstraint: (table, constraint) => {
    if (constraint.kind === 'unique' && isUniqueIndex(constraint))
      return [write.index(table.name, uniqueAsIndex(constraint), true)];
    return rebuild(table, { ...table, constraints: [...table.constraints, constraint] }, sameValues(table));
  },
  dropConstraint: (table, constraint) => {
    if (constraint.kind === 'unique' && isUniqueIndex(constraint))
      return [`DROP INDEX ${write.quote(constraint.name)}`];
    return rebuild(
      table,
      { ...table, constraints: table.constraints.filter(({ name }) => name !== constraint.name) },
      sameValues(table),
    );
  },
};
