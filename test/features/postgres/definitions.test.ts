import {
  Case,
  Cast,
  CharField,
  Coalesce,
  connection,
  DecimalField,
  F,
  IntegerField,
  sql,
  UniqueConstraint,
  Value,
  When,
} from 'nuages';
import { ArrayAgg, ArrayField, DateRangeField, HStoreField, IntegerRangeField, Range } from 'nuages/postgres';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Any } from '../../support/library.js';
import { model, targets } from './databases.js';

class Offer extends model(
  'offers.Offer',
  {
    tags: ArrayField(CharField({ maxLength: 20 }), { dbDefault: ["it's", 'b\\', '{"x"}'] }),
    prices: ArrayField(DecimalField({ maxDigits: 5, decimalPlaces: 2 }), { dbDefault: [1, '2.5'], size: 4 }),
    grid: ArrayField(ArrayField(IntegerField()), { dbDefault: [] }),
    ages: IntegerRangeField({ dbDefault: Range(1, null), dbIndex: true }),
    days: DateRangeField({ null: true }),
    labels: HStoreField({ dbDefault: { a: 'x"', b: null } }),
    text: CharField({ maxLength: 20, default: '{1,2}' }),
  },
  { constraints: [new UniqueConstraint({ fields: ['tags'], name: 'offer_tags' })] },
) {}

describe.each(targets)('on $name', ({ setUp }) => {
  setUp({ offers: { Offer } } as Any, ['hstore']);
  beforeEach(() => Offer.objects.all().delete());

  test('columns have the types of their fields, and the catalogue tells them', async () => {
    const { columns } = await connection().introspect((introspection, session) =>
      introspection.table(session, 'offers_offer'),
    );
    expect(Object.fromEntries(columns.map(({ name, type }) => [name, type]))).toMatchObject({
      tags: { name: 'array', element: { name: 'varchar', maxLength: 20 } },
      prices: { name: 'array', element: { name: 'decimal', maxDigits: 5, decimalPlaces: 2 } },
      grid: { name: 'array', element: { name: 'integer' } },
      ages: { name: 'integerRange' },
      days: { name: 'dateRange' },
      labels: { name: 'hstore' },
    });
  });

  test('the database fills in defaults', async () => {
    const offer = await Offer.objects.create({});
    expect(offer.tags).toEqual(["it's", 'b\\', '{"x"}']);
    expect(offer.prices.map(String)).toEqual(['1', '2.5']);
    expect(offer.grid).toEqual([]);
    expect(String(offer.ages)).toBe('[1, )');
    expect(offer.labels).toEqual({ a: 'x"', b: null });
  });

  test('their values serve as keys: found, made once, grouped, distinct and in order', async () => {
    const [made, isNew] = await Offer.objects.getOrCreate({ tags: ['z'] });
    expect(isNew).toBe(true);
    expect((await Offer.objects.getOrCreate({ tags: ['z'] }))[1]).toBe(false);
    await expect(Offer.objects.create({ tags: ['z'] })).rejects.toMatchObject({
      kind: 'unique',
      constraint: 'offer_tags',
    });
    await expect(new (Offer as Any)({ tags: ['z'], text: 'x' }).validateConstraints()).rejects.toThrow(
      /offer_tags|already exists/,
    );
    await Offer.objects.create({ tags: ['a', 'b'] });
    expect(await Offer.objects.orderBy('-tags').valuesList('tags', { flat: true })).toEqual([['z'], ['a', 'b']]);
    expect(await Offer.objects.values('ages').distinct()).toHaveLength(1);
    const groups = await Offer.objects
      .values('labels')
      .annotate({ all: ArrayAgg('tags__0', { orderBy: 'tags__0' }) })
      .values('all');
    expect(groups).toEqual([{ all: ['a', 'z'] }]);
    expect(await Offer.objects.values('tags').union(Offer.objects.values('tags'))).toHaveLength(2);
    const seen: unknown[] = [];
    for await (const offer of Offer.objects.orderBy('tags').iterator()) seen.push(offer.tags);
    expect(seen).toEqual([['a', 'b'], ['z']]);
    const raw = await Offer.objects.raw(sql`SELECT * FROM offers_offer WHERE id = ${made.pk}`);
    expect(raw[0].tags).toEqual(['z']);
  });

  test('they stand in expressions', async () => {
    await Offer.objects.create({ tags: ['z'] });
    const texts = ArrayField(CharField());
    const row = await Offer.objects
      .annotate({
        cast: (Cast as Any)('text', ArrayField(IntegerField())),
        some: (Coalesce as Any)('tags', Value([], { outputField: texts })),
        range: Value(Range(1, 2), { outputField: IntegerRangeField() }),
        pairs: Value({ a: 'b' }, { outputField: HStoreField() }),
      })
      .get();
    expect(row).toMatchObject({ cast: [1, 2], some: ['z'], pairs: { a: 'b' } });
    expect(String(row.range)).toBe('[1, 2)');
    const renamed = When({ tags__contains: ['z'] } as Any, Value(['w'], { outputField: texts }));
    await Offer.objects.update({ tags: (Case as Any)([renamed], { default: F('tags') }) });
    expect(await Offer.objects.valuesList('tags', { flat: true })).toEqual([['w']]);
  });
});
