const PAIRS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
/** `7` → `07`. */
export const two = (value: number): string => PAIRS[value]!;
const three = (value: number): string => (value < 10 ? `00${value}` : value < 100 ? `0${value}` : String(value));
/** `33` → `0033`. */
export const four = (value: number): string => (value < 1000 ? `0${three(value)}` : String(value));

const ZERO = 48;
const digit = (text: string, at: number): number => text.charCodeAt(at) - ZERO;
const pair = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

/**
 * `2024-02-29 12:30:45.123456` (or with `T`, `Z`, `+00`, `+00:00`) as a Date; digits beyond milliseconds are cut off.
 * Only for text that a database wrote: it checks nothing.
 */
export function dateFromText(text: string): Date {
  const days = daysSince1970(pair(text, 0) * 100 + pair(text, 2), pair(text, 5), pair(text, 8));
  const seconds = pair(text, 11) * 3600 + pair(text, 14) * 60 + pair(text, 17);
  return new Date((days * 86_400 + seconds) * 1000 + fraction(text, 20, 3));
}

/**
 * Days from 1970-01-01 in the Gregorian calendar, by counting years from March: then the leap day comes last
 * (howardhinnant.github.io/date_algorithms.html). Faster than Date.UTC, and right for years below 100.
 */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The first `places` digits of a second's fraction whose digits start at `at`; 0 where there is none. */
function fraction(text: string, at: number, places: number): number {
  if (text.length <= at || text.charCodeAt(at - 1) !== 46) return 0;
  let value = 0;
  for (let place = 0; place < places; place += 1) {
    const next = at + place < text.length ? digit(text, at + place) : -1;
    if (next < 0 || next > 9) {
      for (; place < places; place += 1) value *= 10;
      return value;
    }
    value = value * 10 + next;
  }
  return value;
}

const MS_PER_DAY = 86_400_000;
/** The day that was written last: moments that are written together are often of one. */
let lastDay = Number.NaN;
let lastDayText = '';

/** A Date as `2024-02-29 12:30:45` in UTC, with `.123000` where it has milliseconds. */
export function textFromDate(date: Date): string {
  const moment = date.getTime();
  const day = Math.floor(moment / MS_PER_DAY);
  if (day !== lastDay) {
    lastDay = day;
    lastDayText = `${four(date.getUTCFullYear())}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} `;
  }
  const time = moment - day * MS_PER_DAY;
  const seconds = Math.floor(time / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const text = `${lastDayText}${two(hours)}:${two(minutes - hours * 60)}:${two(seconds - minutes * 60)}`;
  const ms = time - seconds * 1000;
  return ms === 0 ? text : `${text}.${three(ms)}000`;
}

/** Microseconds since 1970 of text as `dateFromText` takes it. */
export function microsecondsFromText(text: string): bigint {
  const date = dateFromText(text);
  const micros = fraction(text, 20, 6);
  return BigInt(date.getTime() - date.getUTCMilliseconds()) * 1000n + BigInt(micros);
}

/** Microseconds since 1970 as text in UTC, with six digits of a fraction where there is one. */
export function textFromMicroseconds(micros: bigint): string {
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const text = textFromDate(new Date(Number((micros - rest) / 1000n)));
  return rest === 0n ? text : `${text}.${String(rest).padStart(6, '0')}`;
}
