import { Case, Count, F, Value, When } from 'nuages';
import { captureQueries, expectQueries } from 'nuages/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Any,
  Author,
  Authorship,
  Book,
  closeLibrary,
  openLibrary,
  Publisher,
  Tag,
} from '../../support/library.js';
import { testDatabaseKind } from '../../support/test-database.js';

const B: Any = Book;
const T: Any = Tag;
const P: Any = Publisher;

beforeAll(openLibrary);
afterAll(closeLibrary);
beforeEach(async () => {
  await B.objects.all().delete();
  await T.objects.all().delete();
  await P.objects.all().delete();
});

const tags = (count: number): Any[] => Array.from({ length: count }, (_, index) => new T({ label: `t${index}` }));

describe('bulkCreate()', () => {
  it('inserts many rows with few statements and sets their keys', async () => {
    const made = await expectQueries(1, () => T.objects.bulkCreate(tags(300)));
    expect(made.map((tag: Any) => tag.pk)).toEqual([
      ...(await T.objects.orderBy('pk').valuesList('pk', { flat: true })),
    ]);
    expect(made.every((tag: Any) => !tag._state.adding)).toBe(true);
  });

  it('obeys batchSize', async () => {
    await expectQueries(3, () => T.objects.bulkCreate(tags(25), { batchSize: 10 }));
    expect(await T.objects.count()).toBe(25);
    await expect(T.objects.bulkCreate(tags(1), { batchSize: 0 })).rejects.toMatchObject({ name: 'ValueError' });
  });

  it('inserts objects with a key and objects without one', async () => {
    const [first] = await T.objects.bulkCreate([new T({ label: 'a' })]);
    const made = await T.objects.bulkCreate([new T({ label: 'b' }), new T({ id: first.pk + 50, label: 'c' })]);
    expect(made.map((tag: Any) => tag.label)).toEqual(['b', 'c']);
    expect(await T.objects.filter({ label: 'b' }).exists()).toBe(true);
  });

  it('undoes everything when one row is refused', async () => {
    const twice = [...tags(3), new T({ id: 77, label: 't0' })];
    await expect(T.objects.bulkCreate(twice)).rejects.toMatchObject({ name: 'IntegrityError' });
    expect(await T.objects.count()).toBe(0);
  });

  it('leaves out conflicting rows, or updates those that are there', async () => {
    await T.objects.create({ label: 't0', weight: 1 });
    const made = await T.objects.bulkCreate(tags(2), { ignoreConflicts: true });
    expect(made[0].pk).toBeNull();
    expect(await T.objects.count()).toBe(2);
    await T.objects.bulkCreate([new T({ label: 't0', weight: 8 })], {
      updateConflicts: true,
      // MySQL updates whichever key was met.
      ...(testDatabaseKind() === 'mysql' ? {} : { uniqueFields: ['label'] }),
      updateFields: ['weight'],
    });
    expect((await T.objects.get({ label: 't0' })).weight).toBe(8);
    const both = { ignoreConflicts: true, updateConflicts: true };
    await expect(T.objects.bulkCreate(tags(1), both)).rejects.toMatchObject({ name: 'ValueError' });
    await expect(T.objects.bulkCreate(tags(1), { updateConflicts: true })).rejects.toMatchObject({
      name: 'ValueError',
    });
  });

  it('takes expressions and sets autoNow', async () => {
    const [book] = await B.objects.bulkCreate([new B({ title: 'x', pages: Value(2).mul(4) })]);
    expect(book.pages).toBe(8);
    expect(book.changed).toBeInstanceOf(Date);
  });

  it('refuses unsaved related objects and instances of other models', async () => {
    await expect(B.objects.bulkCreate([new B({ title: 'x', publisher: new P({ name: 'n' }) })])).rejects.toThrow(
      /unsaved related object/,
    );
    await expect(B.objects.bulkCreate([new T({ label: 'x' })])).rejects.toBeInstanceOf(TypeError);
  });
});

describe('bulkUpdate()', () => {
  it('gives each row its own value, with one UPDATE', async () => {
    const made = await T.objects.bulkCreate(tags(4));
    made.forEach((tag: Any, index: number) => {
      tag.weight = index === 3 ? F('weight').add(30) : index;
      tag.label = 'not written';
    });
    expect(await expectQueries(1, () => T.objects.bulkUpdate(made, ['weight']))).toBe(4);
    expect(await T.objects.orderBy('pk').valuesList('weight', { flat: true })).toEqual([0, 1, 2, 30]);
    expect(await T.objects.filter({ label: 'not written' }).exists()).toBe(false);
  });

  it('works in batches, and keeps to the rows of the QuerySet', async () => {
    const made = await T.objects.bulkCreate(tags(6));
    for (const tag of made) tag.weight = 5;
    expect(await expectQueries(3, () => T.objects.bulkUpdate(made, ['weight'], { batchSize: 2 }))).toBe(6);
    for (const tag of made) tag.weight = 9;
    expect(await T.objects.filter({ label: 't1' }).bulkUpdate(made, ['weight'])).toBe(1);
  });

  it('refuses keys, relations to many, unsaved objects and no fields', async () => {
    const [tag] = await T.objects.bulkCreate(tags(1));
    for (const names of [['id'], ['books'], []])
      await expect(T.objects.bulkUpdate([tag], names)).rejects.toMatchObject({ name: 'ValueError' });
    await expect(T.objects.bulkUpdate([tag], ['nope'])).rejects.toMatchObject({ name: 'FieldDoesNotExist' });
    await expect(T.objects.bulkUpdate(tags(1), ['weight'])).rejects.toMatchObject({ name: 'ValueError' });
  });
});

describe('update()', () => {
  it('sets columns of all rows with one statement', async () => {
    await B.objects.bulkCreate([new B({ title: 'a', pages: 100 }), new B({ title: 'b', pages: 300 })]);
    const size = Case([When({ pages__gt: 200 }, Value('long'))], { default: Value('short') });
    expect(await expectQueries(1, () => B.objects.update({ pages: F('pages').add(1), title: size }))).toBe(2);
    expect(await B.objects.orderBy('pages').valuesList('title', 'pages')).toEqual([
      ['short', 101],
      ['long', 301],
    ]);
  });

  it('moves rows to other keys, by a value or one worked out from the old', async () => {
    const { pk } = await B.objects.create({ title: 'moved' });
    expect(await B.objects.filter({ pk }).update({ id: F('id').add(1000) })).toBe(1);
    expect(await B.objects.filter({ pk: pk + 1000 }).update({ id: pk + 2000 })).toBe(1);
    expect((await B.objects.get({ title: 'moved' })).pk).toBe(pk + 2000);
  });

  it('reuses the statement for other values of the same shape', async () => {
    await B.objects.bulkCreate([new B({ title: 'a' }), new B({ title: 'b' })]);
    await B.objects.filter({ title: 'a' }).update({ pages: 1 });
    const { queries } = await captureQueries(() => B.objects.filter({ title: 'b' }).update({ pages: 2 }));
    expect(queries[0]!.params.map(String)).toEqual(['2', 'b']);
    expect(await B.objects.orderBy('title').valuesList('pages', { flat: true })).toEqual([1, 2]);
  });

  it('finds rows over relations by a subquery', async () => {
    const ace = await P.objects.create({ name: 'Ace' });
    await B.objects.bulkCreate([new B({ title: 'a', publisher: ace }), new B({ title: 'b' })]);
    expect(await expectQueries(1, () => B.objects.filter({ publisher__name: 'Ace' }).update({ pages: 7 }))).toBe(1);
    expect(
      await P.objects
        .annotate({ n: Count('books') })
        .filter({ n__gt: 0 })
        .update({ name: 'Busy' }),
    ).toBe(1);
    expect(await B.objects.filter({ pages: 7 }).update({ publisher: null })).toBe(1);
    expect(await B.objects.update({ publisher: ace })).toBe(2);
  });

  it('says what it cannot set', async () => {
    await expect(B.objects.update({ tags: 1 })).rejects.toMatchObject({ name: 'FieldError' });
    await expect(B.objects.update({ chapters: 1 })).rejects.toMatchObject({ name: 'FieldError' });
    await expect(B.objects.update({ titel: 1 })).rejects.toThrow(/Did you mean 'title'/);
    await expect(B.objects.update({ title: F('publisher__name') })).rejects.toMatchObject({ name: 'FieldError' });
    await expect(B.objects.update({ title: undefined })).rejects.toBeInstanceOf(TypeError);
    await expect(B.objects.slice(0, 1).update({ title: 'x' })).rejects.toBeInstanceOf(TypeError);
    await expect(B.objects.update({ pages: Count('tags') })).rejects.toMatchObject({ name: 'FieldError' });
  });

  it('sends nothing when no row can match', async () => {
    expect(await expectQueries(0, () => B.objects.none().update({ title: 'x' }))).toBe(0);
    expect(await expectQueries(0, () => B.objects.filter({ pk__in: [] }).update({ title: 'x' }))).toBe(0);
  });
});

describe('authors over a join model', () => {
  it('are added with values for its other columns', async () => {
    const book = await B.objects.create({ title: 'a' });
    const ann = await (Author as Any).objects.create({ name: 'Ann' });
    await book.authors.add(ann, { throughDefaults: { role: () => 'editor' } });
    expect(await (Authorship as Any).objects.valuesList('role', { flat: true })).toEqual(['editor']);
  });
});
