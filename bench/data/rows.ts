/** Values in the order of a table's columns; instants are Dates. */
export type Row = readonly (number | string | Date)[];

/** How many rows each table has at a scale. */
export const counts = (scale: number) => ({
  publishers: 200 * scale,
  authors: 2_000 * scale,
  tags: 100,
  books: 10_000 * scale,
  reviews: 100_000 * scale,
});

/** Whole numbers below a bound, the same ones in every run (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const words = 'amber river stone cloud iron garden winter glass paper night harbour signal orchard violet engine'.split(
  ' ',
);
const START = Date.UTC(2015, 0, 1);
/** Whole seconds, which every database and driver keeps. */
const instant = (next: (below: number) => number): Date => new Date(START + next(300_000_000) * 1000);

/** The rows of a table at a scale, in the order of their keys. */
export function* rowsOf(table: string, scale: number): Generator<Row> {
  const { publishers, authors, tags, books, reviews } = counts(scale);
  const next = numbers(table.length * 7919);
  const word = (): string => words[next(words.length)]!;
  switch (table) {
    case 'bench_publisher':
      for (let id = 1; id <= publishers; id += 1) yield [id, `${word()} press ${id}`, `C${next(20)}`];
      break;
    case 'bench_author':
      for (let id = 1; id <= authors; id += 1) yield [id, `${word()} ${word()} ${id}`, `C${next(20)}`, instant(next)];
      break;
    case 'bench_tag':
      for (let id = 1; id <= tags; id += 1) yield [id, `${word()}-${id}`];
      break;
    case 'bench_book':
      for (let id = 1; id <= books; id += 1) {
        const text = [`${word()} ${word()} ${word()} ${id}`, 50 + next(900), next(10_000) / 4, next(100_000)] as const;
        yield [id, ...text, instant(next), instant(next), 1 + next(publishers), 1 + next(authors)];
      }
      break;
    case 'bench_book_tags':
      for (let id = 1, book = 1; book <= books; book += 1) {
        const first = next(tags);
        for (let number = 2 + next(2); number > 0; number -= 1, id += 1)
          yield [id, book, 1 + ((first + number * 7) % tags)];
      }
      break;
    default:
      for (let id = 1; id <= reviews; id += 1)
        yield [id, 1 + next(5), `${word()} ${word()} ${word()}`, instant(next), 1 + next(books)];
  }
}
