/** A Map, a WeakMap or a RecentMap. */
interface Cache<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/**
 * The value that the cache has for the key; where it has none, the one that `make` gives, which is put into the cache. What throws
 * leaves nothing behind. On a path that runs for every row, give a `make` that was defined once, as it takes the key.
 */
export function getOrMake<K, V>(cache: Cache<K, V>, key: K, make: (key: K) => NoInfer<V>): V {
  let value = cache.get(key);
  if (value === undefined) {
    value = make(key);
    cache.set(key, value);
  }
  return value;
}
