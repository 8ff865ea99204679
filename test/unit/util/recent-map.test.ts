import { describe, expect, it } from 'vitest';
import { RecentMap } from '../../../src/util/recent-map.js';

describe('RecentMap', () => {
  it('gives back what was put in, the last value of a key', () => {
    const map = new RecentMap<string, number>(10);
    map.set('a', 1);
    map.set('a', 2);
    expect(map.get('a')).toBe(2);
    expect(map.get('b')).toBeUndefined();
    expect(map.size).toBe(1);
  });

  it('never holds more than its capacity', () => {
    const map = new RecentMap<number, number>(10);
    for (let key = 0; key < 1000; key += 1) {
      map.set(key, key);
      map.get(key - 5);
      expect(map.size).toBeLessThanOrEqual(10);
    }
  });

  it('keeps what is used again and again, and forgets the rest', () => {
    const map = new RecentMap<string, number>(10);
    map.set('used', 1);
    map.set('unused', 1);
    for (let key = 0; key < 100; key += 1) {
      map.set(`other ${key}`, key);
      expect(map.get('used')).toBe(1);
    }
    expect(map.get('unused')).toBeUndefined();
  });
});
