import { F, Lower } from 'nuages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Any, closeWorld, Item, openWorld } from './world.js';

beforeAll(openWorld);
afterAll(closeWorld);
const items = (): Any => Item.objects;

/** `wrap` applied so many times. */
function nested(depth: number, start: Any, wrap: (inner: Any) => Any): Any {
  let made = start;
  for (let index = 0; index < depth; index += 1) made = wrap(made);
  return made;
}

describe('H32 expressions inside each other', () => {
  const wraps: Record<string, (inner: Any) => Any> = {
    arithmetic: (inner) => inner.add(1),
    calls: (inner) => (Lower as Any)(inner),
  };
  it.each(Object.entries(wraps))('are refused where they are too deep: %s', (_, wrap) => {
    expect(() => nested(20_000, F('size'), wrap)).toThrow(
      expect.objectContaining({ name: 'ValueError', code: 'expression-depth' }),
    );
  });

  it('run where they are deep', async () => {
    await items().create({ size: 1 });
    expect(
      await items()
        .annotate({ x: nested(100, F('size'), wraps.arithmetic!) })
        .values('x'),
    ).toEqual([{ x: 101 }]);
    await items().all().delete();
  });
});

describe('H34 long chains and long names', () => {
  it('cost no more than their length', async () => {
    const chain = (length: number): number => {
      const start = performance.now();
      nested(length, items().all(), (rows) => rows.filter({ size__gte: -1 }));
      return performance.now() - start;
    };
    chain(100);
    const [short, long] = [chain(200), chain(2000)];
    expect(long).toBeLessThan(short * 50 + 500);
  });

  it('are right still', async () => {
    await items().create({ size: 1, name: 'a' });
    const rows = nested(100, items().all(), (each) => each.filter({ size__gte: -1 }));
    expect(await rows.filter({ name: 'a' }).count()).toBe(1);
    expect(await rows.filter({ name: 'b' }).count()).toBe(0);
    expect(() => rows.filter({ nme: 'b' })).toThrow(/nme/);
    expect(() => rows.filter({ owner__nme: 'b' })).toThrow(/nme/);
    expect(() => rows.filter({ name__nme: 'b' })).toThrow(/nme/);
    await items().all().delete();
  });

  it('are cut short in messages', async () => {
    const long = 'x'.repeat(100_000);
    const spaced = 'x '.repeat(50_000);
    for (const name of [long, spaced, Array.from({ length: 10_000 }, () => 'owner').join('__')]) {
      for (const call of [
        () => items().filter({ [name]: 1 }),
        () => items().filter({ [`name__${name}`]: 1 }),
        () => items().orderBy(name),
        () => items().values(name),
        () => items().annotate({ x: F(name) }),
        () => items().create({ [name]: 1 }),
        () => items().only(name),
        () => items().prefetchRelated(name),
        () => items().selectRelated(name),
        () => items().using(name).count(),
      ]) {
        const message = await (async () => call())().then(
          () => 'accepted',
          (error: Error) => error.message,
        );
        expect(message).not.toBe('accepted');
        expect(message.length).toBeLessThan(2000);
      }
    }
  });
});
