import { argument } from '../expressions/f.js';
import { isForeignKey } from '../fields/relations.js';
import { plainIndex } from '../sql/build.js';
import type { ExpressionNode, OrderNode } from '../sql/expression-nodes.js';
import type { ColumnDef, ConstraintDef, IndexDef, ReferentialAction, TableDef } from '../sql/table.js';
import type { ColumnType, DbValue } from '../sql/value-type.js';
import { digest } from '../util/digest.js';
import { CheckConstraint, UniqueConstraint } from './constraints.js';
import { ExclusionConstraint } from './exclusion-constraint.js';
import type { Index } from './indexes.js';
import type { BoundField, ModelMeta } from './model-meta.js';

/** Makes nodes of conditions and expressions: the query side knows how. Columns come without a table. */
export interface TableResolver {
  condition(meta: ModelMeta, condition: unknown): ExpressionNode;
  expression(meta: ModelMeta, expression: unknown): readonly OrderNode[];
  /** Whether `value` is an expression at all, for `dbDefault`. */
  isExpression(value: unknown): boolean;
}

/** The longest name of a constraint or index that every database takes. */
const MAX_NAME = 63;

/** A model's table: columns, constraints and indexes. `resolver` makes nodes of conditions and expressions. */
export function toTable(meta: ModelMeta, resolver: TableResolver): TableDef {
  const { concrete } = meta;
  return {
    name: concrete.dbTable,
    columns: concrete.localFields.map((field) => toColumn(field, resolver)),
    constraints: [...foreignKeys(concrete), ...togethers(concrete), ...declared(concrete, resolver)],
    indexes: [...fieldIndexes(concrete), ...concrete.indexes.map((index) => toIndex(concrete, index, resolver))],
    comment: concrete.options.dbTableComment ?? null,
    tablespace: concrete.options.dbTablespace ?? null,
  };
}

/** One field as a column. */
export function toColumn(field: BoundField, resolver: TableResolver): ColumnDef {
  return {
    name: field.column,
    type: columnTypeOf(field),
    nullable: field.nullable,
    // of a composite key every column is one
    primaryKey: field.model.pkFields.includes(field),
    unique: field.unique && !field.primaryKey,
    default: defaultOf(field, resolver),
    generated: generatedOf(field, resolver),
    comment: field.field.options.dbComment ?? null,
  };
}

/** Automatic keys count only where they are the key; what refers to one is a plain number of the same size. */
const PLAIN: Readonly<Record<string, string>> = { smallAuto: 'smallint', auto: 'integer', bigAuto: 'bigint' };

function columnTypeOf(field: BoundField): ColumnType {
  const type = field.type.columnType;
  if (field.relation === null) return type;
  return Object.hasOwn(PLAIN, type.name) ? { ...type, name: PLAIN[type.name]! } : type;
}

function defaultOf(field: BoundField, resolver: TableResolver): NonNullable<ColumnDef['default']> | null {
  const { dbDefault } = field.field.options;
  if (dbDefault === undefined || field.generated) return null;
  if (resolver.isExpression(dbDefault))
    return { expression: resolver.expression(field.model, dbDefault)[0]!.expression };
  return { literal: dbDefault === null ? null : literalOf(field, dbDefault) };
}

function literalOf(field: BoundField, value: unknown): DbValue {
  const prepared = field.type.prepareSave(value, field.name);
  return prepared === null ? null : field.type.stored.toDb(prepared);
}

function generatedOf(field: BoundField, resolver: TableResolver): NonNullable<ColumnDef['generated']> | null {
  if (!field.generated) return null;
  const { expression, dbPersist } = field.field.options as unknown as { expression: unknown; dbPersist: boolean };
  return { expression: resolver.expression(field.model, expression)[0]!.expression, stored: dbPersist };
}

/** `<table>_<columns>_<hash><suffix>`, short enough for every database: the names that Django makes on PostgreSQL. */
export function constraintName(table: string, columns: readonly string[], suffix: string): string {
  let end = `${digest(8, table, ...columns)}${suffix}`;
  const full = `${table}_${columns.join('_')}_${end}`;
  if (full.length <= MAX_NAME) return full;
  if (end.length > MAX_NAME / 3) end = end.slice(0, Math.floor(MAX_NAME / 3));
  const room = Math.floor((MAX_NAME - end.length) / 2) - 1;
  const name = `${table.slice(0, room)}_${columns.join('_').slice(0, room)}_${end}`;
  return /^[_\d]/.test(name) ? `D${name.slice(0, -1)}` : name;
}

function foreignKeys(meta: ModelMeta): readonly ConstraintDef[] {
  return meta.localFields.flatMap((field): readonly ConstraintDef[] => {
    if (!isForeignKey(field.field) || field.relation === null || field.field.options.dbConstraint === false) return [];
    const target = field.relation.hops[0]!.toField;
    const table = target.model.dbTable;
    return [
      {
        kind: 'foreignKey',
        name: constraintName(meta.dbTable, [field.column], `_fk_${table}_${target.column}`),
        columns: [field.column],
        table,
        to: [target.column],
        onDelete: referentialAction(field),
      },
    ];
  });
}

function referentialAction(field: BoundField): ReferentialAction {
  switch (field.relation!.onDelete.action) {
    case 'DB_CASCADE':
      return 'CASCADE';
    case 'DB_SET_NULL':
      return 'SET NULL';
    case 'DB_SET_DEFAULT':
      return 'SET DEFAULT';
    default:
      return null;
  }
}

const columnOf = (meta: ModelMeta, name: string): string => meta.fieldsByName.get(name)?.column ?? name;

function togethers(meta: ModelMeta): readonly ConstraintDef[] {
  return meta.uniqueTogether.map((names) => {
    const columns = names.map((name) => columnOf(meta, name));
    return { kind: 'unique', name: constraintName(meta.dbTable, columns, '_uniq'), columns };
  });
}

function declared(meta: ModelMeta, resolver: TableResolver): readonly ConstraintDef[] {
  return meta.constraints.flatMap((constraint): readonly ConstraintDef[] => {
    if (constraint instanceof CheckConstraint) {
      return [{ kind: 'check', name: constraint.name, condition: resolver.condition(meta, constraint.condition) }];
    }
    if (constraint instanceof ExclusionConstraint) return [toExclusion(meta, constraint, resolver)];
    if (!(constraint instanceof UniqueConstraint)) return [];
    return [
      {
        kind: 'unique',
        name: constraint.name,
        columns: constraint.fields.map((name) => columnOf(meta, name)),
        condition: constraint.condition === null ? null : resolver.condition(meta, constraint.condition),
        expressions: constraint.expressions.flatMap((expression) => resolver.expression(meta, expression)),
        deferrable: constraint.deferrable,
        include: constraint.include.map((name) => columnOf(meta, name)),
        nullsDistinct: constraint.nullsDistinct,
        opclasses: constraint.opclasses,
      },
    ];
  });
}

const toExclusion = (meta: ModelMeta, constraint: ExclusionConstraint, resolver: TableResolver): ConstraintDef => ({
  kind: 'exclusion',
  name: constraint.name,
  method: constraint.indexType,
  // a name is that of a column, whatever the order of the model that a relation leads to
  terms: constraint.terms.map(([expression, operator]) => ({
    term: resolver.expression(meta, argument(expression))[0]!,
    operator,
  })),
  condition: constraint.condition === null ? null : resolver.condition(meta, constraint.condition),
  deferrable: constraint.deferrable,
  include: constraint.include.map((name) => columnOf(meta, name)),
  contrib: 'postgres',
});

/** Indexes of single columns: foreign keys and `dbIndex`; unique columns have theirs already. */
function fieldIndexes(meta: ModelMeta): readonly IndexDef[] {
  return meta.localFields.flatMap((field): readonly IndexDef[] => {
    if (!field.field.indexed || field.unique) return [];
    const tablespace = field.field.options.dbTablespace ?? meta.options.dbTablespace ?? null;
    const columns = [{ name: field.column, descending: false, opclass: null }];
    return [{ ...plainIndex(constraintName(meta.dbTable, [field.column], ''), columns), tablespace }];
  });
}

/** A declared index as it stands in the database. */
export function toIndex(meta: ModelMeta, index: Index, resolver: TableResolver): IndexDef {
  return {
    name: index.name,
    columns: index.fields.map(({ name, descending }, at) => ({
      name: columnOf(meta, name),
      descending,
      opclass: index.opclasses[at] ?? null,
    })),
    expressions: index.expressions.flatMap((expression) => resolver.expression(meta, expression)),
    condition: index.condition === null ? null : resolver.condition(meta, index.condition),
    include: index.include.map((name) => columnOf(meta, name)),
    method: index.method,
    options: index.storage,
    contrib: index.contrib,
    tablespace: index.dbTablespace ?? meta.options.dbTablespace ?? null,
  };
}
