import { ValueError } from '../../errors.js';
import { Temporal } from '../../util/temporal.js';
import { quoteText } from './literals.js';

/** A change of a zone's offset from UTC: when, in seconds since 1970, and the offsets before and after it, in seconds. */
interface Transition {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** Years beyond which CONVERT_TZ leaves times alone; the zones that are worked out here end there too. */
const FIRST = 0;
const LAST = 2_147_483_647;

const known = new Map<string, readonly Transition[]>();
const offsetOf = (moment: Temporal.ZonedDateTime): number => moment.offsetNanoseconds / 1e9;

/** The changes of a zone between 1970 and 2038. Throws ValueError for a name that is no zone. */
function transitionsOf(zone: string): readonly Transition[] {
  const found = known.get(zone);
  if (found !== undefined) return found;
  const list: Transition[] = [];
  let moment: Temporal.ZonedDateTime | null;
  try {
    moment = Temporal.Instant.fromEpochMilliseconds(FIRST).toZonedDateTimeISO(zone);
  } catch (cause) {
    throw new ValueError('unknown-time-zone', 'A time zone has a name such as Europe/Paris, or is an offset such as +05:30.', { cause });
  }
  let before = offsetOf(moment);
  if (before !== 0) list.push({ at: FIRST, before: 0, after: before });
  for (;;) {
    moment = moment.getTimeZoneTransition('next');
    if (moment === null || moment.epochMilliseconds / 1000 > LAST) break;
    const after = offsetOf(moment);
    if (after !== before) list.push({ at: moment.epochMilliseconds / 1000, before, after });
    before = after;
  }
  list.push({ at: LAST, before, after: 0 });
  known.set(zone, list);
  return list;
}

/** `ELT(INTERVAL(seconds, t1, t2 …) + 1, o0, o1, o2 …)`: INTERVAL searches its bounds by halving. */
function offsetText(time: string, bounds: readonly number[], offsets: readonly number[]): string {
  if (bounds.length === 0) return String(offsets[0]);
  return `ELT(INTERVAL(TIMESTAMPDIFF(SECOND, '1970-01-01', ${time}), ${bounds.join(', ')}) + 1, ${offsets.join(', ')})`;
}

/** A name of the server's zone tables; an offset it understands as it is. */
export const zoneText = (zone: string): string => quoteText(zone);

/** `time` (a text of SQL, in UTC) in the wall-clock time of a zone, without the server's tables. */
export function toLocal(time: string, zone: string): string {
  const transitions = transitionsOf(zone);
  const bounds = transitions.map(({ at }) => at);
  return `(${time} + INTERVAL ${offsetText(time, bounds, [0, ...transitions.map(({ after }) => after)])} SECOND)`;
}

/**
 * Wall-clock time of a zone as UTC. Of a time that the clocks show twice it is the first, and a time that they skip counts as if they
 * had not yet been set: what Python does with fold=0.
 */
export function toUtc(time: string, zone: string): string {
  const transitions = transitionsOf(zone);
  const bounds = transitions.map(({ at, before, after }) => at + Math.max(before, after));
  return `(${time} - INTERVAL ${offsetText(time, bounds, [0, ...transitions.map(({ after }) => after)])} SECOND)`;
}
