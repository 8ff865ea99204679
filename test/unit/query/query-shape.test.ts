import { describe, expect, it } from 'vitest';
import { shapeOfRows } from '../../../src/query/query-shape.js';

const start = () => shapeOfRows('library.Book#test');
const after = (parts: readonly string[]) => parts.reduce((shape, part) => shape.next(part), start());

describe('the shape of a query', () => {
  it('is the same object after the same parts', () => {
    expect(start().next('F').next('title')).toBe(start().next('F').next('title'));
  });

  it('is another one after other parts, or the same in another order or cut', () => {
    const shapes = [['F', 'title'], ['title', 'F'], ['Ftitle'], ['F', 'title', ''], []].map(after);
    expect(new Set(shapes).size).toBe(shapes.length);
    expect(new Set(shapes.map((shape) => shape.key)).size).toBe(shapes.length);
  });

  it('takes any text as a part', () => {
    for (const part of ['__proto__', 'constructor', '', '\0', ')']) expect(start().next(part)).toBe(start().next(part));
  });

  it('is forgotten when there are too many, and never has the key of one before', () => {
    const before = start().next('F');
    before.isRight = true;
    for (let number = 0; number <= 20_000; number += 1) start().next(`number ${number}`);
    const after = start().next('F');
    expect(after).not.toBe(before);
    expect(after.isRight).toBe(false);
    expect(after.key).not.toBe(before.key);
  });
});
