import { describe, expect, it } from 'vitest';
import { getOrMake } from '../../../src/util/get-or-make.js';
import { RecentMap } from '../../../src/util/recent-map.js';

describe('getOrMake()', () => {
  const caches = [
    ['a Map', () => new Map<object, string>()],
    ['a WeakMap', () => new WeakMap<object, string>()],
    ['a RecentMap', () => new RecentMap<object, string>(10)],
  ] as const;

  it.each(caches)('makes a value once for each key of %s', (_, create) => {
    const cache = create();
    const [one, other] = [{}, {}];
    const asked: object[] = [];
    const make = (key: object): string => {
      asked.push(key);
      return `value ${asked.length}`;
    };
    expect(getOrMake(cache, one, make)).toBe('value 1');
    expect(getOrMake(cache, one, make)).toBe('value 1');
    expect(getOrMake(cache, other, make)).toBe('value 2');
    expect(asked).toEqual([one, other]);
    expect(asked[0]).toBe(one);
    expect(cache.get(one)).toBe('value 1');
  });

  it('keeps null, zero and an empty text, which are values like any other', () => {
    const cache = new Map<string, unknown>();
    for (const value of [null, 0, '', false]) {
      expect(getOrMake(cache, String(value), () => value)).toBe(value);
      expect(getOrMake(cache, String(value), () => 'again')).toBe(value);
    }
  });

  it('leaves nothing behind when the value cannot be made', () => {
    const cache = new Map<string, number>();
    const fail = (): number => {
      throw new Error('no value');
    };
    expect(() => getOrMake(cache, 'a', fail)).toThrow('no value');
    expect(cache.size).toBe(0);
    expect(getOrMake(cache, 'a', () => 1)).toBe(1);
  });
});
