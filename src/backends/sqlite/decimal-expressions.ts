import type { NodeOf, SqlWriter } from '../../compiler/dialect.js';
import { writeOperand } from '../../compiler/visit-expressions.js';
import { statementOf } from '../../sql/build.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import { isTextDecimal } from './decimal-form.js';
import { writeListParameter } from './list-parameters.js';

/** Decimals in expressions: which may be left to SQLite's own operators, and how the others are written. */

export const isDecimal = (node: ExpressionNode): boolean => node.type.columnType.name === 'decimal';

/** Functions and aggregates that give one of their arguments back. */
const PASSING = new Set(['COALESCE', 'NULLIF', 'MIN', 'MAX', 'ANY_VALUE', 'FIRST_VALUE', 'LAST_VALUE', 'NTH_VALUE']);

/** Whether SQLite's own comparison and order are right: numbers of any kind, decimals in number form included. */
export function isPlain(node: ExpressionNode): boolean {
  if (!isDecimal(node)) return true;
  switch (node.kind) {
    case 'column':
    case 'param':
      return node.type.columnType.maxDigits != null && !isTextDecimal(node.type.columnType);
    case 'literal':
      return true;
    case 'aggregate':
    case 'call':
      return PASSING.has(node.name) && node.args.every(isPlain);
    case 'window':
      return isPlain(node.expression);
    case 'case':
      return node.whens.every(({ result }) => isPlain(result)) && (node.otherwise === null || isPlain(node.otherwise));
    case 'subquery': {
      const query = statementOf(node.query);
      return query.kind === 'select' && query.columns.every(({ expression }) => isPlain(expression));
    }
    default:
      return false;
  }
}

/** Whether both sides are columns or values of one text form, which are equal exactly when their texts are. */
function sameTextForm(left: ExpressionNode, right: ExpressionNode): boolean {
  const places = (node: ExpressionNode): number | null => {
    if (node.kind !== 'column' && node.kind !== 'param') return null;
    return isTextDecimal(node.type.columnType) ? (node.type.columnType.decimalPlaces ?? 0) : null;
  };
  const leftPlaces = places(left);
  return leftPlaces !== null && leftPlaces === places(right);
}

/** `DECIMAL_CMP(a, b) < 0` where the plain operator would compare numbers with texts. False: write it plainly. */
export function writeDecimalComparison(
  left: ExpressionNode,
  operator: string,
  right: ExpressionNode,
  out: SqlWriter,
): boolean {
  if (!isDecimal(left) && !isDecimal(right)) return false;
  if (isPlain(left) && isPlain(right)) return false;
  if ((operator === '=' || operator === '<>') && sameTextForm(left, right)) return false;
  out.text('DECIMAL_CMP(').node(left).text(', ').node(right).text(`) ${operator} 0`);
  return true;
}

/** Whether every number that an operand can be is a whole count of 10^-places, so that sums may be made of whole numbers. */
function plainColumnPlaces(node: ExpressionNode): number | null {
  if (node.kind !== 'column' || !isPlain(node)) return null;
  return node.type.columnType.decimalPlaces ?? null;
}

/**
 * SUM and AVG of a column in number form add whole numbers of its smallest unit: exact, or an overflow error, and nearly as fast as
 * adding doubles. Anything else goes through DECIMAL_SUM and DECIMAL_AVG.
 */
export function writeDecimalAggregate(node: NodeOf<'aggregate'>, out: SqlWriter, over: () => void): void {
  const [operand] = node.args;
  const places = operand === undefined ? null : plainColumnPlaces(operand);
  const tail = (): void => {
    if (node.filter !== null) out.text(' FILTER (WHERE ').node(node.filter).text(')');
    over();
  };
  const distinct = node.distinct ? 'DISTINCT ' : '';
  if (operand === undefined || places === null) {
    out.text(`DECIMAL_${node.name}(${distinct}`).list(node.args).text(')');
    tail();
    return;
  }
  const units = (): void => {
    out
      .text(`SUM(${distinct}CAST(ROUND(`)
      .node(operand)
      .text(` * 1${'0'.repeat(places)}) AS INTEGER))`);
    tail();
  };
  out.text('DECIMAL_OF_UNITS(');
  units();
  if (node.name === 'SUM') {
    out.text(`, ${places})`);
    return;
  }
  out.text(`, ${places}, COUNT(${distinct}`).node(operand).text(')');
  tail();
  out.text(')');
}

const OPERATIONS: Readonly<Record<string, string>> = {
  '+': 'DECIMAL_ADD',
  '-': 'DECIMAL_SUB',
  '*': 'DECIMAL_MUL',
  '/': 'DECIMAL_DIV',
  '%': 'DECIMAL_MOD',
  '^': 'DECIMAL_POW',
};

/** Arithmetic whose result is a decimal, exactly. False: not an operation on decimals. */
export function writeDecimalArithmetic(node: NodeOf<'binary'>, out: SqlWriter): boolean {
  const name = OPERATIONS[node.operator];
  if (name === undefined || !isDecimal(node)) return false;
  out.text(`${name}(`).list([node.left, node.right]).text(')');
  return true;
}

function writeCanonical(node: ExpressionNode, out: SqlWriter): void {
  if (isPlain(node)) writeOperand(node, out);
  else out.text('DECIMAL(').node(node).text(')');
}

/** IN with the decimals of both sides in one form. False: write it plainly. */
export function writeDecimalIn({ operand, choices }: NodeOf<'in'>, out: SqlWriter): boolean {
  if (!isDecimal(operand) || isPlain(operand)) return false;
  if ('length' in choices) {
    if (choices.every((choice) => sameTextForm(operand, choice))) return false;
    writeCanonical(operand, out);
    out
      .text(' IN (')
      .each(choices, (choice) => writeCanonical(choice, out))
      .text(')');
    return true;
  }
  if (
    choices.kind === 'listParam' &&
    sameTextForm(operand, { ...choices, kind: 'param', type: choices.elementType, value: null, map: null })
  )
    return false;
  writeCanonical(operand, out);
  out.text(' IN ');
  if (choices.kind === 'listParam') writeListParameter(choices, out, 'DECIMAL(value)');
  // The columns of VALUES are called column1 …, so those of what is appended to one are too.
  else
    out.nested(() =>
      out
        .text('SELECT DECIMAL(column1) FROM (SELECT column1 FROM (VALUES (NULL)) WHERE FALSE UNION ALL ')
        .node(statementOf(choices))
        .text(')'),
    );
  return true;
}
