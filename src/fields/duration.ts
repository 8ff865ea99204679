import { ValueError } from '../errors.js';
import type { ColumnType, DbValue } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { Temporal } from '../util/temporal.js';
import { Field, type FieldClass, refuseType } from './field.js';

const DURATION: ColumnType = Object.freeze({ name: 'duration' });
const DAYS_TEXT =
  /^\s*(?:(-?\d{1,9})\s*(?:days?,?)?\s+)?(-?)(?:(\d{1,9}):)?(?:(\d{1,9}):)?(\d{1,15})(?:[.,](\d{1,6})\d*)?\s*$/;
const ISO_TEXT =
  /^([+-]?)P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,15})(?:[.,](\d{1,9}))?S)?)?$/i;
const SECOND = 1_000_000n;
/** Python's limit, which the databases' are beyond. */
const LIMIT = 1_000_000_000n * 86_400n * SECOND;

/**
 * A span of time. In JavaScript: Temporal.Duration of hours and smaller units; in the database: whole microseconds.
 * ISO text (`P1DT2H`), text as Django writes it (`1 02:00:00`) and weeks and days (of 24 hours) are accepted; months and
 * years, which have no fixed length, are refused.
 */
export const DurationField: FieldClass<Temporal.Duration> = callable(
  class DurationField extends Field<Temporal.Duration> {
    get columnType(): ColumnType {
      return DURATION;
    }
    override fromDb = durationOf;
    override get defaultErrorMessages(): Readonly<Record<string, string>> {
      return {
        ...super.defaultErrorMessages,
        invalid: '“%(value)s” value has an invalid format. It must be in [DD] [[HH:]MM:]ss[.uuuuuu] format.',
      };
    }
    override prepare(value: unknown, name?: string): Temporal.Duration {
      if (typeof value === 'string') {
        const micros = value.length > 80 ? null : microsecondsFromText(value);
        if (micros === null || tooLong(micros)) throw this.invalid('invalid', value);
        return durationOf(micros);
      }
      if (!isDuration(value)) throw refuseType(name, 'a duration (Temporal.Duration or text such as PT1H30M)', value);
      if (tooLong(microsecondsOf(value)))
        throw new ValueError('duration-range', 'A duration of more than 999,999,999 days cannot be stored.');
      return value;
    }
    override toDb(value: Temporal.Duration): DbValue {
      return microsecondsOf(value);
    }
  },
);
export type DurationField = Field<Temporal.Duration>;

const tooLong = (micros: bigint): boolean => micros >= LIMIT || micros <= -LIMIT;

function isDuration(value: unknown): value is Temporal.Duration {
  if (value instanceof Temporal.Duration) return true;
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, Symbol.toStringTag)) return false;
  return (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === 'Temporal.Duration';
}

/** Whole microseconds; smaller parts are cut off. Throws ValueError for years and months. */
export function microsecondsOf(span: Temporal.Duration): bigint {
  if (span.years !== 0 || span.months !== 0) {
    throw new ValueError(
      'duration-unit',
      'A duration of months or years has no fixed length and cannot be stored; use days.',
    );
  }
  const hours = (BigInt(span.weeks) * 7n + BigInt(span.days)) * 24n + BigInt(span.hours);
  const seconds = (hours * 60n + BigInt(span.minutes)) * 60n + BigInt(span.seconds);
  return (
    (seconds * 1000n + BigInt(span.milliseconds)) * 1000n + BigInt(span.microseconds) + BigInt(span.nanoseconds) / 1000n
  );
}

/** Microseconds as a duration of hours, minutes, seconds and parts of them, all of one sign. */
export function durationOf(microseconds: bigint | number): Temporal.Duration {
  const total = typeof microseconds === 'bigint' ? microseconds : BigInt(microseconds);
  const part = (unit: bigint, of: bigint): number => Number((total / unit) % of);
  return new Temporal.Duration(
    0,
    0,
    0,
    0,
    Number(total / (3600n * SECOND)),
    part(60n * SECOND, 60n),
    part(SECOND, 60n),
    part(1000n, 1000n),
    part(1n, 1000n),
  );
}

function microsecondsFromText(text: string): bigint | null {
  const iso = ISO_TEXT.exec(text.trim());
  if (iso !== null && text.trim().length > 2) {
    const [, sign, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = iso;
    const whole =
      (((BigInt(weeks) * 7n + BigInt(days)) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
    const micros = whole * SECOND + BigInt(fraction.padEnd(6, '0').slice(0, 6));
    return sign === '-' ? -micros : micros;
  }
  const match = DAYS_TEXT.exec(text);
  if (match === null) return null;
  const [, days = '0', sign, first, second, seconds, fraction = ''] = match;
  // one colon: minutes and seconds; two: hours as well
  const [hours, minutes] = second === undefined ? ['0', first ?? '0'] : [first ?? '0', second];
  const time =
    ((BigInt(hours) * 60n + BigInt(minutes)) * 60n + BigInt(seconds!)) * SECOND + BigInt(fraction.padEnd(6, '0'));
  return BigInt(days) * 86_400n * SECOND + (sign === '-' ? -time : time);
}
