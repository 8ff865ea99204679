import { describe, expect, it } from 'vitest';
import { lettersOfAnyScript } from '../../../src/util/letters.js';

const isName = lettersOfAnyScript(/^[a-z]+$/, String.raw`^\p{L}+$`);

describe('lettersOfAnyScript', () => {
  it('holds for what the narrow pattern takes and for what only the wide one does, however often and in whichever order', () => {
    for (const text of ['a', 'größe', 'a', '大きさ', 'z']) expect(isName(text)).toBe(true);
  });

  it('does not hold for what neither takes, before and after letters of another script', () => {
    for (const text of ['', 'a1', 'größe 1', '\n']) expect(isName(text)).toBe(false);
    expect(isName('größe')).toBe(true);
    expect(isName('a1')).toBe(false);
  });
});
