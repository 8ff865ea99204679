import { Temporal } from 'temporal-polyfill';
import { getOrMake } from '../../../util/get-or-make.js';
import type { SqlFunction, SqlValue } from './sql-function.js';
import { strict } from './sql-function.js';

/** A moment in parts, without a zone; a time alone has the date 0. */
interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
}

const SECONDS_A_DAY = 86_400;
const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;
const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?$/;

const microsOf = (fraction: string | undefined): number =>
  fraction === undefined ? 0 : Number(fraction.padEnd(6, '0').slice(0, 6));

function parse(text: string): Parts | null {
  const time = TIME.exec(text);
  if (time !== null) {
    return {
      year: 0,
      month: 0,
      day: 0,
      hour: Number(time[1]),
      minute: Number(time[2]),
      second: Number(time[3] ?? 0),
      micro: microsOf(time[4]),
    };
  }
  const match = MOMENT.exec(text);
  if (match === null) return null;
  const parts: Parts = {
    year: Number(match[1]),
    month: Number(match[2]),
    day: Number(match[3]),
    hour: Number(match[4] ?? 0),
    minute: Number(match[5] ?? 0),
    second: Number(match[6] ?? 0),
    micro: microsOf(match[7]),
  };
  const zone = match[8];
  if (zone === undefined || zone === 'Z') return parts;
  return fromSeconds(toSeconds(parts) - offsetOfText(zone), parts.micro);
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. */
function toDays(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / (SECONDS_A_DAY * 1000));
}
const toSeconds = (at: Parts): number =>
  toDays(at.year, at.month, at.day) * SECONDS_A_DAY + at.hour * 3600 + at.minute * 60 + at.second;

function fromSeconds(seconds: number, micro: number): Parts {
  const date = new Date(seconds * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    micro,
  };
}

const dateText = (at: Parts): string => `${pad(at.year, 4)}-${pad(at.month)}-${pad(at.day)}`;
const timeText = (at: Parts): string =>
  `${pad(at.hour)}:${pad(at.minute)}:${pad(at.second)}${at.micro === 0 ? '' : `.${pad(at.micro, 6)}`}`;
const momentText = (at: Parts): string => `${dateText(at)} ${timeText(at)}`;

function offsetOfText(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.slice(1).replace(':', '');
  return sign * (Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2) || 0) * 60);
}

/** Offsets by zone and span of time: asking the zone's rules for each row would cost ten times the query. */
const offsets = new Map<string, Map<number, number | null>>();
const MOST_SPANS = 50_000;

/** In seconds. No zone has ever changed its clocks and back within three days; its database (tzdata) has four at the least. */
const SPAN = 3 * SECONDS_A_DAY;

const noSpans = (): Map<number, number | null> => new Map();

const exactOffset = (zone: string, seconds: number): number =>
  Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(zone).offsetNanoseconds / 1e9;

/** Seconds by which `zone` is ahead of UTC at a moment. */
function offsetAt(zone: string, seconds: number): number {
  const spans = getOrMake(offsets, zone, noSpans);
  const span = Math.floor(seconds / SPAN);
  // written out, for it runs several times a row: `getOrMake` would take a function made anew for each
  let offset = spans.get(span);
  if (offset === undefined) {
    const [start, end] = [exactOffset(zone, span * SPAN), exactOffset(zone, (span + 1) * SPAN - 1)];
    // A span in which the clocks change has no offset of its own.
    offset = start === end ? start : null;
    if (spans.size >= MOST_SPANS) spans.clear();
    spans.set(span, offset);
  }
  return offset ?? exactOffset(zone, seconds);
}

const toLocal = (at: Parts, zone: string): Parts => {
  const seconds = toSeconds(at);
  return fromSeconds(seconds + offsetAt(zone, seconds), at.micro);
};

/** The UTC moment of a local one; of two the earlier, and one that the clocks skipped by the offset before (as Temporal's "compatible"). */
function toUtc(at: Parts, zone: string): Parts {
  const seconds = toSeconds(at);
  const guess = offsetAt(zone, seconds - offsetAt(zone, seconds));
  const [before, after] = [
    offsetAt(zone, seconds - guess - SECONDS_A_DAY),
    offsetAt(zone, seconds - guess + SECONDS_A_DAY),
  ];
  // Far from any change of the clocks there is nothing to decide.
  if (before === guess && after === guess) return fromSeconds(seconds - guess, at.micro);
  const zoned = new Temporal.PlainDateTime(at.year, at.month, at.day, at.hour, at.minute, at.second).toZonedDateTime(
    zone,
  );
  return fromSeconds(Math.floor(zoned.epochMilliseconds / 1000), at.micro);
}

const DAY_MS = SECONDS_A_DAY * 1000;
/** 1 for Monday … 7 for Sunday; 1970-01-01 was a Thursday. */
const isoWeekday = (days: number): number => ((((days + 3) % 7) + 7) % 7) + 1;

/** ISO week: the year and number of the week that holds the Thursday of this one. */
function isoWeek(at: Parts): { readonly year: number; readonly week: number } {
  const days = toDays(at.year, at.month, at.day);
  const thursday = days + 4 - isoWeekday(days);
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  return { year, week: Math.floor((thursday - toDays(year, 1, 1)) / 7) + 1 };
}

function extract(part: string, at: Parts): number | null {
  switch (part) {
    case 'year':
    case 'month':
    case 'day':
    case 'hour':
    case 'minute':
    case 'second':
      return at[part];
    case 'quarter':
      return Math.ceil(at.month / 3);
    case 'week':
      return isoWeek(at).week;
    case 'iso_year':
      return isoWeek(at).year;
    case 'week_day':
      return (isoWeekday(toDays(at.year, at.month, at.day)) % 7) + 1;
    case 'iso_week_day':
      return isoWeekday(toDays(at.year, at.month, at.day));
    default:
      return null;
  }
}

const MIDNIGHT = { hour: 0, minute: 0, second: 0, micro: 0 };

function truncate(unit: string, at: Parts): Parts {
  switch (unit) {
    case 'year':
      return { ...at, month: 1, day: 1, ...MIDNIGHT };
    case 'quarter':
      return { ...at, month: at.month - ((at.month - 1) % 3), day: 1, ...MIDNIGHT };
    case 'month':
      return { ...at, day: 1, ...MIDNIGHT };
    case 'week': {
      const days = toDays(at.year, at.month, at.day);
      return fromSeconds((days + 1 - isoWeekday(days)) * SECONDS_A_DAY, 0);
    }
    case 'day':
      return { ...at, ...MIDNIGHT };
    case 'hour':
      return { ...at, minute: 0, second: 0, micro: 0 };
    case 'minute':
      return { ...at, second: 0, micro: 0 };
    case 'second':
      return { ...at, micro: 0 };
    default:
      return at;
  }
}

/** Microseconds from the epoch, or from midnight for a time alone. */
const toMicros = (at: Parts): bigint =>
  BigInt(at.year === 0 ? at.hour * 3600 + at.minute * 60 + at.second : toSeconds(at)) * 1_000_000n + BigInt(at.micro);

function fromMicros(micros: bigint): Parts {
  const micro = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return fromSeconds(Number((micros - micro) / 1_000_000n), Number(micro));
}

const MICROS_A_DAY = BigInt(SECONDS_A_DAY) * 1_000_000n;

/** Dates, times and datetimes as text: TEMPORAL_EXTRACT, TEMPORAL_TRUNC, TEMPORAL_ADD, TEMPORAL_DIFFERENCE. */
export const temporalFunctions: readonly SqlFunction[] = [
  strict(
    'TEMPORAL_EXTRACT',
    (...[part, text, zone]: string[]): SqlValue => {
      const at = parse(String(text));
      if (at === null) return null;
      const found = extract(part!, zone === undefined ? at : toLocal(at, zone));
      return found === null ? null : BigInt(found);
    },
    { arity: -1 },
  ),

  strict(
    'TEMPORAL_TRUNC',
    (...[unit, to, text, zone]: string[]): SqlValue => {
      const at = parse(String(text));
      if (at === null) return null;
      const start = truncate(unit!, zone === undefined ? at : toLocal(at, zone));
      if (to === 'date') return dateText(start);
      if (to === 'time') return timeText(start);
      return momentText(zone === undefined ? start : toUtc(start, zone));
    },
    { arity: -1 },
  ),

  strict(
    'TEMPORAL_ADD',
    (kind: string, text: string, span: bigint | number): SqlValue => {
      const at = parse(String(text));
      if (at === null) return null;
      const sum = toMicros(at) + BigInt(typeof span === 'number' ? Math.round(span) : span);
      if (kind === 'time') return timeText(fromMicros(((sum % MICROS_A_DAY) + MICROS_A_DAY) % MICROS_A_DAY));
      const moment = fromMicros(sum);
      // Beyond the years that dates have in the database.
      if (!(moment.year >= 1 && moment.year <= 9999)) return null;
      return kind === 'date' ? dateText(moment) : momentText(moment);
    },
    { bigints: true },
  ),

  strict('TEMPORAL_DIFFERENCE', (left: string, right: string): SqlValue => {
    const [from, to] = [parse(String(right)), parse(String(left))];
    return from === null || to === null ? null : toMicros(to) - toMicros(from);
  }),
];
