import type { NodeOf, SqlWriter } from '../../compiler/dialect.js';
import { writeOperand } from '../../compiler/visit-expressions.js';
import type { DatePart, ExpressionNode } from '../../sql/expression-nodes.js';
import { quoteText } from './literals.js';
import { typeName } from './parameters.js';

/** A zone of the database, or an offset: as a text PostgreSQL would read its sign the other way round (POSIX), as an interval it does not. */
function zoneText(zone: string): string {
  return /^[+-]\d{2}:?\d{2}$/.test(zone) ? `INTERVAL ${quoteText(zone)}` : quoteText(zone);
}

/** The operand, in the wall-clock time of the zone where it is a moment. */
function writeLocal(operand: ExpressionNode, zone: string | null, out: SqlWriter): void {
  writeOperand(operand, out);
  if (typeName(operand) === 'datetime') out.text(` AT TIME ZONE ${zoneText(zone ?? 'UTC')}`);
}

const FIELDS: Readonly<Record<DatePart, string>> = {
  year: 'YEAR',
  iso_year: 'ISOYEAR',
  quarter: 'QUARTER',
  month: 'MONTH',
  week: 'WEEK',
  day: 'DAY',
  week_day: 'DOW',
  iso_week_day: 'ISODOW',
  hour: 'HOUR',
  minute: 'MINUTE',
  second: 'SECOND',
};

/** `EXTRACT(YEAR FROM x AT TIME ZONE 'UTC')`. */
export function writeExtract({ part, operand, timeZone }: NodeOf<'extract'>, out: SqlWriter): void {
  const sunday = part === 'week_day';
  out.text(`${sunday ? '(' : ''}EXTRACT(${FIELDS[part]} FROM `);
  if (part === 'second') {
    // Whole seconds: the fraction is cut off first.
    out.text("DATE_TRUNC('second', ");
    writeLocal(operand, timeZone, out);
    out.text(')');
  } else {
    writeLocal(operand, timeZone, out);
  }
  out.text(')');
  // PostgreSQL counts Sunday as 0, Django as 1.
  if (sunday) out.text(' + 1)');
}

/** A moment cut down in its zone and given as a moment again, a date or time of day as such. */
export function writeTrunc(node: NodeOf<'trunc'>, out: SqlWriter): void {
  const { unit, operand, timeZone } = node;
  const [from, to] = [typeName(operand), typeName(node)];
  if (unit === 'date' || unit === 'time') {
    out.text('(');
    writeLocal(operand, timeZone, out);
    out.text(`)::${unit}`);
  } else if (from === 'datetime' && to === 'datetime') {
    out
      .text(`DATE_TRUNC('${unit}', `)
      .node(operand)
      .text(`, ${zoneText(timeZone ?? 'UTC')}`);
    out.text(')');
  } else {
    out.text(`DATE_TRUNC('${unit}', `);
    writeLocal(operand, timeZone, out);
    out.text(')');
    if (to === 'date' || to === 'time') out.text(`::${to}`);
    else out.text(" AT TIME ZONE 'UTC'");
  }
}

/** Moments and spans; days between two dates are whole numbers in PostgreSQL, and a date moved by a span is a moment without a zone. */
export function writeTemporalArithmetic(node: NodeOf<'temporalArithmetic'>, out: SqlWriter): void {
  const { left, right, operator } = node;
  if (operator === '-' && typeName(left) === 'date' && typeName(right) === 'date') {
    out.text("(INTERVAL '1 day' * (");
    writeOperand(left, out);
    out.text(' - ');
    writeOperand(right, out);
    out.text('))');
    return;
  }
  const side = (operand: ExpressionNode): void => {
    if (typeName(operand) === 'date' && typeName(node) === 'datetime')
      out.text('(').node(operand).text(')::timestamptz');
    else writeOperand(operand, out);
  };
  out.text('(');
  side(left);
  out.text(` ${operator} `);
  side(right);
  out.text(')');
}
