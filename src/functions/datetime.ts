import { typeError, ValueError } from '../errors.js';
import { extract, trunc } from '../expressions/date-parts.js';
import { Expression } from '../expressions/expression.js';
import { argument } from '../expressions/f.js';
import type { TypeFamily } from '../expressions/output-type.js';
import { familyOf, knownType, shapeOfType, typeName } from '../expressions/output-type.js';
import { dateTimeField } from '../expressions/types.js';
import type { OutputOptions } from '../expressions/value.js';
import { checkTimeZone } from '../fields/time-zone.js';
import type { DatePart, ExpressionNode, TruncKind } from '../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../sql/resolvable.js';
import type { ValueType } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import type { FunctionTransform } from './define.js';
import { defineFunction } from './define.js';

/** Options of functions of dates. */
export interface ZoneOptions extends OutputOptions {
  /** The zone in which a datetime is meant, an IANA name; the project's when not given. Only for datetimes. */
  readonly tzinfo?: string;
}

const TIME_PARTS: ReadonlySet<string> = new Set(['hour', 'minute', 'second']);
const PARTS: ReadonlySet<string> = new Set([
  'year',
  'iso_year',
  'quarter',
  'month',
  'week',
  'day',
  'week_day',
  'iso_week_day',
  ...TIME_PARTS,
]);
const KINDS: ReadonlySet<string> = new Set(['year', 'quarter', 'month', 'week', 'day', 'date', 'time', ...TIME_PARTS]);

/** What extraction and truncation share: an expression of dates and the zone in which it is meant. */
abstract class DateFunction extends Expression {
  readonly expression: Resolvable;
  readonly tzinfo: string | null;

  constructor(expression: unknown, options: ZoneOptions) {
    super();
    if (expression === undefined || expression === null)
      throw typeError('date-expression', 'A date is expected: the name of a field, or an expression.');
    this.expression = argument(expression);
    this.tzinfo = options.tzinfo === undefined || options.tzinfo === null ? null : checkTimeZone(options.tzinfo);
  }

  override sources(): readonly Resolvable[] {
    return [this.expression];
  }
  /** The zone for a value of this type. Throws ValueError for a zone where none is meant. */
  protected zoneFor(family: TypeFamily, scope: Scope): string {
    if (this.tzinfo !== null && family !== 'datetime' && family !== 'any') {
      throw new ValueError('time-zone-unused', 'tzinfo can only be used with datetimes.');
    }
    return this.tzinfo ?? scope.timeZone;
  }
}

/** Throws ValueError where the part does not exist in values of the type. */
function checkPart(part: string, type: ValueType): void {
  const family = familyOf(type);
  if (family === 'any') return;
  if (family !== 'date' && family !== 'datetime' && family !== 'time' && family !== 'duration') {
    throw new ValueError('extract-type', `Extract takes a date, a datetime or a time, not a ${typeName(type)}.`);
  }
  if (family === 'duration') throw new ValueError('extract-duration', 'Extract cannot be used with durations.');
  if (family === 'date' ? TIME_PARTS.has(part) : family === 'time' && !TIME_PARTS.has(part)) {
    throw new ValueError('extract-part', `Cannot extract '${part}' from a ${typeName(type)}.`);
  }
}

/** The class behind `Extract` and its siblings. */
export class ExtractExpression extends DateFunction {
  readonly part: DatePart;

  constructor(expression: unknown, part: string, options: ZoneOptions = {}) {
    super(expression, options);
    if (!PARTS.has(part)) {
      throw new ValueError('extract-part', `Extract takes one of ${[...PARTS].join(', ')}.`);
    }
    this.part = part as DatePart;
    if (new.target === ExtractExpression) Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const node = this.expression.resolve(scope);
    checkPart(this.part, knownType(node));
    return extract(this.part, node, this.zoneFor(familyOf(node.type), scope));
  }
  protected ownShape(): string {
    return JSON.stringify([this.part, this.tzinfo]);
  }
}
/**
 * A part of a date, datetime or time as a whole number, by name: year, iso_year, quarter, month, week, day, week_day (1 is Sunday),
 * iso_week_day (1 is Monday), hour, minute, second. Throws ValueError for other names and for parts that the type has not.
 * SQL: `EXTRACT(part FROM x)`
 *
 * @example
 * await Post.objects.annotate({ weekday: Extract("created", "week_day", { tzinfo: "Europe/Paris" }) });
 */
export const Extract = callable(ExtractExpression);

/** A class for one part: callable without `new`, usable as a transform. */
export interface DateFunctionClass {
  (expression: unknown, options?: ZoneOptions): Expression;
  new (expression: unknown, options?: ZoneOptions): Expression;
  readonly prototype: Expression;
  readonly transform: FunctionTransform;
}

function defineExtract(label: string, part: DatePart): DateFunctionClass {
  const DefinedExtract = class extends ExtractExpression {
    static readonly transform: FunctionTransform = {
      name: part,
      toNode: (left, context) => {
        checkPart(part, left.type);
        return extract(part, left, context.timeZone);
      },
    };
    constructor(expression: unknown, options: ZoneOptions = {}) {
      super(expression, part, options);
      Object.freeze(this);
    }
  };
  Object.defineProperty(DefinedExtract, 'name', { value: label });
  return callable(DefinedExtract) as unknown as DateFunctionClass;
}

/** The year. @example ExtractYear("published") */
export const ExtractYear = defineExtract('ExtractYear', 'year');
/** The year of the ISO week. @example ExtractIsoYear("published") */
export const ExtractIsoYear = defineExtract('ExtractIsoYear', 'iso_year');
/** The month, 1 to 12. @example ExtractMonth("published") */
export const ExtractMonth = defineExtract('ExtractMonth', 'month');
/** The day of the month. @example ExtractDay("published") */
export const ExtractDay = defineExtract('ExtractDay', 'day');
/** The ISO week, 1 to 53. @example ExtractWeek("published") */
export const ExtractWeek = defineExtract('ExtractWeek', 'week');
/** The day of the week, 1 for Sunday to 7 for Saturday. @example ExtractWeekDay("published") */
export const ExtractWeekDay = defineExtract('ExtractWeekDay', 'week_day');
/** The day of the week, 1 for Monday to 7 for Sunday. @example ExtractIsoWeekDay("published") */
export const ExtractIsoWeekDay = defineExtract('ExtractIsoWeekDay', 'iso_week_day');
/** The quarter, 1 to 4. @example ExtractQuarter("published") */
export const ExtractQuarter = defineExtract('ExtractQuarter', 'quarter');
/** The hour, 0 to 23. @example ExtractHour("created") */
export const ExtractHour = defineExtract('ExtractHour', 'hour');
/** The minute. @example ExtractMinute("created") */
export const ExtractMinute = defineExtract('ExtractMinute', 'minute');
/** The second, cut to a whole number. @example ExtractSecond("created") */
export const ExtractSecond = defineExtract('ExtractSecond', 'second');

/** The moment at which the database runs the statement. SQL: `NOW()` @example Post.objects.filter({ published__lte: Now() }) */
export const Now = defineFunction<[options?: object]>('Now', { sql: 'NOW', arity: 0, type: dateTimeField });

const CALENDAR: ReadonlySet<TypeFamily> = new Set(['date', 'datetime', 'time']);

/** The type of a truncated value. Throws TypeError and ValueError where there is none, as Django does. */
function truncatedType(kind: TruncKind, from: ValueType, outputField: ValueType | null): ValueType {
  const family = familyOf(from);
  if (family === 'any') return outputField ?? dateTimeField;
  if (!CALENDAR.has(family))
    throw typeError('trunc-type', `Trunc takes a date, a datetime or a time, not a ${typeName(from)}.`);
  const type = kind === 'date' || kind === 'time' ? from : (outputField ?? from);
  const to = kind === 'date' || kind === 'time' ? kind : familyOf(type);
  if (!CALENDAR.has(to))
    throw new ValueError('trunc-output', 'outputField must be a field of dates, times or datetimes.');
  const isLost =
    family === 'date'
      ? TIME_PARTS.has(kind) || kind === 'time'
      : family === 'time' && !TIME_PARTS.has(kind) && kind !== 'time';
  if (family !== 'datetime' && (isLost || to === 'datetime')) {
    throw new ValueError(
      'trunc-kind',
      `Cannot truncate a ${typeName(from)} to ${outputField === null ? kind : typeName(outputField)}.`,
    );
  }
  return type;
}

/** The class behind `Trunc` and its siblings. */
export class TruncExpression extends DateFunction {
  readonly kind: TruncKind;
  readonly outputField: ValueType | null;

  constructor(expression: unknown, kind: string, options: ZoneOptions = {}) {
    super(expression, options);
    if (!KINDS.has(kind)) throw new ValueError('trunc-kind', `Trunc takes one of ${[...KINDS].join(', ')}.`);
    this.kind = kind as TruncKind;
    this.outputField = options.outputField ?? null;
    if (new.target === TruncExpression) Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const node = this.expression.resolve(scope);
    const type = truncatedType(this.kind, knownType(node), this.outputField);
    return trunc(this.kind, node, this.zoneFor(familyOf(node.type), scope), type);
  }
  protected ownShape(): string {
    return `${JSON.stringify([this.kind, this.tzinfo])},${shapeOfType(this.outputField)}`;
  }
}
/**
 * A date, datetime or time cut down to the start of a unit, by name: year, quarter, month, week (from Monday), day, hour, minute,
 * second, or to its date or time. The type stays unless `outputField` gives another. Throws ValueError for other names and for units
 * that the type has not. SQL: `DATE_TRUNC(unit, x)`
 *
 * @example
 * await Post.objects.annotate({ month: Trunc("created", "month", { tzinfo: "Europe/Paris" }) });
 */
export const Trunc = callable(TruncExpression);

function defineTrunc(label: string, kind: TruncKind): DateFunctionClass {
  const DefinedTrunc = class extends TruncExpression {
    static get transform(): FunctionTransform {
      // Django names two of them; the others are registered by nobody, but nothing speaks against it.
      return {
        name: kind,
        toNode: (left, context) => trunc(kind, left, context.timeZone, truncatedType(kind, left.type, null)),
      };
    }
    constructor(expression: unknown, options: ZoneOptions = {}) {
      super(expression, kind, options);
      Object.freeze(this);
    }
  };
  Object.defineProperty(DefinedTrunc, 'name', { value: label });
  return callable(DefinedTrunc) as unknown as DateFunctionClass;
}

/** The first of January. @example TruncYear("published") */
export const TruncYear = defineTrunc('TruncYear', 'year');
/** The first day of the quarter. @example TruncQuarter("published") */
export const TruncQuarter = defineTrunc('TruncQuarter', 'quarter');
/** The first day of the month. @example TruncMonth("published") */
export const TruncMonth = defineTrunc('TruncMonth', 'month');
/** The Monday of the week. @example TruncWeek("published") */
export const TruncWeek = defineTrunc('TruncWeek', 'week');
/** The start of the day. @example TruncDay("created") */
export const TruncDay = defineTrunc('TruncDay', 'day');
/** The date of a datetime. @example TruncDate("created") */
export const TruncDate = defineTrunc('TruncDate', 'date');
/** The time of day of a datetime. @example TruncTime("created") */
export const TruncTime = defineTrunc('TruncTime', 'time');
/** The start of the hour. @example TruncHour("created") */
export const TruncHour = defineTrunc('TruncHour', 'hour');
/** The start of the minute. @example TruncMinute("created") */
export const TruncMinute = defineTrunc('TruncMinute', 'minute');
/** The start of the second. @example TruncSecond("created") */
export const TruncSecond = defineTrunc('TruncSecond', 'second');
