import { IntegerField } from '../fields/numeric.js';
import type { DatePart, ExpressionNode, ExtractNode, TruncKind, TruncNode } from '../sql/expression-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { familyOf } from './output-type.js';
import { dateField, integerField, timeField } from './types.js';

/** The year of a date: a whole number whose comparisons with a value become comparisons of the date with that year's bounds. */
export class YearNumber extends IntegerField {
  override get kind(): string {
    return 'IntegerField';
  }
}
/** The year of a date by ISO 8601, which begins on a Monday. */
export class IsoYearNumber extends YearNumber {}

const yearNumber = new YearNumber();
const isoYearNumber = new IsoYearNumber();

/** A part of a date, time or datetime. The zone counts for datetimes alone. */
export function extract(part: DatePart, operand: ExpressionNode, timeZone: string): ExtractNode {
  const type: ValueType = part === 'year' ? yearNumber : part === 'iso_year' ? isoYearNumber : integerField;
  return { kind: 'extract', part, operand, timeZone: familyOf(operand.type) === 'datetime' ? timeZone : null, type };
}

/** A date, time or datetime cut down to a unit; `date` and `time` give the part of a datetime. */
export function trunc(
  unit: TruncKind,
  operand: ExpressionNode,
  timeZone: string,
  type: ValueType = operand.type,
): TruncNode {
  const result = unit === 'date' ? dateField : unit === 'time' ? timeField : type;
  return {
    kind: 'trunc',
    unit,
    operand,
    timeZone: familyOf(operand.type) === 'datetime' ? timeZone : null,
    type: result,
  };
}
