import { literalSql } from '../../compiler/compile.js';
import type { Dialect } from '../../compiler/dialect.js';
import { NotSupportedError } from '../../errors.js';
import { plainIndex } from '../../sql/build.js';
import type { ColumnDef, ConstraintDef, IndexDef, TableDef } from '../../sql/table.js';
import type { SchemaEditor } from '../backend.js';
import { ddl, isAuto, isUniqueIndex, refuseExclusion } from '../schema-editor.js';
import { quoteName as quote, quoteText } from './literals.js';
import type { ServerFacts } from './server-facts.js';

type ForeignKeyDef = ConstraintDef & { kind: 'foreignKey' };
type UniqueDef = ConstraintDef & { kind: 'unique' };

const isForeignKey = (constraint: ConstraintDef): constraint is ForeignKeyDef => constraint.kind === 'foreignKey';
const quoted = (names: readonly string[]): string => names.map(quote).join(', ');
const alter = (table: string, change: string): string => `ALTER TABLE ${quote(table)} ${change}`;

/** Types of any length have no index of their own, and (on MySQL) no plain default. */
const LONG = new Set(['text', 'binary', 'json']);

/** MySQL's and MariaDB's. Every statement commits by itself: what was made before one that fails stays. */
export function schemaEditorFor(facts: ServerFacts, dialect: Dialect): SchemaEditor {
  const write = ddl({
    dialect,
    autoKey: ' AUTO_INCREMENT',
    referenceSuffix: '',
    columnCheck: (type, name) => (type.name.startsWith('positive') ? `${name} >= 0` : null),
  });
  const tableOptions = ` ENGINE=InnoDB${facts.isUnicode ? '' : ' DEFAULT CHARACTER SET utf8mb4'}`;

  /** `name type … COMMENT 'text'`: what a column is, whole, as CREATE, ADD, MODIFY and CHANGE want it. */
  const columnText = (column: ColumnDef, isKey: boolean, unique: boolean): string => {
    const long =
      LONG.has(column.type.name) && column.default != null && 'literal' in column.default && !facts.isMariaDB;
    const plain: ColumnDef = long ? { ...column, unique, default: null } : { ...column, unique };
    let text = write.column(plain, isKey, null);
    if (column.generated != null) text = text.replace(/ (NOT )?NULL$/, '');
    if (long) text += ` DEFAULT (${dialect.literal((column.default as { literal: never }).literal, column.type)})`;
    return column.comment == null || column.comment === '' ? text : `${text} COMMENT ${quoteText(column.comment)}`;
  };

  const constraintText = (constraint: ConstraintDef): string | null => {
    const name = `CONSTRAINT ${quote(constraint.name)}`;
    switch (constraint.kind) {
      case 'check':
        return `${name} CHECK (${literalSql(constraint.condition, dialect)})`;
      case 'unique':
        return isUniqueIndex(constraint) ? null : `${name} UNIQUE (${quoted(constraint.columns)})`;
      case 'foreignKey':
        if (constraint.onDelete === 'SET DEFAULT')
          throw new NotSupportedError('not-supported', 'InnoDB has no ON DELETE SET DEFAULT.');
        return (
          `${name} FOREIGN KEY (${quoted(constraint.columns)}) REFERENCES ${quote(constraint.table)} (${quoted(constraint.to)})` +
          (constraint.onDelete === null ? '' : ` ON DELETE ${constraint.onDelete}`)
        );
      case 'exclusion':
        refuseExclusion(constraint, dialect);
        return null;
    }
  };

  const isPossible = (index: IndexDef): boolean =>
    index.condition === null && (index.expressions.length === 0 || dialect.features.expressionIndexes);

  const createIndex = (table: string, index: IndexDef, unique = false): string[] => {
    // Neither can have a condition; without it a unique index would refuse more than it should. As in Django, it is left out.
    if (!isPossible(index)) return [];
    const terms = [
      ...index.columns.map(({ name, descending }) => `${quote(name)}${descending ? ' DESC' : ''}`),
      ...index.expressions.map(({ expression, descending }) => {
        const text = literalSql(expression, dialect);
        return `${expression.kind === 'column' ? text : `(${text})`}${descending ? ' DESC' : ''}`;
      }),
    ];
    return [`CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quote(index.name)} ON ${quote(table)} (${terms.join(', ')})`];
  };

  const addUnique = (table: string, { name, columns, expressions = [], condition = null }: UniqueDef): string[] =>
    createIndex(
      table,
      {
        ...plainIndex(
          name,
          columns.map((column) => ({ name: column, descending: false })),
        ),
        expressions,
        condition,
      },
      true,
    );

  /** A column of any length cannot be indexed without saying how much of it; such an index of one field is left out, as in Django. */
  const isIndexable = (table: TableDef, index: IndexDef): boolean => {
    const [only] = index.columns;
    if (index.columns.length !== 1 || index.expressions.length > 0) return true;
    const column = table.columns.find(({ name }) => name === only!.name);
    return column === undefined || !LONG.has(column.type.name);
  };

  const addConstraint = (table: string, constraint: ConstraintDef): string[] => {
    if (constraint.kind === 'unique' && isUniqueIndex(constraint)) return addUnique(table, constraint);
    return [alter(table, `ADD ${constraintText(constraint)!}`)];
  };
  const foreignKeys = (table: TableDef): string[] =>
    table.constraints.filter(isForeignKey).flatMap((key) => addConstraint(table.name, key));

  const createAlone = (table: TableDef): string[] => {
    const keys = table.columns.filter(({ primaryKey }) => primaryKey);
    const parts = table.columns.map((column) =>
      columnText(column, column.primaryKey && keys.length === 1, column.unique),
    );
    if (keys.length > 1) parts.push(`PRIMARY KEY (${quoted(keys.map(({ name }) => name))})`);
    const indexes: string[] = [];
    for (const constraint of table.constraints) {
      if (isForeignKey(constraint)) continue;
      const text = constraintText(constraint);
      if (text !== null) parts.push(text);
      else indexes.push(...addUnique(table.name, constraint as UniqueDef));
    }
    // A reference has an index already, which InnoDB makes for it.
    const references = new Set(table.constraints.filter(isForeignKey).map(({ columns }) => columns.join()));
    const isReference = ({ columns, expressions, condition }: IndexDef): boolean =>
      expressions.length === 0 && condition === null && references.has(columns.map(({ name }) => name).join());
    for (const index of table.indexes) {
      if (!isReference(index) && isIndexable(table, index)) indexes.push(...createIndex(table.name, index));
    }
    const comment = table.comment == null || table.comment === '' ? '' : ` COMMENT=${quoteText(table.comment)}`;
    return [`CREATE TABLE ${quote(table.name)} (${parts.join(', ')})${tableOptions}${comment}`, ...indexes];
  };

  const alterColumn = (table: TableDef, from: ColumnDef, to: ColumnDef): string[] => {
    const isKey = to.primaryKey && table.columns.filter(({ primaryKey }) => primaryKey).length === 1;
    // An automatic key stays one: the word PRIMARY KEY would ask for a second.
    const text =
      columnText({ ...to, primaryKey: false }, false, false) + (isKey && isAuto(to.type) ? ' AUTO_INCREMENT' : '');
    const name = quote(to.name);
    const fill =
      from.nullable && !to.nullable && to.default != null && 'literal' in to.default
        ? [
            `UPDATE ${quote(table.name)} SET ${quote(from.name)} = ${dialect.literal(to.default.literal, to.type)} WHERE ${quote(from.name)} IS NULL`,
          ]
        : [];
    const wasPositive = from.type.name.startsWith('positive') && !to.type.name.startsWith('positive');
    const wording = from.name === to.name ? `MODIFY ${text}` : `CHANGE ${quote(from.name)} ${text}`;
    return [
      ...fill,
      // The check belongs to the column's definition and goes with it.
      alter(table.name, wasPositive ? wording : wording),
      ...(from.unique && !to.unique ? [alter(table.name, `DROP INDEX ${quote(from.name)}`)] : []),
      ...(!from.unique && to.unique ? [alter(table.name, `ADD UNIQUE INDEX ${name} (${name})`)] : []),
    ];
  };

  return {
    createTable: (table) => [...createAlone(table), ...foreignKeys(table)],
    // References come last, since tables may refer to each other in a circle.
    createTables: (tables) => [...tables.flatMap(createAlone), ...tables.flatMap(foreignKeys)],
    dropTable: (name) => [`DROP TABLE ${quote(name)}`],
    renameTable: (from, to) => [`RENAME TABLE ${quote(from)} TO ${quote(to)}`],
    addColumn: (table, column, constraints = []) => [
      alter(table.name, `ADD COLUMN ${columnText(column, column.primaryKey, column.unique)}`),
      ...constraints.flatMap((constraint) => addConstraint(table.name, constraint)),
    ],
    // What refers to another table holds its column fast.
    dropColumn: (table, column) => [
      ...table.constraints
        .filter(isForeignKey)
        .filter(({ columns }) => columns.includes(column.name))
        .map(({ name }) => alter(table.name, `DROP FOREIGN KEY ${quote(name)}`)),
      alter(table.name, `DROP COLUMN ${quote(column.name)}`),
    ],
    alterColumn,
    addIndex: (table, index) => (isIndexable(table, index) ? createIndex(table.name, index) : []),
    dropIndex: (table, index) =>
      isPossible(index) && isIndexable(table, index) ? [`DROP INDEX ${quote(index.name)} ON ${quote(table.name)}`] : [],
    addConstraint: (table, constraint) => addConstraint(table.name, constraint),
    dropConstraint: (table, constraint) => {
      switch (constraint.kind) {
        case 'foreignKey':
          return [alter(table.name, `DROP FOREIGN KEY ${quote(constraint.name)}`)];
        case 'check':
          return [alter(table.name, `DROP ${facts.isMariaDB ? 'CONSTRAINT' : 'CHECK'} ${quote(constraint.name)}`)];
        case 'unique': {
          const index = {
            condition: constraint.condition ?? null,
            expressions: constraint.expressions ?? [],
          } as unknown as IndexDef;
          return isUniqueIndex(constraint) && !isPossible(index)
            ? []
            : [alter(table.name, `DROP INDEX ${quote(constraint.name)}`)];
        }
        case 'exclusion':
          refuseExclusion(constraint, dialect);
          return [];
      }
    },
  };
}
