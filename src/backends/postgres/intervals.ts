import { DataError } from '../../errors.js';

const DAY = 86_400_000_000n;
const two = (value: bigint): string => (value < 10n ? `0${value}` : String(value));

/** Whole microseconds as PostgreSQL reads an interval, in days of 24 hours and a time that is never negative, as Django sends them. */
export function intervalText(microseconds: bigint | number): string {
  const total = BigInt(microseconds);
  const rest = ((total % DAY) + DAY) % DAY;
  const days = (total - rest) / DAY;
  const seconds = rest / 1_000_000n;
  const time = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}.${String(rest % 1_000_000n).padStart(6, '0')}`;
  return days === 0n ? time : `${days} days ${time}`;
}

/** `1 year 2 mons -3 days +04:05:06.7` (IntervalStyle postgres). */
const INTERVAL =
  /^(?:([+-]?\d+) years? ?)?(?:([+-]?\d+) mons? ?)?(?:([+-]?\d+) days? ?)?(?:([+-])?(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?)?$/;

/** An interval as whole microseconds; a month counts as 30 days and a year as 365, as for Django. */
export function microsecondsOfInterval(text: string): bigint {
  const match = INTERVAL.exec(text);
  if (match === null || text === '')
    throw new DataError(
      'unknown-interval',
      'The database holds an interval that is no span of time, such as an infinite one.',
    );
  const [, years = '0', months = '0', days = '0', sign, hours = '0', minutes = '0', seconds = '0', fraction = ''] =
    match;
  const time =
    ((BigInt(hours) * 60n + BigInt(minutes)) * 60n + BigInt(seconds)) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
  return (BigInt(years) * 365n + BigInt(months) * 30n + BigInt(days)) * DAY + (sign === '-' ? -time : time);
}
