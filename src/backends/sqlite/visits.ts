import type { SqlWriter, Visits } from '../../compiler/dialect.js';
import { writeOperand } from '../../compiler/visit-expressions.js';
import { writeNames } from '../../compiler/visit-writes.js';
import { baseVisits } from '../../compiler/visits.js';
import { encodeMapped, encoderOf } from '../../compiler/writer.js';
import { NotSupportedError } from '../../errors.js';
import { mapParam } from '../../sql/build.js';
import type { ExpressionNode, LogicalNode } from '../../sql/expression-nodes.js';
import type { QueryNode, SelectNode } from '../../sql/statement-nodes.js';
import type { ColumnType } from '../../sql/value-type.js';
import {
  isDecimal, isPlain, writeCanonical, writeDecimalAggregate, writeDecimalArithmetic, writeDecimalComparison,
} from './decimal-expressions.js';
import { jsonPathText } from './json-paths.js';
import { writeOver } from '../../compiler/visit-expressions.js';

const typeName = (node: ExpressionNode): string => node.type.columnType.name;

/** A value compared with a part of a JSON document: unpacked as the part is. */
function writeJsonOperand(node: ExpressionNode, out: SqlWriter): void {
  if (node.kind === 'param' && typeName(node) === 'json') {
    const type = { ...node.type, toDb: (value: unknown) => quoteWord(node.type.toDb(value)) };
    out.text('JSON_EXTRACT(').param({ ...node, type }).text(", '$')");
  } else {
    writeOperand(node, out);
  }
}

/** true, false and null inside a document come as these words (see `jsonPath`), so a value that is one of them is compared as a word. */
const quoteWord = (document: unknown): string =>
  document === 'true' || document === 'false' || document === 'null' ? `"${document}"` : String(document);

/** AND and OR of many parts as a balanced tree: SQLite refuses expressions more than 1,000 deep, and a chain of n parts is n deep. */
const CHAIN = 200;
function writeChain(node: LogicalNode, operands: readonly ExpressionNode[], out: SqlWriter): void {
  if (operands.length <= CHAIN) return baseVisits.logical({ ...node, operands }, out);
  const size = Math.ceil(operands.length / Math.ceil(operands.length / CHAIN));
  for (let start = 0; start < operands.length; start += size) {
    if (start > 0) out.text(` ${node.connector} `);
    out.text('(');
    writeChain(node, operands.slice(start, start + size), out);
    out.text(')');
  }
}

/** A part of UNION and the like: SQLite takes no parentheses there, so an ordered, sliced or composed part becomes a derived table. */
function writePart(query: QueryNode, out: SqlWriter): void {
  const alone = query.kind === 'select' && query.orderBy.length === 0 && query.slice === null && query.ctes.length === 0;
  if (alone) out.node(query);
  else out.text('SELECT * FROM ').nested(() => out.node(query));
}

/** Whether a column of the select list is written otherwise than inside an expression. */
const isDocumentPart = (node: ExpressionNode): boolean => node.kind === 'jsonPath' && !node.asText;

/** A part of a document as a document: `->` keeps "5" and 5 apart, which the unpacked value does not. */
function writeDocumentColumns(node: SelectNode): SelectNode {
  if (!node.columns.some(({ expression }) => isDocumentPart(expression))) return node;
  const columns = node.columns.map((column) => {
    if (column.expression.kind !== 'jsonPath' || column.expression.asText) return column;
    const { operand, path, type } = column.expression;
    return { ...column, expression: { kind: 'call', name: 'JSON_PART', args: [operand], type, options: { path: jsonPathText(path) } } as const };
  });
  // An order by the alias would sort documents as text; it means the unpacked values.
  const orderBy = node.distinct ? node.orderBy : node.orderBy.map((term) => {
    const { expression } = term;
    if (expression.kind !== 'alias') return term;
    const column = node.columns.find(({ alias }) => alias === expression.name);
    return column !== undefined && isDocumentPart(column.expression) ? { ...term, expression: column.expression } : term;
  });
  return { ...node, columns, orderBy };
}

/** Elements of a list, for types that JSON cannot carry exactly, and how they are made of what it can. */
function listElement(type: ColumnType): { readonly toJson: (value: any) => string; readonly sql: string } {
  switch (type.name) {
    case 'binary':
      return { toJson: (value: Buffer) => `"${value.toString('hex')}"`, sql: 'UNHEX(value)' };
    // SQLite's own reading of JSON numbers may be off by the last bit.
    case 'float':
      return { toJson: (value: number) => `"${value}"`, sql: 'TO_DOUBLE(value)' };
    default:
      return { toJson: (value: string | number | bigint) => (typeof value === 'string' ? JSON.stringify(value) : String(value)), sql: 'value' };
  }
}

/** What SQLite writes otherwise than the others. */
export const visits: Visits = {
  ...baseVisits,

  // Exact decimals (decimal-form.ts); power and exclusive or are functions.
  binary: (node, out) => {
    if (writeDecimalArithmetic(node, out)) return;
    if (node.operator === '^') out.text('POWER(').list([node.left, node.right]).text(')');
    else if (node.operator === '#') out.text('BITXOR(').list([node.left, node.right]).text(')');
    else baseVisits.binary(node, out);
  },
  negate: (node, out) => {
    if (isPlain(node.operand)) baseVisits.negate(node, out);
    else out.text('DECIMAL_SUB(0, ').node(node.operand).text(')');
  },
  comparison: (node, out) => {
    if (writeDecimalComparison(node.left, node.operator, node.right, out)) return;
    const json = isDocumentPart(node.left) || isDocumentPart(node.right);
    if (!json) return baseVisits.comparison(node, out);
    writeJsonOperand(node.left, out);
    out.text(` ${node.operator} `);
    writeJsonOperand(node.right, out);
  },
  between: (node, out) => {
    const parts = [node.operand, node.low, node.high];
    if (!parts.some(isDecimal) || parts.every(isPlain)) return baseVisits.between(node, out);
    out.text('(');
    writeDecimalComparison(node.operand, '>=', node.low, out);
    out.text(' AND ');
    writeDecimalComparison(node.operand, '<=', node.high, out);
    out.text(')');
  },
  in: (node, out) => {
    const { operand, choices } = node;
    if (isDecimal(operand) && !isPlain(operand) && !(operand.kind === 'column' && 'length' in choices && choices.every((choice) => choice.kind === 'param' && choice.type === operand.type))) {
      writeCanonical(operand, out);
      out.text(' IN ');
      if ('length' in choices) {
        out.text('(');
        choices.forEach((choice, index) => writeCanonical(choice, index > 0 ? out.text(', ') : out));
        out.text(')');
      } else if (choices.kind === 'listParam') {
        writeList(choices, 'DECIMAL(value)', out);
      } else {
        out.text('(SELECT DECIMAL(value) FROM (SELECT NULL AS value WHERE FALSE UNION ALL ').node(choices).text('))');
      }
      return;
    }
    if ('length' in choices && isDocumentPart(operand)) {
      out.node(operand).text(' IN (');
      choices.forEach((choice, index) => writeJsonOperand(choice, index > 0 ? out.text(', ') : out));
      out.text(')');
      return;
    }
    baseVisits.in(node, out);
  },
  order: (node, out) => {
    if (isPlain(node.expression)) return baseVisits.order(node, out);
    out.text('DECIMAL_KEY(').node(node.expression).text(')');
    if (node.descending) out.text(' DESC');
    if (node.nulls !== null) out.text(node.nulls === 'first' ? ' NULLS FIRST' : ' NULLS LAST');
  },
  window: (node, out) => {
    const { expression } = node;
    if (expression.kind === 'aggregate' && (expression.name === 'SUM' || expression.name === 'AVG') && expression.args.some(isDecimal)) {
      writeDecimalAggregate(expression, out, () => writeOver(node, out));
    } else {
      baseVisits.window(node, out);
    }
  },
  cast: (node, out) => {
    const to = node.to.name;
    if (to === 'decimal') out.text('DECIMAL(').node(node.operand).text(')');
    // CAST to a date would take the leading number of the text: the year.
    else if (to === 'date') out.text('DATE(').node(node.operand).text(')');
    else if (to === 'datetime') out.text("STRFTIME('%Y-%m-%d %H:%M:%f', ").node(node.operand).text(')');
    else if (to === 'time') out.text("STRFTIME('%H:%M:%f', ").node(node.operand).text(')');
    else baseVisits.cast(node, out);
  },

  // LIKE ignores the case of ASCII letters already, and that of no others (sqlite.org/lang_expr.html#like).
  like: (node, out) => {
    writeOperand(node.left, out);
    out.text(' LIKE ');
    // A UUID is stored without its hyphens.
    if (typeName(node.left) === 'uuid' && node.pattern.kind === 'param') out.node(mapParam(node.pattern, (pattern: string) => pattern.replaceAll('-', '')));
    else if (typeName(node.left) === 'uuid') out.text('REPLACE(').node(node.pattern).text(", '-', '')");
    else writeOperand(node.pattern, out);
    out.text(" ESCAPE '\\'");
  },
  logical: (node, out) => {
    if (node.connector === 'XOR') baseVisits.logical(node, out);
    else writeChain(node, node.operands, out);
  },
  listParam: (node, out) => writeList(node, null, out),

  // Spans are whole microseconds; dates and times are text.
  temporalArithmetic: (node, out) => {
    const [left, right] = [typeName(node.left), typeName(node.right)];
    if (left === 'duration' && right === 'duration') return baseVisits.temporalArithmetic(node, out);
    if (left !== 'duration' && right !== 'duration') {
      out.text('TEMPORAL_DIFFERENCE(').list([node.left, node.right]).text(')');
      return;
    }
    const [moment, span] = left === 'duration' ? [node.right, node.left] : [node.left, node.right];
    out.text(`TEMPORAL_ADD('${typeName(node) === 'date' ? 'date' : typeName(moment) === 'time' ? 'time' : 'datetime'}', `).node(moment).text(', ');
    out.text(node.operator === '-' ? '-' : '');
    writeOperand(span, out);
    out.text(')');
  },
  extract: (node, out) => {
    out.text(`TEMPORAL_EXTRACT('${node.part}', `).node(node.operand);
    writeZone(typeName(node.operand) === 'datetime' ? node.timeZone : null, out);
  },
  trunc: (node, out) => {
    const from = typeName(node.operand);
    const to = node.unit === 'date' || node.unit === 'time' ? node.unit : typeName(node);
    out.text(`TEMPORAL_TRUNC('${node.unit}', '${to === 'date' || to === 'time' ? to : 'datetime'}', `).node(node.operand);
    writeZone(from === 'datetime' ? node.timeZone : null, out);
  },

  // true, false and null inside a document come out as words, or they would be the numbers 1 and 0, and SQL NULL.
  jsonPath: (node, out) => {
    const path = jsonPathText(node.path);
    out.text('(CASE WHEN JSON_TYPE(').node(node.operand).text(', ').bind(path).text(") IN ('false', 'true', 'null') THEN JSON_TYPE(");
    out.node(node.operand).text(', ').bind(path).text(') ELSE JSON_EXTRACT(').node(node.operand).text(', ').bind(path).text(') END)');
  },
  call: (node, out) => {
    if (node.name !== 'JSON_PART') return baseVisits.call(node, out);
    out.text('(').node(node.args[0]!).text(' -> ').bind(String(node.options?.path)).text(')');
  },

  select: (node, out) => {
    baseVisits.select(out.depth === 0 ? writeDocumentColumns(node) : node, out);
  },
  compound: (node, out) => {
    node.queries.forEach((query, index) => {
      if (index > 0) out.text(` ${node.operator} `);
      writePart(query, out);
    });
    if (node.orderBy.length > 0) out.text(' ORDER BY ').list(node.orderBy);
    if (node.slice !== null) out.node(node.slice);
  },
  // SQLite takes no OFFSET without LIMIT; -1 means all rows (sqlite.org/lang_select.html).
  slice: (node, out) => {
    baseVisits.slice(node.limit === null && node.offset > 0 ? { ...node, limit: -1 } : node, out);
  },
  lock: (_node, out) => {
    throw new NotSupportedError('not-supported', `${out.dialect.label} locks whole databases, not rows: there is no SELECT … FOR UPDATE.`);
  },
  default: () => {
    throw new NotSupportedError('not-supported', 'SQLite takes no DEFAULT among the values of an INSERT.');
  },
  // OR IGNORE also skips rows that break NOT NULL and CHECK, as Django does on SQLite.
  insert: (node, out) => {
    if (node.conflict?.action !== 'ignore' || node.columns.length === 0) return baseVisits.insert(node, out);
    out.text('INSERT OR IGNORE INTO ').name(node.table).text(' (');
    writeNames(node.columns, out);
    out.text(') VALUES ');
    node.rows.forEach((row, index) => out.text(index > 0 ? ', (' : '(').list(row).text(')'));
    if (node.returning.length > 0) writeReturningAfter(node, out);
  },
};

function writeReturningAfter(node: Parameters<Visits['insert']>[0], out: SqlWriter): void {
  out.text(' RETURNING ');
  node.returning.forEach(({ expression, alias }, index) => {
    (index > 0 ? out.text(', ') : out).node(expression);
    if (alias !== null) out.text(' AS ').name(alias);
  });
}

/** `, 'Europe/Paris')`: the zone as a parameter, nothing where it does not matter. */
function writeZone(zone: string | null, out: SqlWriter): void {
  if (zone !== null && zone !== 'UTC') out.text(', ').bind(zone);
  out.text(')');
}

/** `(SELECT value FROM JSON_EACH(?))`. */
function writeList(node: Parameters<Visits['listParam']>[0], sql: string | null, out: SqlWriter): void {
  const element = listElement(node.elementType.columnType);
  const encode = encoderOf(node.elementType, out.dialect);
  const encodeAll = (values: readonly unknown[]): string => `[${values.map((value) => element.toJson(encode(value))).join(',')}]`;
  out.text(`(SELECT ${sql ?? element.sql} FROM JSON_EACH(`);
  out.input({ source: node.source, encode: encodeMapped(node.map, encodeAll as (value: unknown) => unknown), value: encodeAll(node.values) }).text('))');
}
