import { atomic, ImproperlyConfigured, ValueError } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { describe, expect, it } from 'vitest';
import type { Any } from '../../support/library.js';
import { A, aliasesOf, B, C, P, SECOND, T, twoDatabases } from './world.js';

const names = async (rows: Any): Promise<string[]> => (await rows).map(({ name, title }: Any) => name ?? title);

describe.each(SECOND)('with a second database, %s,', (second) => {
  twoDatabases(second);
  const there = (model: Any): Any => model.objects.using('other');

  it('using() writes and reads there, and instances know where they came from', async () => {
    const here = await P.objects.create({ name: 'Ace' });
    const away = await there(P).create({ name: 'Baen' });
    expect([here._state.db, away._state.db]).toEqual(['default', 'other']);
    expect(await names(P.objects.all())).toEqual(['Ace']);
    expect(await names(there(P))).toEqual(['Baen']);
    expect((await there(P).get({ name: 'Baen' }))._state.db).toBe('other');
    expect(await there(P).filter({ name: 'Ace' }).exists()).toBe(false);
    expect(
      await there(P)
        .aggregate({ n: P.objects.count === undefined ? null : undefined })
        .catch(() => 'refused'),
    ).toBe('refused');
    expect(new P({ name: 'new' })._state.db).toBeNull();
  });

  it('every way of writing goes where the QuerySet says', async () => {
    const aliases = await aliasesOf(async () => {
      await there(T).bulkCreate([new T({ label: 'a' }), new T({ label: 'b' })]);
      await there(T).getOrCreate({ label: 'c' });
      await there(T).updateOrCreate({ label: 'c' }, { defaults: { weight: 3 } });
      await there(T).filter({ label: 'a' }).update({ weight: 1 });
      const tags = await there(T);
      tags[0].weight = 9;
      await there(T).bulkUpdate(tags, ['weight']);
      await there(T).inBulk();
      await there(T).filter({ label: 'b' }).delete();
    });
    expect(new Set(aliases)).toEqual(new Set(['other']));
    expect(await there(T).count()).toBe(2);
    expect(await T.objects.count()).toBe(0);
    for await (const tag of there(T).iterator({ chunkSize: 1 })) expect(tag._state.db).toBe('other');
    const [raw] = await there(T).raw`SELECT * FROM library_tag ORDER BY label`;
    expect([raw.label, raw._state.db]).toEqual(['a', 'other']);
  });

  it('save() goes back to where an object came from; with `using` it goes there, and belongs there from then on', async () => {
    const tag = await there(T).create({ label: 'x' });
    tag.weight = 5;
    expect(await aliasesOf(() => tag.save())).toEqual(['other']);
    // a key that is not there yet: an UPDATE that finds nothing, then an INSERT
    const { queries } = await captureQueries(() => tag.save({ using: 'default' }));
    expect(queries.map(({ alias, sql }) => [alias, sql.slice(0, 6)])).toEqual([
      ['default', 'UPDATE'],
      ['default', 'INSERT'],
    ]);
    expect(tag._state.db).toBe('default');
    expect(await T.objects.values('id', 'label', 'weight')).toEqual(await there(T).values('id', 'label', 'weight'));
    expect(await aliasesOf(() => tag.save())).toEqual(['default']);
  });

  it('an object without its key is copied', async () => {
    await T.objects.create({ label: 'first' });
    const tag = await there(T).create({ label: 'x' });
    tag.pk = null;
    await tag.save({ using: 'default' });
    expect(await T.objects.count()).toBe(2);
    expect(await there(T).count()).toBe(1);
  });

  it('_state.db can be set: the object is taken for one of that database', async () => {
    const tag = new T({ label: 'x' });
    tag._state.db = 'other';
    await tag.save();
    expect([await T.objects.count(), await there(T).count()]).toEqual([0, 1]);
    expect(() => (tag._state.db = 5)).toThrow(TypeError);
    tag._state.db = null;
    expect(tag._state.db).toBeNull();
  });

  it('delete() and its cascades stay in one database', async () => {
    const make = async (using: string): Promise<Any> => {
      const publisher = await P.objects.using(using).create({ name: 'Ace' });
      const book = await B.objects.using(using).create({ title: 'Dune', publisher });
      await C.objects.using(using).create({ title: 'One', book });
      return publisher;
    };
    await make('default');
    const away = await make('other');
    expect(new Set(await aliasesOf(() => away.delete()))).toEqual(new Set(['other']));
    expect([await P.objects.count(), await B.objects.count(), await C.objects.count()]).toEqual([1, 1, 1]);
    expect([await there(P).count(), await there(B).count(), await there(C).count()]).toEqual([0, 0, 0]);
    // the same key elsewhere: `using` says where
    const copy = await P.objects.get();
    await copy.save({ using: 'other' });
    copy._state.db = 'default';
    await copy.delete({ using: 'other' });
    expect([await P.objects.count(), await there(P).count()]).toEqual([1, 0]);
  });

  it('refuses to relate objects of different databases, before any query', async () => {
    const here = await P.objects.create({ name: 'Ace' });
    const away = await there(B).create({ title: 'Dune' });
    const { queries } = await captureQueries(async () => {
      expect(() => (away.publisher = here)).toThrow(ValueError);
      expect(() => (away.publisher = here)).toThrow(
        "Cannot assign this object to Book.publisher: it is in database 'default', the other in 'other'",
      );
      await expect(here.books.add(away)).rejects.toThrow('not saved in this database');
      await expect(here.books.add(away, { bulk: false })).rejects.toThrow(ValueError);
    });
    expect(queries).toEqual([]);
    expect(away.publisherId).toBeNull();
  });

  it('refuses to relate them over a join table', async () => {
    const here = await B.objects.create({ title: 'Emma' });
    const away = await there(T).create({ label: 'x' });
    for (const change of [() => here.tags.add(away), () => here.tags.set([away]), () => away.books.add(here)])
      await expect(change()).rejects.toThrow('Cannot relate objects of different databases');
    // a key says nothing of a database: it is one of the instance's
    expect(await aliasesOf(() => here.tags.remove(away.pk))).toEqual(['default']);
  });

  it('a new object goes where the object went that it refers to', async () => {
    const publisher = await there(P).create({ name: 'Ace' });
    const book = new B({ title: 'Dune', publisher });
    expect(book._state.db).toBe('other');
    await book.save();
    expect([await B.objects.count(), await there(B).count()]).toEqual([0, 1]);
    const author = new A({ name: 'Ann' });
    const profile = await there(A).create({ name: 'Bob' });
    expect(author._state.db).toBeNull();
    author.profile; // reading says nothing
    expect(profile._state.db).toBe('other');
    // two that are new belong together from then on
    const parent = new P({ name: 'Parent' });
    const child = new P({ name: 'Child', parent });
    expect([parent._state.db, child._state.db]).toEqual(['default', 'default']);
    expect(() => (child.parent = publisher)).toThrow(ValueError);
  });

  it('related managers read and write where their object is', async () => {
    await P.objects.create({ name: 'decoy' });
    const publisher = await there(P).create({ name: 'Ace' });
    const aliases = await aliasesOf(async () => {
      const dune = await publisher.books.create({ title: 'Dune' });
      await publisher.books.getOrCreate({ title: 'Emma' });
      await publisher.books.updateOrCreate({ title: 'Emma' }, { defaults: { pages: 3 } });
      expect(await publisher.books.count()).toBe(2);
      expect(await names(publisher.books.filter({ title__startswith: 'D' }))).toEqual(['Dune']);
      await publisher.books.set([dune]);
      await publisher.books.filter({ title: 'Dune' }).update({ pages: 1 });
      const tag = await dune.tags.create({ label: 'sand' });
      expect(await tag.books.exists()).toBe(true);
      await dune.tags.set([]);
      await dune.tags.add(tag.pk);
      await dune.tags.clear();
      await publisher.books.clear({ bulk: false });
      await publisher.books.add(dune);
      await publisher.books.remove(dune);
    });
    expect(new Set(aliases)).toEqual(new Set(['other']));
    expect(await B.objects.count()).toBe(0);
  });

  it('a related manager with using() reads elsewhere', async () => {
    const publisher = await there(P).create({ name: 'Ace' });
    await publisher.books.create({ title: 'Dune' });
    expect(await publisher.books.using('default').count()).toBe(0);
  });

  it('prefetches and lazy loads go where the rows came from', async () => {
    for (const using of ['default', 'other']) {
      const publisher = await P.objects.using(using).create({ name: using });
      const book = await B.objects.using(using).create({ title: 'Dune', publisher });
      await book.tags.create({ label: using });
    }
    const { queries, result } = await captureQueries(() =>
      there(B).prefetchRelated('publisher', 'tags').defer('pages'),
    );
    expect(queries.map(({ alias }) => alias)).toEqual(['other', 'other', 'other']);
    const [book] = result as Any[];
    expect(book.publisher.name).toBe('other');
    expect((await book.tags)[0].label).toBe('other');
    const lazy = await there(B).first();
    expect(await aliasesOf(async () => expect((await lazy.publisher).name).toBe('other'))).toEqual(['other']);
    expect(await aliasesOf(async () => expect(await book.pages).toBeNull())).toEqual(['other']);
    expect(await aliasesOf(() => book.refreshFromDb())).toEqual(['other']);
    expect((await there(B).selectRelated('publisher').get()).publisher._state.db).toBe('other');
  });

  it('refreshFromDb() reads where it is told, and the object belongs there from then on', async () => {
    const here = await T.objects.create({ label: 'x', weight: 1 });
    await new T({ id: here.id, label: 'x', weight: 2 }).save({ using: 'other' });
    await here.refreshFromDb({ using: 'other' });
    expect([here.weight, here._state.db]).toEqual([2, 'other']);
  });

  it('uniqueness is validated where the object belongs', async () => {
    await there(T).create({ label: 'x' });
    await new T({ label: 'x' }).fullClean();
    const away = new T({ label: 'x' });
    away._state.db = 'other';
    await expect(away.fullClean()).rejects.toThrow('already exists');
  });

  it('a subquery on another database is refused, and its rows as a list are not', async () => {
    await P.objects.create({ name: 'Ace' });
    const away = there(P).filter({ name: 'Ace' });
    for (const ask of [
      () => B.objects.filter({ publisher__in: away }),
      () => B.objects.filter({ publisher__in: away }).count(),
      () => B.objects.filter({ publisher__in: away }).update({ pages: 1 }),
      () => B.objects.filter({ publisher__in: away }).delete(),
      () => P.objects.all().union(away),
    ])
      await expect((async () => ask())()).rejects.toThrow(
        "A statement on database 'default' cannot hold a query on 'other'",
      );
    expect(await B.objects.filter({ publisher__in: await away })).toEqual([]);
    expect(await there(B).filter({ publisher__in: away })).toEqual([]);
    // the inner query follows the outer one where it names no database of its own
    expect(await there(B).filter({ publisher__in: P.objects.filter({ name: 'Ace' }) })).toEqual([]);
  });

  it('a transaction is one of its database alone', async () => {
    await atomic(
      async () => {
        await there(T).create({ label: 'gone' });
        await T.objects.create({ label: 'kept' });
        throw new Error('back');
      },
      { using: 'other' },
    ).catch(() => {});
    expect([await T.objects.count(), await there(T).count()]).toEqual([1, 0]);
    await atomic(() => atomic(() => there(T).create({ label: 'in' }), { using: 'other' }));
    expect(await there(T).count()).toBe(1);
  });

  it('an unknown alias is refused with what is near', async () => {
    await expect((async () => P.objects.using('othr'))()).rejects.toThrow("Did you mean 'other'?");
    await expect((async () => P.objects.using('othr'))()).rejects.toThrow(ImproperlyConfigured);
    await expect(new P({ name: 'x' }).save({ using: 'nowhere' })).rejects.toThrow(ImproperlyConfigured);
    expect(() => P.objects.using(undefined)).toThrow(TypeError);
    expect(() => P.objects.using('')).toThrow(TypeError);
  });
});
