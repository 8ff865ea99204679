import { inspect } from 'node:util';

/** A value as the console shows it, on one line: `[ <Author: Frank Herbert> ]`. */
export const shown = (value: unknown): string =>
  inspect(value, { compact: true, breakLength: Number.POSITIVE_INFINITY });
