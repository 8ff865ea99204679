/**
 * Node's hashes. Loading them takes about as long as evaluating all models and fields, and most processes never make one, so
 * that nothing imports them.
 */
export const hashing = (): typeof import('node:crypto') => process.getBuiltinModule('node:crypto');

/** The first `length` hexadecimal digits of a hash of the texts; the same for the same texts, everywhere. */
export function digest(length: number, ...texts: readonly string[]): string {
  const hash = hashing().createHash('md5');
  for (const text of texts) hash.update(text);
  return hash.digest('hex').slice(0, length);
}

/** `name` itself, or its beginning with four digits of its hash where it is longer than `limit`. */
export function truncateName(name: string, limit: number): string {
  return name.length <= limit ? name : `${name.slice(0, limit - 4)}${digest(4, name)}`;
}
