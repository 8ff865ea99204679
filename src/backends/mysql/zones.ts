import { ValueError } from '../../errors.js';
import { getOrMake } from '../../util/get-or-make.js';
import { Temporal } from '../../util/temporal.js';
import { quoteText } from './literals.js';

/** A change of a zone's offset from UTC: when, in seconds since 1970, and the offsets before and after it, in seconds. */
interface Transition {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** CONVERT_TZ leaves alone what lies outside of these seconds, and so does what stands in for it. */
const FIRST = 1;
const LAST = 2_147_483_647;
/** Changes of the clocks are worked out so far ahead: the end of 2100. */
const HORIZON = 4_133_980_800;

const known = new Map<string, readonly Transition[]>();
const offsetOf = (moment: Temporal.ZonedDateTime): number => moment.offsetNanoseconds / 1e9;

/** All changes of a zone's offset, in order. The first has the offset that was before all of them. Throws ValueError for a name that is no zone. */
const transitionsOf = (zone: string): readonly Transition[] => getOrMake(known, zone, findTransitions);

function findTransitions(zone: string): readonly Transition[] {
  let moment: Temporal.ZonedDateTime | null;
  try {
    moment = Temporal.Instant.from('1800-01-01T00:00:00Z').toZonedDateTimeISO(zone);
  } catch (cause) {
    throw new ValueError(
      'unknown-time-zone',
      'A time zone has a name such as Europe/Paris, or is an offset such as +05:30.',
      { cause },
    );
  }
  const list: Transition[] = [];
  let before = offsetOf(moment);
  list.push({ at: Number.NEGATIVE_INFINITY, before, after: before });
  for (;;) {
    moment = moment.getTimeZoneTransition('next');
    if (moment === null || moment.epochMilliseconds / 1000 > HORIZON) break;
    const after = offsetOf(moment);
    if (after !== before) list.push({ at: moment.epochMilliseconds / 1000, before, after });
    before = after;
  }
  return list;
}

/** `ELT(INTERVAL(seconds, t1, t2 …) + 1, o0, o1, o2 …)`: INTERVAL searches its bounds by halving. */
function offsetText(time: string, bounds: readonly number[], offsets: readonly number[]): string {
  if (bounds.length === 0) return String(offsets[0]);
  return `ELT(INTERVAL(TIMESTAMPDIFF(SECOND, '1970-01-01', ${time}), ${bounds.join(', ')}) + 1, ${offsets.join(', ')})`;
}

/** A zone by name for the server's tables, or an offset. */
export const zoneText = (zone: string): string => quoteText(zone);

/** `time` (a text of SQL, in UTC) in the wall-clock time of a zone, without the server's tables. */
export function toLocal(time: string, zone: string): string {
  const transitions = transitionsOf(zone);
  const start = transitions.findLast(({ at }) => at <= FIRST)!.after;
  const inside = transitions.filter(({ at }) => at > FIRST && at < LAST);
  return `(${time} + INTERVAL ${offsetText(time, [FIRST, ...inside.map(({ at }) => at), LAST], [0, start, ...inside.map(({ after }) => after), 0])} SECOND)`;
}

/**
 * Wall-clock time of a zone as UTC. Of a time that the clocks show twice it is the first, and a time that they skip counts as if they
 * had not yet been set: what Python does with fold=0.
 */
export function toUtc(time: string, zone: string): string {
  const [first, ...changes] = transitionsOf(zone);
  const bounds = changes.map(({ at, before, after }) => at + Math.max(before, after));
  return `(${time} - INTERVAL ${offsetText(time, bounds, [first!.after, ...changes.map(({ after }) => after)])} SECOND)`;
}
