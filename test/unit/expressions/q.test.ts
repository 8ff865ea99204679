import { describe, expect, it } from 'vitest';
import { F } from '../../../src/expressions/f.js';
import { and, not, or, Q, xor } from '../../../src/expressions/q.js';
import { Exists } from '../../../src/expressions/subquery.js';
import { querySet, where } from './fake-scope.js';

const code = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code: unknown }).code;
  }
  return 'nothing thrown';
};

describe('conditions', () => {
  it('join the lookups of one object with AND', () => {
    expect(where(Q({ pages: 1, name: 'x' }))).toBe('((t.pages = ?1) AND (t.name = ?x))');
  });
  it('keep the lookups of one object together inside or()', () => {
    expect(where(or({ pages: 1, name: 'x' }, { pages: 2 }))).toBe(
      '(((t.pages = ?1) AND (t.name = ?x)) OR (t.pages = ?2))',
    );
  });
  it('open a group that is joined the same way', () => {
    expect(or(or({ pages: 1 }, { pages: 2 }), { pages: 3 }).children).toHaveLength(3);
    expect(xor(xor({ pages: 1 }, { pages: 2 }), { pages: 3 }).children).toHaveLength(3);
    expect(and(and({ pages: 1 }, { pages: 2 }), { pages: 3 }).children).toHaveLength(3);
  });
  it('leave out what is empty', () => {
    const one = or(Q(), {}, { pages: 1 });
    expect(one.children).toEqual([{ pages: 1 }]);
    expect(Q().isEmpty).toBe(true);
    expect(not(Q()).isEmpty).toBe(true);
    expect(where(or())).toBe('FALSE');
  });
  it('have methods that join and negate', () => {
    const one = Q({ pages: 1 });
    expect(where(one.or({ pages: 2 }))).toBe(where(or({ pages: 1 }, { pages: 2 })));
    expect(where(one.and({ pages: 2 }))).toBe(where(and({ pages: 1 }, { pages: 2 })));
    expect(where(one.xor({ pages: 2 }))).toBe(where(xor({ pages: 1 }, { pages: 2 })));
    expect(where(one.not())).toBe(where(not({ pages: 1 })));
    expect(where(Q().or({ pages: 2 }))).toBe(where(Q({ pages: 2 })));
  });
  it('grow in a loop', () => {
    let wanted = Q();
    for (const name of ['a', 'b']) wanted = or(wanted, { name__contains: name });
    expect(where(wanted)).toBe('((t.name LIKE ?%a%) OR (t.name LIKE ?%b%))');
  });
  it('are negated once and back', () => {
    const condition = Q({ pages: 1 });
    expect(where(not(condition))).toBe('NOT (t.pages = ?1)');
    expect(not(not(condition)).negated).toBe(false);
  });
  it('keep a double negation that is wrapped', () => {
    expect(where(not(Q(not({ pages: 1 }))))).toBe('NOT NOT (t.pages = ?1)');
  });
  it('hold boolean expressions', () => {
    expect(where(not(Exists(querySet())))).toBe('NOT EXISTS(SELECT)');
    expect(where(or(F('active'), { pages: 1 }))).toBe('(t.active OR (t.pages = ?1))');
  });
  it('are not changed by a later change of the object they were made of', () => {
    const lookups = { pages: 1 };
    const condition = Q(lookups);
    lookups.pages = 2;
    expect(condition.children).toEqual([{ pages: 1 }]);
    expect(Object.isFrozen(condition) && Object.isFrozen(condition.children)).toBe(true);
  });
  it('are recognised by instanceof', () => {
    expect([Q(), or({}), not({ pages: 1 })].every((condition) => condition instanceof Q)).toBe(true);
  });
});

describe('what no condition can be', () => {
  it('is refused when a value is undefined, with the key in the message', () => {
    expect(() => Q({ pages: undefined })).toThrow(/'pages' is undefined/);
    expect(code(() => or({ pages: undefined }))).toBe('undefined-value');
  });
  it.each(['_connector', '_negated', 'connector', 'negated', '__proto__', 'constructor', 'prototype'])(
    'is refused for the name %s',
    (name) => {
      expect(code(() => Q(JSON.parse(`{"${name}": "OR"}`)))).toBe('reserved-name');
      expect(code(() => not(JSON.parse(`{"${name}": "OR"}`)))).toBe('reserved-name');
    },
  );
  it.each([[[1]], [new Date()], ['x'], [5], [null], [undefined], [new Map()], [() => true]])(
    'is refused: %s',
    (given) => {
      expect(code(() => Q(given as never))).toBe('no-condition');
    },
  );
  it('is refused for getters', () => {
    expect(code(() => Q(Object.defineProperty({}, 'pages', { get: () => 1, enumerable: true })))).toBe(
      'accessor-in-condition',
    );
  });
  it('takes only own keys', () => {
    expect(Q(Object.create(null, { pages: { value: 1, enumerable: true } })).children).toHaveLength(1);
    expect(code(() => Q(Object.create({ pages: 1 })))).toBe('no-condition');
  });
  it('is refused when it only imitates a composed condition', () => {
    expect(code(() => Q(JSON.parse('{"connector":"OR","children":[]}')))).toBe('reserved-name');
  });
});

describe('conditions that continue the same one', () => {
  it('do not disturb each other', () => {
    const start = or({ pages: 1 }, { pages: 2 });
    const left = or(start, { pages: 3 });
    const right = or(start, { pages: 4 }, { pages: 5 });
    const further = or(left, { pages: 6 });
    const pagesOf = (condition: Q) => condition.children.map((child) => (child as { pages: number }).pages);
    expect([start, left, right, further].map(pagesOf)).toEqual([
      [1, 2],
      [1, 2, 3],
      [1, 2, 4, 5],
      [1, 2, 3, 6],
    ]);
  });
});

describe('very large conditions', () => {
  it('are bounded in depth by a typed error, and in nothing else', () => {
    let deep = Q({ pages: 0 });
    for (let level = 1; level < 1000; level += 1)
      deep = level % 2 === 0 ? or(deep, { pages: level }) : and(deep, { pages: level });
    expect(deep.shape).toContain('"pages"=998');
    expect(() => and(or(deep, { pages: 1 }), { pages: 2 })).toThrow(/nested more than 1000/);
    let wide = Q();
    for (let index = 0; index < 5000; index += 1) wide = or(wide, { pages: index });
    expect(wide.children).toHaveLength(5000);
    expect(wide.depth).toBe(1);
  });
});

describe('the shape of a condition', () => {
  it('is the same for the same condition and differs with structure, names and values', () => {
    const shapes = [
      Q({ pages: 1 }),
      Q({ pages: 2 }),
      Q({ pages: '1' }),
      Q({ pages: 1n }),
      Q({ pages: null }),
      Q({ pages__in: [1] }),
      Q({ pages__in: [[1]] }),
      not({ pages: 1 }),
      or({ pages: 1 }, { pages: 2 }),
      and({ pages: 1 }, { pages: 2 }),
      xor({ pages: 1 }, { pages: 2 }),
      Q({ 'pages"=1,"x': 1 }),
      Q({ pages: F('pages') }),
      Q({ pages: 'F("pages")' }),
      Q({ created: new Date(5) }),
      Q({ pages: true }),
    ].map((condition) => condition.shape);
    expect(new Set(shapes).size).toBe(shapes.length);
    expect(shapes).not.toContain(null);
    expect(Q({ pages: 1 }).shape).toBe(Q({ pages: 1 }).shape);
  });
  it('cannot be told for values that have no text', () => {
    expect(Q({ data: { a: 1 } }).shape).toBeNull();
    expect(Q({ pages__in: querySet() }).shape).toBeNull();
  });
});
