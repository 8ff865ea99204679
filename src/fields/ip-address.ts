/** No address is longer; longer text is refused unread. */
const MAX_LENGTH = 39;

/** Whether text is an IPv4 address in dotted form, no part with a leading zero. */
export function isIpv4(text: string): boolean {
  if (text.length > 15) return false;
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** Whether text is an IPv6 address; zones (`%eth0`) are none. */
export function isIpv6(text: string): boolean {
  return groupsOf(text) !== null;
}

/** The eight groups of an IPv6 address; null for text that is none. */
function groupsOf(text: string): readonly number[] | null {
  // an embedded IPv4 address may make it a little longer than eight groups are
  if (text.length > MAX_LENGTH + 6 || !/^[0-9a-f:.]+$/i.test(text)) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = parseGroups(halves[0]!, halves.length === 1);
  if (head === null) return null;
  if (halves.length === 1) return head.length === 8 ? head : null;
  const tail = parseGroups(halves[1]!, true);
  if (tail === null || head.length + tail.length > 7) return null;
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function parseGroups(text: string, isEnd: boolean): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.')) {
      if (!isEnd || index !== parts.length - 1 || !isIpv4(part)) return null;
      const [a, b, c, d] = part.split('.').map(Number) as [number, number, number, number];
      groups.push(a * 256 + b, c * 256 + d);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(part)) return null;
      groups.push(Number.parseInt(part, 16));
    }
  }
  return groups;
}

/**
 * An IPv6 address in canonical form: lower case, the longest run of zero groups as `::`. An IPv4-mapped address keeps its
 * dotted end, or becomes the IPv4 address with `unpackIpv4`. Null for text that is no IPv6 address.
 */
export function normalizeIpv6(text: string, unpackIpv4 = false): string | null {
  const groups = groupsOf(text);
  if (groups === null) return null;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const dotted = [groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join('.');
    return unpackIpv4 ? dotted : `::ffff:${dotted}`;
  }
  let [start, length] = [-1, 1];
  for (let at = 0; at < 8; at += 1) {
    let end = at;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - at > length) [start, length] = [at, end - at];
  }
  const hex = groups.map((group) => group.toString(16));
  if (start < 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}
