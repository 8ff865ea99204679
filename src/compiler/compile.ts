import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { SelectColumn, SqlNode } from '../sql/statement-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { identity } from '../sql/value-type.js';
import { getOrMake } from '../util/get-or-make.js';
import { codecOf } from './contrib.js';
import type { Compiled, Dialect } from './dialect.js';
import { Writer } from './writer.js';

type Decode = (value: any) => unknown;

/** Of an expression, and of a stored column, which some databases read otherwise. */
interface Decoders {
  readonly expression: Decode | null;
  readonly column: Decode | null;
}

const decoders = new WeakMap<Dialect, WeakMap<ValueType, Decoders>>();

/**
 * From the driver's form to JavaScript's meaning; null where they are the same. The result never meets null.
 * Composed once for each type and dialect.
 */
export function decoderOf(type: ValueType, dialect: Dialect, stored = false): Decode | null {
  const byType = getOrMake(decoders, dialect, () => new WeakMap());
  const known = getOrMake(byType, type, () => {
    const { decode, decodeColumn } = codecOf(type.columnType, dialect);
    const expression = composeDecoder(type, decode);
    return { expression, column: decodeColumn === undefined ? expression : composeDecoder(type, decodeColumn) };
  });
  return stored ? known.column : known.expression;
}

function composeDecoder(type: ValueType, decode: Decode): Decode | null {
  if (decode === identity) return type.fromDb === identity ? null : (value) => type.fromDb(value);
  return type.fromDb === identity ? decode : (value) => type.fromDb(decode(value));
}

/** The columns of the rows that a statement gives. */
function resultColumns(node: SqlNode): readonly SelectColumn[] {
  switch (node.kind) {
    case 'select':
      return node.columns;
    case 'compound':
      return resultColumns(node.queries[0]!);
    case 'insert':
    case 'update':
      return node.returning;
    default:
      return [];
  }
}

/** Whether a column of the result is one of a table, and not of a derived table, where it may be any expression. */
function isStored(expression: ExpressionNode, node: SqlNode): boolean {
  if (expression.kind !== 'column') return false;
  if (node.kind === 'compound') return isStored(expression, node.queries[0]!);
  if (node.kind !== 'select') return true;
  const sources = [node.from, ...node.joins.map(({ source }) => source)];
  const source = sources.find((each) => each?.alias === expression.table);
  return source?.kind === 'table' && !node.ctes.some(({ name }) => name === source.name);
}

function isReadOnly(node: SqlNode): boolean {
  if (node.kind === 'compound') return node.queries.every(isReadOnly);
  return node.kind === 'select' && node.lock === null;
}

/**
 * A statement as text and parameters, with a decoder for each column that it gives.
 * Values are encoded here, so what a column's type cannot hold throws before anything is sent.
 *
 * @example
 * compile(select({ columns: [{ expression: column('book', 'id', integer), alias: null }], from: … }), dialect).sql
 * // SELECT "book"."id" FROM "book"
 */
export function compile(node: SqlNode, dialect: Dialect): Compiled {
  const written = dialect.rewrite?.(node) ?? node;
  const out = new Writer(dialect).node(written);
  const columns = resultColumns(written);
  const wideColumns: number[] = [];
  columns.forEach(({ expression }, index) => {
    if (codecOf(expression.type.columnType, dialect).wide === true) wideColumns.push(index);
  });
  return {
    sql: out.sql,
    params: out.params,
    decoders: columns.map(({ expression }) => decoderOf(expression.type, dialect, isStored(expression, written))),
    wideColumns,
    oneRow: written.kind === 'select' && (written.oneRow || written.slice?.limit === 1),
    readOnly: isReadOnly(written),
    databases: out.databases,
  };
}

/** An expression as text without parameters, for the definitions of tables: defaults, checks, conditions of indexes. */
export const literalSql = (node: SqlNode, dialect: Dialect): string =>
  new Writer(dialect, { literals: true }).node(node).sql;
