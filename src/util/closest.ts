/** Longer names are not compared: a suggestion must never cost more than the mistake. */
const MAX_LENGTH = 64;
const MAX_CHOICES = 500;

/** The choice that differs least from `name`, if it is near enough to be meant; else null. */
export function closest(name: string, choices: Iterable<string>): string | null {
  if (name.length === 0 || name.length > MAX_LENGTH) return null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  let compared = 0;
  for (const choice of choices) {
    compared += 1;
    if (compared > MAX_CHOICES) break;
    if (choice.length > MAX_LENGTH || Math.abs(choice.length - name.length) >= bestDistance) continue;
    const distance = edits(name.toLowerCase(), choice.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [choice, distance];
  }
  return best;
}

/** ` Did you mean 'x'?`, or nothing. Begins with a space, to be put behind a sentence. */
export function didYouMean(name: string, choices: Iterable<string>): string {
  const match = closest(name, choices);
  return match === null ? '' : ` Did you mean '${match}'?`;
}

/** Levenshtein distance in which a transposition of neighbours counts once. */
function edits(a: string, b: string): number {
  let previous: number[] = [];
  let current = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(next[j - 1]! + 1, current[j]! + 1, current[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, previous[j - 2]! + 1);
      next.push(value);
    }
    [previous, current] = [current, next];
  }
  return current[b.length]!;
}
