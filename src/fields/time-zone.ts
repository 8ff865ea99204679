import { ValueError } from '../errors.js';
import { show } from '../util/show.js';
import { Temporal } from '../util/temporal.js';

let current = 'UTC';

/** The zone in which texts without offset are read and days begin: an IANA name, UTC unless configured. */
export function defaultTimeZone(): string {
  return current;
}

/** Sets the zone of the project. Throws ValueError for a name that is none. */
export function setDefaultTimeZone(name: string): void {
  current = checkTimeZone(name);
}

const known = new Map<string, string>([['UTC', 'UTC']]);

/** The name itself when it is a time zone; throws ValueError otherwise, whatever it holds. */
export function checkTimeZone(name: unknown): string {
  if (typeof name !== 'string' || name.length > 64) throw new ValueError('time-zone', `${show(name)} is no time zone.`);
  const found = known.get(name);
  if (found !== undefined) return found;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
  } catch (cause) {
    throw new ValueError('time-zone', `${show(name)} is no time zone: an IANA name such as Europe/Paris is wanted.`, {
      cause,
    });
  }
  if (known.size < 1000) known.set(name, name);
  return name;
}
