import type { NodeOf, SqlWriter } from '../../compiler/dialect.js';
import { writeOperand } from '../../compiler/visit-expressions.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import type { ServerFacts } from './server-facts.js';
import { toLocal, toUtc, zoneText } from './zones.js';

const typeName = (node: ExpressionNode): string => node.type.columnType.name;

/** A mark that no SQL holds, in place of an operand that is written later. */
const HERE = '\u0001';

/** Text in which the mark stands for a node, as often as it occurs. */
function writeAround(text: string, node: ExpressionNode, out: SqlWriter): void {
  text.split(HERE).forEach((part, index) => {
    if (index > 0) writeOperand(node, out);
    out.text(part);
  });
}

const isUtc = (zone: string | null): boolean =>
  zone === null || zone === 'UTC' || zone === '+00:00' || zone === 'Etc/UTC';

/** Dates and times for a server with the tables of zones, or without them. */
export function temporalVisits({ hasZones }: ServerFacts) {
  const local = (zone: string | null): string => {
    if (isUtc(zone)) return HERE;
    return hasZones ? `CONVERT_TZ(${HERE}, 'UTC', ${zoneText(zone!)})` : toLocal(HERE, zone!);
  };
  /** From the zone's clock back to a moment. The server's own way back would leave alone what lies outside of 1970 to 2038. */
  const utc = (text: string, zone: string | null): string => (isUtc(zone) ? text : toUtc(text, zone!));

  const zoneOf = (operand: ExpressionNode, zone: string | null): string | null =>
    typeName(operand) === 'datetime' ? zone : null;

  return {
    extract: ({ part, operand, timeZone }: NodeOf<'extract'>, out: SqlWriter): void => {
      writeAround(extractText(part, local(zoneOf(operand, timeZone))), operand, out);
    },
    trunc: (node: NodeOf<'trunc'>, out: SqlWriter): void => {
      const { unit, operand } = node;
      const zone = zoneOf(operand, node.timeZone);
      const text = truncText(unit, local(zone), typeName(node));
      writeAround(
        typeName(node) === 'datetime' && typeName(operand) === 'datetime' ? utc(text, zone) : text,
        operand,
        out,
      );
    },
  };
}

function extractText(part: NodeOf<'extract'>['part'], time: string): string {
  switch (part) {
    case 'week':
      // Mode 3: Monday first, week 1 has four days: ISO 8601.
      return `WEEK(${time}, 3)`;
    case 'week_day':
      return `DAYOFWEEK(${time})`;
    case 'iso_week_day':
      return `(WEEKDAY(${time}) + 1)`;
    case 'iso_year':
      return `FLOOR(YEARWEEK(${time}, 3) / 100)`;
    default:
      return `EXTRACT(${part.toUpperCase()} FROM ${time})`;
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  year: '%Y-01-01',
  month: '%Y-%m-01',
  day: '%Y-%m-%d',
  hour: '%Y-%m-%d %H:00:00',
  minute: '%Y-%m-%d %H:%i:00',
  second: '%Y-%m-%d %H:%i:%s',
};
const TIMES: Readonly<Record<string, string>> = { hour: '%H:00:00', minute: '%H:%i:00', second: '%H:%i:%s' };

function truncText(unit: NodeOf<'trunc'>['unit'], time: string, to: string): string {
  if (unit === 'date') return `DATE(${time})`;
  if (unit === 'time') return `TIME(${time})`;
  if (to === 'time' && Object.hasOwn(TIMES, unit)) return `CAST(DATE_FORMAT(${time}, '${TIMES[unit]}') AS TIME)`;
  const type = to === 'date' ? 'DATE' : 'DATETIME';
  switch (unit) {
    case 'quarter':
      return `CAST(MAKEDATE(YEAR(${time}), 1) + INTERVAL QUARTER(${time}) QUARTER - INTERVAL 1 QUARTER AS ${type})`;
    case 'week':
      return `CAST(DATE(${time}) - INTERVAL WEEKDAY(${time}) DAY AS ${type})`;
    default:
      return `CAST(DATE_FORMAT(${time}, '${FORMATS[unit]}') AS ${type})`;
  }
}

const MOMENTS: Readonly<Record<string, string>> = { date: 'DATE', time: 'TIME(6)' };

/** A date or time moved by a span, or the span between two; spans are whole microseconds. */
export function writeTemporalArithmetic(node: NodeOf<'temporalArithmetic'>, out: SqlWriter): void {
  const { left, right, operator } = node;
  const [a, b] = [typeName(left), typeName(right)];
  if (a !== 'duration' && b !== 'duration' && operator === '-') {
    writeDifference(left, right, out);
    return;
  }
  if (a === 'duration' && b === 'duration') {
    out.text('(');
    writeOperand(left, out);
    out.text(` ${operator} `);
    writeOperand(right, out);
    out.text(')');
    return;
  }
  const [moment, span] = a === 'duration' ? [right, left] : [left, right];
  out.text('(');
  if (moment.kind === 'param')
    out
      .text('CAST(')
      .node(moment)
      .text(` AS ${MOMENTS[typeName(moment)] ?? 'DATETIME(6)'})`);
  else writeOperand(moment, out);
  out.text(` ${operator} INTERVAL `);
  writeOperand(span, out);
  out.text(' MICROSECOND)');
}

function writeDifference(left: ExpressionNode, right: ExpressionNode, out: SqlWriter): void {
  if (typeName(left) !== 'time') {
    // From the second to the first.
    out.text('TIMESTAMPDIFF(MICROSECOND, ').node(right).text(', ').node(left).text(')');
    return;
  }
  const microseconds = (node: ExpressionNode): void => {
    out.text('CAST(TIME_TO_SEC(').node(node).text(') * 1000000 + MICROSECOND(').node(node).text(') AS SIGNED)');
  };
  out.text('(');
  microseconds(left);
  out.text(' - ');
  microseconds(right);
  out.text(')');
}
