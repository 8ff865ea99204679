import type { NodeOf, SqlWriter, Visits } from '../../compiler/dialect.js';
import { comparedByParts, foundByParts } from '../../compiler/tuples.js';
import { writeOperand, writeOver } from '../../compiler/visit-expressions.js';
import { writeReturning, writeValues } from '../../compiler/visit-writes.js';
import { baseVisits } from '../../compiler/visits.js';
import { NotSupportedError } from '../../errors.js';
import { mapParam } from '../../sql/build.js';
import type { ExpressionNode, LogicalNode } from '../../sql/expression-nodes.js';
import type { QueryNode } from '../../sql/statement-nodes.js';
import { wholeNumber } from './column-types.js';
import {
  isDecimal,
  isPlain,
  writeDecimalAggregate,
  writeDecimalArithmetic,
  writeDecimalComparison,
  writeDecimalIn,
} from './decimal-expressions.js';
import { isTextDecimal } from './decimal-form.js';
import {
  documentColumns,
  isDocumentPart,
  JSON_PART,
  writeDocumentPart,
  writeJsonOperand,
  writeJsonPath,
} from './json-expressions.js';
import { writeListParameter } from './list-parameters.js';

const typeName = (node: ExpressionNode): string => node.type.columnType.name;

/** SQLite refuses expressions more than 1,000 deep, and a chain of n parts is n deep; in parentheses it becomes a tree. */
const CHAIN = 200;
function writeChain(node: LogicalNode, operands: readonly ExpressionNode[], out: SqlWriter): void {
  if (operands.length <= CHAIN) {
    baseVisits.logical({ ...node, operands }, out);
    return;
  }
  const size = Math.max(CHAIN, Math.ceil(operands.length / CHAIN));
  const parts = Array.from({ length: Math.ceil(operands.length / size) }, (_, index) =>
    operands.slice(index * size, (index + 1) * size),
  );
  const write = (part: readonly ExpressionNode[]): void => {
    out.text('(');
    writeChain(node, part, out);
    out.text(')');
  };
  out.each(parts, write, ` ${node.connector} `);
}

/** What stands for another node, in parentheses since what is around it cannot know of them. */
function writeAlone(node: ExpressionNode, out: SqlWriter): void {
  out.text('(').node(node).text(')');
}

/** Whether SQLite's own comparison is right for all parts of a tuple. */
const hasPlainParts = (node: ExpressionNode): boolean => node.kind !== 'tuple' || node.items.every(isPlain);

/** A part of UNION and the like: SQLite takes no parentheses there, so an ordered, sliced or composed part becomes a derived table. */
function writePart(query: QueryNode, out: SqlWriter): void {
  const alone =
    query.kind === 'select' && query.orderBy.length === 0 && query.slice === null && query.ctes.length === 0;
  if (alone) out.node(query);
  else out.text('SELECT * FROM ').nested(() => out.node(query));
}

/** The columns of a statement that are parts of documents, as documents. */
const withDocuments = (query: QueryNode): QueryNode =>
  query.kind === 'select' ? documentColumns(query) : { ...query, queries: query.queries.map(withDocuments) };

/** `, 'Europe/Paris')`: the zone as a parameter, nothing where it does not matter. */
function writeZone(node: NodeOf<'extract'> | NodeOf<'trunc'>, out: SqlWriter): void {
  const { operand, timeZone } = node;
  if (typeName(operand) === 'datetime' && timeZone !== null && timeZone !== 'UTC') out.text(', ').bind(timeZone);
  out.text(')');
}

/** What SQLite writes otherwise than the others. */
export const visits: Visits = {
  ...baseVisits,

  // Exact decimals are functions (decimal-form.ts), and so are power and exclusive or.
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
    const byParts = [node.left, node.right].every(hasPlainParts) ? null : comparedByParts(node);
    if (byParts !== null) return writeAlone(byParts, out);
    if (!isDocumentPart(node.left) && !isDocumentPart(node.right)) return baseVisits.comparison(node, out);
    writeJsonOperand(node.left, out);
    out.text(` ${node.operator} `);
    writeJsonOperand(node.right, out);
  },
  between: (node, out) => {
    const parts = [node.operand, node.low, node.high];
    if (!parts.some(isDecimal) || parts.every(isPlain)) return baseVisits.between(node, out);
    baseVisits.logical(
      {
        kind: 'logical',
        connector: 'AND',
        type: node.type,
        operands: [
          { kind: 'comparison', operator: '>=', left: node.operand, right: node.low, type: node.type },
          { kind: 'comparison', operator: '<=', left: node.operand, right: node.high, type: node.type },
        ],
      },
      out,
    );
  },
  in: (node, out) => {
    const { operand, choices } = node;
    if (writeDecimalIn(node, out)) return;
    // A list of tuples has to be a statement (sqlite.org/rowvalue.html), and decimals are compared by functions.
    if (operand.kind === 'tuple' && 'length' in choices) return writeAlone(foundByParts(operand, choices), out);
    if (!('length' in choices) || !isDocumentPart(operand)) return baseVisits.in(node, out);
    out
      .node(operand)
      .text(' IN (')
      .each(choices, (choice) => writeJsonOperand(choice, out))
      .text(')');
  },
  listParam: (node, out) => writeListParameter(node, out),
  order: (node, out) => {
    if (isPlain(node.expression)) return baseVisits.order(node, out);
    out.text('DECIMAL_KEY(').node(node.expression).text(')');
    if (node.descending) out.text(' DESC');
    if (node.nulls !== null) out.text(node.nulls === 'first' ? ' NULLS FIRST' : ' NULLS LAST');
  },
  window: (node, out) => {
    const { expression } = node;
    const isTotal = expression.kind === 'aggregate' && (expression.name === 'SUM' || expression.name === 'AVG');
    if (isTotal && expression.args.some(isDecimal)) writeDecimalAggregate(expression, out, () => writeOver(node, out));
    else baseVisits.window(node, out);
  },
  // CAST of a text takes its leading number: of a date the year.
  cast: (node, out) => {
    switch (node.to.name) {
      case 'decimal':
        if (isTextDecimal(node.to))
          out
            .text('DECIMAL_TEXT(')
            .node(node.operand)
            .text(`, ${wholeNumber(node.to.decimalPlaces ?? 0)})`);
        else out.text('DECIMAL(').node(node.operand).text(')');
        break;
      case 'date':
        out.text('DATE(').node(node.operand).text(')');
        break;
      case 'datetime':
        out.text("STRFTIME('%Y-%m-%d %H:%M:%f', ").node(node.operand).text(')');
        break;
      case 'time':
        out.text("STRFTIME('%H:%M:%f', ").node(node.operand).text(')');
        break;
      default:
        baseVisits.cast(node, out);
    }
  },

  // LIKE ignores the case of ASCII letters already, and that of no others (sqlite.org/lang_expr.html#like).
  like: (node, out) => {
    writeOperand(node.left, out);
    out.text(' LIKE ');
    // A UUID is stored without its hyphens.
    if (typeName(node.left) !== 'uuid') writeOperand(node.pattern, out);
    else if (node.pattern.kind === 'param')
      out.node(mapParam(node.pattern, (pattern: string) => pattern.replaceAll('-', '')));
    else out.text('REPLACE(').node(node.pattern).text(", '-', '')");
    out.text(" ESCAPE '\\'");
  },
  logical: (node, out) => {
    if (node.connector === 'XOR') baseVisits.logical(node, out);
    else writeChain(node, node.operands, out);
  },

  // Spans are whole microseconds; dates and times are text.
  temporalArithmetic: (node, out) => {
    const { left, right, operator } = node;
    const spans = [left, right].filter((operand) => typeName(operand) === 'duration').length;
    if (spans === 2) return baseVisits.temporalArithmetic(node, out);
    if (spans === 0) {
      out.text('TEMPORAL_DIFFERENCE(').list([left, right]).text(')');
      return;
    }
    const [moment, span] = typeName(left) === 'duration' ? [right, left] : [left, right];
    const result = typeName(moment) === 'time' ? 'time' : typeName(node) === 'date' ? 'date' : 'datetime';
    out
      .text(`TEMPORAL_ADD('${result}', `)
      .node(moment)
      .text(operator === '-' ? ', -' : ', ');
    writeOperand(span, out);
    out.text(')');
  },
  extract: (node, out) => {
    out.text('TEMPORAL_EXTRACT(').bind(node.part).text(', ').node(node.operand);
    writeZone(node, out);
  },
  trunc: (node, out) => {
    const to = node.unit === 'date' || node.unit === 'time' ? node.unit : typeName(node);
    out
      .text('TEMPORAL_TRUNC(')
      .bind(node.unit)
      .text(', ')
      .bind(to === 'date' || to === 'time' ? to : 'datetime')
      .text(', ')
      .node(node.operand);
    writeZone(node, out);
  },

  jsonPath: writeJsonPath,
  call: (node, out) => {
    if (node.name === JSON_PART) writeDocumentPart(node, out);
    else baseVisits.call(node, out);
  },
  select: (node, out) => {
    baseVisits.select(out.depth === 0 ? documentColumns(node) : node, out);
  },
  // What is read from it later is a document, as from a stored column.
  cte: (node, out) => baseVisits.cte({ ...node, query: withDocuments(node.query) }, out),
  compound: (node, out) => {
    if (node.queries.some((part) => part.orderBy.length > 0 || part.slice !== null)) {
      throw new NotSupportedError(
        'ordered-part',
        'SQLite takes no ORDER BY or LIMIT in the parts of UNION, INTERSECT or EXCEPT: order the combined rows, and clear the order of the parts with orderBy().',
      );
    }
    out.each(node.queries, (query) => writePart(query, out), ` ${node.operator} `);
    if (node.orderBy.length > 0) out.text(' ORDER BY ').list(node.orderBy);
    if (node.slice !== null) out.node(node.slice);
  },
  // SQLite takes no OFFSET without LIMIT; -1 means all rows (sqlite.org/lang_select.html).
  slice: (node, out) => {
    baseVisits.slice(node.limit === null && node.offset > 0 ? { ...node, limit: -1 } : node, out);
  },
  // A transaction that writes locks the whole database already (BEGIN IMMEDIATE), so there are no rows left to lock.
  lock: () => {},
  default: () => {
    throw new NotSupportedError('not-supported', 'SQLite takes no DEFAULT among the values of an INSERT.');
  },
  // OR IGNORE also skips rows that break NOT NULL or CHECK, as Django has it on SQLite.
  insert: (node, out) => {
    if (node.conflict?.action !== 'ignore' || node.columns.length === 0) return baseVisits.insert(node, out);
    out.text('INSERT OR IGNORE INTO ').name(node.table);
    writeValues(node.columns, node.rows, out);
    writeReturning(node.returning, out);
  },
};
