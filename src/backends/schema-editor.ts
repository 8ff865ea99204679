import { literalSql } from '../compiler/compile.js';
import { checkContrib, columnSqlOf } from '../compiler/contrib.js';
import type { Dialect } from '../compiler/dialect.js';
import type { OrderNode } from '../sql/expression-nodes.js';
import type { ColumnDef, ConstraintDef, IndexDef, TableDef } from '../sql/table.js';
import type { ColumnType } from '../sql/value-type.js';
import type { SchemaEditor } from './backend.js';

/** What a database's schema editor says of itself; the rest is common. */
export interface SchemaDialect {
  readonly dialect: Dialect;
  /** The words that make a primary key automatic: ` AUTOINCREMENT`. */
  readonly autoKey: string;
  /** A condition that values of a type must meet, beside those that the table names; null for none. */
  columnCheck(type: ColumnType, quotedName: string): string | null;
  /** What follows REFERENCES …: ` DEFERRABLE INITIALLY DEFERRED`. */
  readonly referenceSuffix: string;
}

const AUTO = new Set(['smallAuto', 'auto', 'bigAuto']);
export const isAuto = (type: ColumnType): boolean => AUTO.has(type.name);

/** The pieces of DDL text that all databases share. Names come from the definitions and are quoted by the dialect. */
export function ddl({ dialect, autoKey, columnCheck, referenceSuffix }: SchemaDialect) {
  const quote = (name: string): string => dialect.quoteName(name);
  const quoted = (names: readonly string[]): string => names.map(quote).join(', ');

  const defaultSql = (column: ColumnDef): string => {
    if (column.default == null) return '';
    return 'literal' in column.default
      ? ` DEFAULT ${dialect.literal(column.default.literal, column.type)}`
      : ` DEFAULT (${literalSql(column.default.expression, dialect)})`;
  };

  const reference = (constraint: ConstraintDef & { kind: 'foreignKey' }): string =>
    `REFERENCES ${quote(constraint.table)} (${quoted(constraint.to)})` +
    `${constraint.onDelete === null ? '' : ` ON DELETE ${constraint.onDelete}`}${referenceSuffix}`;

  /** A column as CREATE TABLE and ADD COLUMN have it. `soleKey`: it is the whole primary key; `foreignKey`: its own reference. */
  const column = (
    definition: ColumnDef,
    soleKey: boolean,
    foreignKey: (ConstraintDef & { kind: 'foreignKey' }) | null,
  ): string => {
    const { name, type, nullable, unique, generated } = definition;
    let text = `${quote(name)} ${columnSqlOf(type, dialect, name)}`;
    if (type.collation != null) text += ` COLLATE ${quote(type.collation)}`;
    text += defaultSql(definition);
    if (generated != null)
      text += ` GENERATED ALWAYS AS (${literalSql(generated.expression, dialect)}) ${generated.stored ? 'STORED' : 'VIRTUAL'}`;
    else text += nullable ? ' NULL' : ' NOT NULL';
    if (soleKey) text += ` PRIMARY KEY${isAuto(type) ? autoKey : ''}`;
    else if (unique) text += ' UNIQUE';
    const check = columnCheck(type, quote(name));
    if (check !== null) text += ` CHECK (${check})`;
    if (foreignKey !== null) text += ` ${reference(foreignKey)}`;
    return text;
  };

  /** A constraint as CREATE TABLE has it; null for one that is an index, or that its column carries. */
  const constraint = (definition: ConstraintDef): string | null => {
    const name = `CONSTRAINT ${quote(definition.name)}`;
    switch (definition.kind) {
      case 'check':
        return `${name} CHECK (${literalSql(definition.condition, dialect)})`;
      case 'unique':
        return isUniqueIndex(definition) ? null : `${name} UNIQUE (${quoted(definition.columns)})`;
      case 'foreignKey':
        return definition.columns.length === 1
          ? null
          : `${name} FOREIGN KEY (${quoted(definition.columns)}) ${reference(definition)}`;
      case 'exclusion':
        refuseExclusion(definition, dialect);
        return null;
    }
  };

  const term = (node: OrderNode): string => {
    const text = literalSql(node.expression, dialect);
    return `${node.expression.kind === 'column' ? text : `(${text})`}${node.descending ? ' DESC' : ''}`;
  };

  const index = (table: string, definition: IndexDef, unique = false): string => {
    checkContrib(definition.contrib, `Indexes of the method ${definition.method}`, dialect);
    const columns = definition.columns.map((part) => `${quote(part.name)}${part.descending ? ' DESC' : ''}`);
    const terms = [...columns, ...definition.expressions.map(term)].join(', ');
    const where = definition.condition === null ? '' : ` WHERE ${literalSql(definition.condition, dialect)}`;
    return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quote(definition.name)} ON ${quote(table)} (${terms})${where}`;
  };

  /** Unique constraints with a condition or expressions exist as indexes alone. */
  const uniqueIndexes = (table: TableDef): string[] =>
    table.constraints.flatMap((definition) =>
      definition.kind === 'unique' && isUniqueIndex(definition)
        ? [index(table.name, uniqueAsIndex(definition), true)]
        : [],
    );

  const createTable = (table: TableDef): string => {
    const keys = table.columns.filter(({ primaryKey }) => primaryKey);
    const parts = table.columns.map((definition) =>
      column(definition, definition.primaryKey && keys.length === 1, foreignKeyOf(table.constraints, definition.name)),
    );
    if (keys.length > 1) parts.push(`PRIMARY KEY (${quoted(keys.map(({ name }) => name))})`);
    for (const definition of table.constraints) {
      const text = constraint(definition);
      if (text !== null) parts.push(text);
    }
    return `CREATE TABLE ${quote(table.name)} (${parts.join(', ')})`;
  };

  return { quote, quoted, column, createTable, index, uniqueIndexes };
}

/** Throws NotSupportedError on databases that have no exclusion constraints. */
export const refuseExclusion = ({ contrib }: ConstraintDef & { kind: 'exclusion' }, dialect: Dialect): void =>
  checkContrib(contrib, 'Exclusion constraints', dialect);

type UniqueDef = ConstraintDef & { kind: 'unique' };

/** The reference that a column has by itself. */
export function foreignKeyOf(
  constraints: readonly ConstraintDef[],
  column: string,
): (ConstraintDef & { kind: 'foreignKey' }) | null {
  for (const definition of constraints) {
    if (definition.kind === 'foreignKey' && definition.columns.length === 1 && definition.columns[0] === column)
      return definition;
  }
  return null;
}

export const isUniqueIndex = (definition: UniqueDef): boolean =>
  definition.condition != null || (definition.expressions?.length ?? 0) > 0;

export const uniqueAsIndex = (definition: UniqueDef): IndexDef => ({
  name: definition.name,
  columns: definition.columns.map((name) => ({ name, descending: false })),
  expressions: definition.expressions ?? [],
  condition: definition.condition ?? null,
  include: definition.include ?? [],
  method: null,
});

/** The statements that are the same everywhere, from which a database's schema editor starts. */
export function baseSchemaEditor(
  schema: SchemaDialect,
): Pick<SchemaEditor, 'createTable' | 'dropTable' | 'renameTable' | 'addIndex' | 'dropIndex'> {
  const write = ddl(schema);
  return {
    createTable: (table) => [
      write.createTable(table),
      ...write.uniqueIndexes(table),
      ...table.indexes.map((definition) => write.index(table.name, definition)),
    ],
    dropTable: (name) => [`DROP TABLE ${write.quote(name)}`],
    renameTable: (from, to) => [`ALTER TABLE ${write.quote(from)} RENAME TO ${write.quote(to)}`],
    addIndex: (table, definition) => [write.index(table.name, definition)],
    dropIndex: (_table, definition) => [`DROP INDEX ${write.quote(definition.name)}`],
  };
}
