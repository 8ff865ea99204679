import { typeError, ValueError } from '../errors.js';
import type { ColumnType, DbValue } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import {
  dateFromText,
  four,
  microsecondsFromText,
  textFromDate,
  textFromMicroseconds,
  two,
} from '../util/date-text.js';
import { Temporal } from '../util/temporal.js';
import { Field, type FieldClass, type FieldOptions, refuse, refuseType } from './field.js';
import { defaultTimeZone } from './time-zone.js';

/** Options of fields that can note when a row was made or changed. */
export interface DateFieldOptions extends FieldOptions {
  /** Set to now at every save. */
  readonly autoNow?: boolean;
  /** Set to now when the row is inserted. */
  readonly autoNowAdd?: boolean;
}

/** Parts of an ISO date and time as text; every part checked for form alone. */
const ISO =
  /^(\d{4})-?(\d{1,2})-?(\d{1,2})(?:[T ](\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?$/;
/** No date is longer; longer text is refused unread. */
const MAX_TEXT = 64;

abstract class MomentField<T> extends Field<T, DateFieldOptions> {
  constructor(options?: DateFieldOptions) {
    super(options);
    const { autoNow, autoNowAdd } = this.options;
    if ([autoNow === true, autoNowAdd === true, this.options.default !== undefined].filter(Boolean).length > 1) {
      throw typeError(
        'auto-now',
        `${new.target.name}: the options autoNow, autoNowAdd and default exclude each other.`,
      );
    }
  }
  get #isAutomatic(): boolean {
    return this.options.autoNow === true || this.options.autoNowAdd === true;
  }
  override get editable(): boolean {
    return !this.#isAutomatic && super.editable;
  }
  override get blank(): boolean {
    return this.#isAutomatic || super.blank;
  }
  override preSave(value: unknown, add: boolean): unknown {
    return this.options.autoNow === true || (add && this.options.autoNowAdd === true) ? this.now() : value;
  }
  /** The present as a value of this field. */
  abstract now(): T;
}

/** Whether `value` is a Temporal value of this name, of any implementation. What JSON made never is. */
function isTemporal(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, Symbol.toStringTag)) return false;
  return (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === `Temporal.${name}`;
}

const checkYear = (year: number, name: string | undefined, value: unknown): void => {
  if (year < 1 || year > 9999) throw refuse(name, 'a year from 1 to 9999', String(value), 'year-range');
};

/** The first and the last moment of the years 1 to 9999. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

const checkDate = (date: Date, name: string | undefined): Date => {
  const ms = date.getTime();
  if (ms >= FIRST_MS && ms <= LAST_MS) return date;
  if (Number.isNaN(ms)) {
    const subject = name === undefined ? 'This value' : `Field '${name}'`;
    throw new ValueError('invalid-date', `${subject} got an Invalid Date.`);
  }
  checkYear(date.getUTCFullYear(), name, date.toISOString());
  return date;
};

const DATE: ColumnType = Object.freeze({ name: 'date' });
const DATE_WANTED = 'a date (Temporal.PlainDate or text such as 2024-02-29)';

/** A day. In JavaScript: Temporal.PlainDate; ISO text and a Date (its day in the project's time zone) are accepted. */
export const DateField: FieldClass<Temporal.PlainDate, DateFieldOptions> = callable(
  class DateField extends MomentField<Temporal.PlainDate> {
    get columnType(): ColumnType {
      return DATE;
    }
    override fromDb = plainDateFromText;
    override get defaultErrorMessages(): Readonly<Record<string, string>> {
      return {
        ...super.defaultErrorMessages,
        invalid: '“%(value)s” value has an invalid date format. It must be in YYYY-MM-DD format.',
        invalid_date: '“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date.',
      };
    }
    override prepare(value: unknown, name?: string): Temporal.PlainDate {
      const date = this.#convert(value, name);
      checkYear(date.year, name, date);
      return date;
    }
    #convert(value: unknown, name: string | undefined): Temporal.PlainDate {
      if (typeof value === 'string') {
        const match = value.length > MAX_TEXT ? null : ISO.exec(value);
        if (match === null || match[4] !== undefined) throw this.invalid('invalid', value);
        const [, year, month, day] = match;
        try {
          return Temporal.PlainDate.from(
            { year: Number(year), month: Number(month), day: Number(day) },
            { overflow: 'reject' },
          );
        } catch (error) {
          throw this.invalid('invalid_date', value, { cause: error });
        }
      }
      if (isTemporal(value, 'PlainDate')) return ours(value, Temporal.PlainDate);
      if (value instanceof Date) return dayOf(checkDate(value, name));
      if (isTemporal(value, 'PlainDateTime') || isTemporal(value, 'ZonedDateTime')) {
        return Temporal.PlainDate.from((value as Temporal.PlainDateTime).toPlainDate().toString());
      }
      if (isTemporal(value, 'Instant')) {
        return (value as Temporal.Instant).toZonedDateTimeISO(defaultTimeZone()).toPlainDate();
      }
      throw refuseType(name, DATE_WANTED, value);
    }
    override toDb(value: Temporal.PlainDate): DbValue {
      return `${four(value.year)}-${two(value.month)}-${two(value.day)}`;
    }
    override now(): Temporal.PlainDate {
      return Temporal.Now.plainDateISO(defaultTimeZone());
    }
  },
);
export type DateField = Field<Temporal.PlainDate, DateFieldOptions>;

const dayOf = (date: Date): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(defaultTimeZone()).toPlainDate();

function plainDateFromText(text: string): Temporal.PlainDate {
  return new Temporal.PlainDate(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));
}

/** The value in the library's own Temporal, should it be another's. */
function ours<T extends { toString(): string }>(
  value: unknown,
  type: { from(text: string): T } & (abstract new (...args: any[]) => T),
): T {
  return value instanceof type ? value : type.from(String(value));
}

const DATETIME_MESSAGES = {
  invalid: '“%(value)s” value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.',
  invalid_date: '“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date.',
  invalid_datetime:
    '“%(value)s” value has the correct format (YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ]) but it is an invalid date/time.',
};

/** An instant from text; text without offset is of the project's time zone, a day alone begins at midnight there. */
function instantFromText(field: MomentField<any>, value: string): Temporal.Instant {
  const match = value.length > MAX_TEXT ? null : ISO.exec(value.trim());
  if (match === null) throw field.invalid('invalid', value);
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = match;
  const digits = fraction.padEnd(9, '0');
  const parts = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(digits.slice(0, 3)),
    microsecond: Number(digits.slice(3, 6)),
  };
  try {
    const local = Temporal.PlainDateTime.from(parts, { overflow: 'reject' });
    return local.toZonedDateTime(offset === undefined ? defaultTimeZone() : zoneOf(offset)).toInstant();
  } catch (error) {
    throw field.invalid(match[4] === undefined ? 'invalid_date' : 'invalid_datetime', value, { cause: error });
  }
}

function zoneOf(offset: string): string {
  if (/^z$/i.test(offset)) return 'UTC';
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  return `${offset[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/** An instant from whatever stands for one, Dates excepted; null for anything else. */
function instantOf(field: MomentField<any>, value: unknown): Temporal.Instant | null {
  if (typeof value === 'string') return instantFromText(field, value);
  if (isTemporal(value, 'Instant')) return ours(value, Temporal.Instant);
  if (isTemporal(value, 'ZonedDateTime'))
    return Temporal.Instant.from((value as Temporal.ZonedDateTime).toInstant().toString());
  if (isTemporal(value, 'PlainDateTime') || isTemporal(value, 'PlainDate')) {
    const local = Temporal.PlainDateTime.from(String(value));
    return local.toZonedDateTime(defaultTimeZone()).toInstant();
  }
  return null;
}

const DATETIME: ColumnType = Object.freeze({ name: 'datetime', precision: 3 });
const INSTANT: ColumnType = Object.freeze({ name: 'datetime', precision: 6 });

/**
 * An instant with milliseconds. In JavaScript: Date. ISO text is accepted (without offset it is of the project's time
 * zone), and so is Temporal.Instant, cut to milliseconds.
 */
export const DateTimeField: FieldClass<Date, DateFieldOptions> = callable(
  class DateTimeField extends MomentField<Date> {
    get columnType(): ColumnType {
      return DATETIME;
    }
    override fromDb = dateFromText;
    override get defaultErrorMessages(): Readonly<Record<string, string>> {
      return { ...super.defaultErrorMessages, ...DATETIME_MESSAGES };
    }
    override prepare(value: unknown, name?: string): Date {
      if (value instanceof Date) return checkDate(value, name);
      const instant = instantOf(this, value);
      if (instant === null) throw refuseType(name, 'a Date or text such as 2024-02-29T12:30:00Z', value);
      return checkDate(new Date(instant.epochMilliseconds), name);
    }
    override toDb(value: Date): DbValue {
      return textFromDate(value);
    }
    override now(): Date {
      return new Date();
    }
  },
);
export type DateTimeField = Field<Date, DateFieldOptions>;

/** An instant with microseconds. In JavaScript: Temporal.Instant; a Date and ISO text are accepted. */
export const InstantField: FieldClass<Temporal.Instant, DateFieldOptions> = callable(
  class InstantField extends MomentField<Temporal.Instant> {
    get columnType(): ColumnType {
      return INSTANT;
    }
    override fromDb = instantFromDb;
    override get defaultErrorMessages(): Readonly<Record<string, string>> {
      return { ...super.defaultErrorMessages, ...DATETIME_MESSAGES };
    }
    override prepare(value: unknown, name?: string): Temporal.Instant {
      const instant =
        value instanceof Date
          ? Temporal.Instant.fromEpochMilliseconds(checkDate(value, name).getTime())
          : instantOf(this, value);
      if (instant === null)
        throw refuseType(name, 'a Temporal.Instant or text such as 2024-02-29T12:30:00.123456Z', value);
      checkDate(new Date(instant.epochMilliseconds), name);
      return instant;
    }
    override toDb(value: Temporal.Instant): DbValue {
      return textFromMicroseconds(floorDivide(value.epochNanoseconds, 1000n));
    }
    override now(): Temporal.Instant {
      return Temporal.Now.instant();
    }
  },
);
export type InstantField = Field<Temporal.Instant, DateFieldOptions>;

function instantFromDb(text: string): Temporal.Instant {
  return Temporal.Instant.fromEpochNanoseconds(microsecondsFromText(text) * 1000n);
}
const floorDivide = (value: bigint, by: bigint): bigint => (value - (((value % by) + by) % by)) / by;

const TIME_TYPE: ColumnType = Object.freeze({ name: 'time' });

/** A time of day. In JavaScript: Temporal.PlainTime; text such as 18:15 or 18:15:00.5 is accepted. */
export const TimeField: FieldClass<Temporal.PlainTime, DateFieldOptions> = callable(
  class TimeField extends MomentField<Temporal.PlainTime> {
    get columnType(): ColumnType {
      return TIME_TYPE;
    }
    override fromDb = plainTimeFromText;
    override get defaultErrorMessages(): Readonly<Record<string, string>> {
      return {
        ...super.defaultErrorMessages,
        invalid: '“%(value)s” value has an invalid format. It must be in HH:MM[:ss[.uuuuuu]] format.',
        invalid_time: '“%(value)s” value has the correct format (HH:MM[:ss[.uuuuuu]]) but it is an invalid time.',
      };
    }
    override prepare(value: unknown, name?: string): Temporal.PlainTime {
      if (typeof value === 'string') {
        const match = value.length > MAX_TEXT ? null : TIME.exec(value.trim());
        if (match === null) throw this.invalid('invalid', value);
        if (Number(match[1]) > 23 || Number(match[2]) > 59 || Number(match[3] ?? 0) > 59)
          throw this.invalid('invalid_time', value);
        return plainTimeFromText(`${match[1]!.padStart(2, '0')}:${match[2]}:${match[3] ?? '00'}.${match[4] ?? '0'}`);
      }
      if (isTemporal(value, 'PlainTime')) return ours(value, Temporal.PlainTime);
      if (isTemporal(value, 'PlainDateTime'))
        return Temporal.PlainTime.from((value as Temporal.PlainDateTime).toPlainTime().toString());
      throw refuseType(name, 'a time (Temporal.PlainTime or text such as 18:15)', value);
    }
    override toDb(value: Temporal.PlainTime): DbValue {
      const text = `${two(value.hour)}:${two(value.minute)}:${two(value.second)}`;
      const micros = value.millisecond * 1000 + value.microsecond;
      return micros === 0 ? text : `${text}.${String(micros).padStart(6, '0')}`;
    }
    override now(): Temporal.PlainTime {
      return Temporal.Now.plainTimeISO(defaultTimeZone());
    }
  },
);
export type TimeField = Field<Temporal.PlainTime, DateFieldOptions>;

function plainTimeFromText(text: string): Temporal.PlainTime {
  const digits = text.slice(9).padEnd(6, '0');
  return new Temporal.PlainTime(
    Number(text.slice(0, 2)),
    Number(text.slice(3, 5)),
    Number(text.slice(6, 8)),
    Number(digits.slice(0, 3)),
    Number(digits.slice(3, 6)),
  );
}
