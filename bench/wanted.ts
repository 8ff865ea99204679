/** What is wanted of Nuages: a ratio to the driver, or milliseconds where the driver does not take part. */
export interface Wanted {
  readonly sqlite: number;
  readonly postgres: number;
  /** As the table shows it, where a number alone would not say enough. */
  readonly shown?: { readonly sqlite: string; readonly postgres: string };
}

/** By the letter of the workload. */
export const wanted: Readonly<Record<string, Wanted>> = {
  a: { sqlite: 2.5, postgres: 1.1 },
  b: { sqlite: 0.65, postgres: 0.8 },
  c: { sqlite: 0.9, postgres: 0.95 },
  d: { sqlite: 1.1, postgres: 1.1 },
  e: { sqlite: 0.9, postgres: 0.95 },
  f: { sqlite: 1.1, postgres: 1.2 },
  g: { sqlite: 1.05, postgres: 1.05 },
  h: { sqlite: 2, postgres: 1.2 },
  i: { sqlite: 0.9, postgres: 1 },
  j: { sqlite: 1, postgres: 1 },
  k: { sqlite: 1.15, postgres: 1.1 },
  l: { sqlite: 2.5, postgres: 1.3 },
  m: { sqlite: 0.9, postgres: 0.95, shown: { sqlite: '0.9 (+15 MB)', postgres: '0.95 (+15 MB)' } },
  n: { sqlite: 1.35, postgres: 1.2 },
  o: { sqlite: 0.005, postgres: 0.005, shown: { sqlite: '≤ 5 µs', postgres: '≤ 5 µs' } },
};
