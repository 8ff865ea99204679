import type { FieldDescription } from './server-statement.js';

type Read = (text: string) => unknown;

const whole: Read = (text) => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};
const bytes: Read = (text) => Buffer.from(text.slice(2), 'hex');

/** Types by their object identifier (pg_type): those that have a plain counterpart in JavaScript; all others stay text. */
const READERS: Readonly<Record<number, Read>> = {
  16: (text) => text === 't',
  17: bytes,
  20: whole,
  21: Number,
  23: Number,
  26: Number,
  700: Number,
  701: Number,
};

/**
 * Values as what the server says they are, for statements whose columns' types nobody told: SQL of the developer's own.
 * Changes the rows. `columns`: positions of the columns in question, all when left out.
 */
export function readNaturally(
  rows: unknown[][],
  fields: readonly FieldDescription[],
  columns?: readonly number[],
): void {
  for (const index of columns ?? fields.keys()) {
    const type = fields[index]?.dataTypeID;
    const read = type === undefined ? undefined : READERS[type];
    if (read === undefined) continue;
    for (const row of rows) {
      const value = row[index];
      if (typeof value === 'string') row[index] = read(value);
    }
  }
}
