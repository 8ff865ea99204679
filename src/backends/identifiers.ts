import { ValueError } from '../errors.js';

/** Throws ValueError for what no database takes as the name of a table or a column. */
export function checkIdentifier(identifier: string): void {
  if (identifier === '') throw new ValueError('invalid-identifier', 'A name in the database cannot be empty.');
  if (identifier.includes('\0'))
    throw new ValueError('invalid-identifier', 'A name in the database cannot hold the character NUL.');
}
