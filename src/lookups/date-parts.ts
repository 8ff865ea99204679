import { ValueError } from '../errors.js';
import { extract, trunc } from '../expressions/date-parts.js';
import { isExpression } from '../expressions/expression.js';
import { familyOf } from '../expressions/output-type.js';
import { dateField, instantField } from '../expressions/types.js';
import { between, compare, mapParam } from '../sql/build.js';
import type { DatePart, ExpressionNode, ParamNode } from '../sql/expression-nodes.js';
import { Temporal } from '../util/temporal.js';
import { exact, gt, gte, lt, lte } from './comparison.js';
import type { Lookup, Transform } from './lookup.js';
import { paramOf } from './right-side.js';

const partOf = (part: DatePart): Transform => ({
  name: part,
  toNode: (left, context) => extract(part, left, context.timeZone),
});

/** Parts of dates: of datetimes in the project's time zone. SQL: `EXTRACT(part FROM left)` */
export const dateParts: readonly Transform[] = (
  ['year', 'iso_year', 'quarter', 'month', 'week', 'day', 'week_day', 'iso_week_day'] as const
).map(partOf);
/** Parts of times and datetimes. */
export const timeParts: readonly Transform[] = (['hour', 'minute', 'second'] as const).map(partOf);
/** The date and the time of day of a datetime, in the project's time zone. */
export const dateAndTime: readonly Transform[] = (['date', 'time'] as const).map((unit) => ({
  name: unit,
  toNode: (left, context) => trunc(unit, left, context.timeZone),
}));

/** First and last day of a year. */
type Bounds = (year: number) => readonly [Temporal.PlainDate, Temporal.PlainDate];

const calendarYear: Bounds = (year) => [
  Temporal.PlainDate.from({ year, month: 1, day: 1 }),
  Temporal.PlainDate.from({ year, month: 12, day: 31 }),
];
const isoYear: Bounds = (year) => [startOfIsoYear(year), startOfIsoYear(year + 1).subtract({ days: 1 })];
/** The Monday of the week with the year's first Thursday, which is the week of 4 January. */
function startOfIsoYear(year: number): Temporal.PlainDate {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  return fourth.subtract({ days: fourth.dayOfWeek - 1 });
}

const lastMoment = (): Temporal.PlainTime => new Temporal.PlainTime(23, 59, 59, 999, 999);

/** The year in a parameter as the first or last moment of that year, in the zone in which the year was meant. */
function boundOf(
  year: ParamNode,
  which: 0 | 1,
  bounds: Bounds,
  date: ExpressionNode,
  timeZone: string | null,
): ParamNode {
  if (familyOf(date.type) === 'date') return mapParam(year, (value: number) => bounds(value)[which], dateField);
  const zone = timeZone ?? 'UTC';
  const moment = (value: number): Temporal.Instant =>
    bounds(value)
      [which].toZonedDateTime({ timeZone: zone, plainTime: which === 0 ? new Temporal.PlainTime() : lastMoment() })
      .toInstant();
  return mapParam(year, moment, instantField);
}

type ByBounds = (date: ExpressionNode, first: ParamNode, last: ParamNode) => ExpressionNode;

/** A lookup of years: with a plain value the date itself is compared, so that an index on it can be used. */
function ofYear(general: Lookup, bounds: Bounds, byBounds: ByBounds): Lookup {
  return {
    ...general,
    prepare: (value, type, context) => {
      const year = general.prepare(value, type, context);
      if (!isExpression(year) && year !== null && (typeof year !== 'number' || year < 1 || year > 9999)) {
        throw new ValueError('year-out-of-range', `${context.subject}: a year lies between 1 and 9999.`);
      }
      return year;
    },
    toNode: (left, right, context) => {
      const year = paramOf(right);
      if (year === null || typeof year.value !== 'number' || left.kind !== 'extract')
        return general.toNode(left, right, context);
      const bound = (which: 0 | 1): ParamNode => boundOf(year, which, bounds, left.operand, left.timeZone);
      return byBounds(left.operand, bound(0), bound(1));
    },
  };
}

const lookupsOfYear = (bounds: Bounds): readonly Lookup[] => [
  ofYear(exact, bounds, between),
  ofYear(gt, bounds, (date, _first, last) => compare(date, '>', last)),
  ofYear(gte, bounds, (date, first) => compare(date, '>=', first)),
  ofYear(lt, bounds, (date, first) => compare(date, '<', first)),
  ofYear(lte, bounds, (date, _first, last) => compare(date, '<=', last)),
];

/** Lookups of the year of a date. SQL: `date BETWEEN first AND last` and the like. */
export const yearLookups = lookupsOfYear(calendarYear);
/** Lookups of the ISO year of a date. */
export const isoYearLookups = lookupsOfYear(isoYear);
