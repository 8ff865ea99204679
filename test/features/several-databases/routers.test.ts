import { atomic, connection, createTables, type Router } from 'nuages';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Any } from '../../support/library.js';
import { A, aliasesOf, B, configure, P, SECOND, T, twoDatabases } from './world.js';

/** Asks the routers given from now on; the databases and their rows stay as they are. */
let setRouters: (...routers: Any[]) => void;
beforeAll(async () => {
  const { configureRouters } = await import('../../../src/database/router.js');
  setRouters = (...routers) => configureRouters(routers);
});

describe.each(SECOND)('routers over a second database, %s,', (second) => {
  twoDatabases(second);

  it('are asked in order; what one leaves open the next one says, and at last the instance or default', async () => {
    const asked: string[] = [];
    const silent: Router = { dbForRead: () => void asked.push('first') as undefined, dbForWrite: () => null };
    setRouters(silent, { allowRelation: () => true }, { dbForRead: () => 'other' });
    expect(await aliasesOf(() => P.objects.count())).toEqual(['other']);
    expect(await aliasesOf(() => P.objects.create({ name: 'Ace' }))).toEqual(['default']);
    expect(asked).toEqual(['first']);
  });

  it('may send reads elsewhere than writes, model by model', async () => {
    const seen: Any[] = [];
    setRouters({
      dbForRead: (model, hints) => {
        seen.push([model.label, model.appLabel, model.name, Object.keys(hints)]);
        return model.name === 'Tag' ? 'other' : undefined;
      },
    } satisfies Router);
    const tag = await T.objects.create({ label: 'x' });
    expect(await aliasesOf(() => T.objects.exists())).toEqual(['other']);
    expect(await aliasesOf(() => T.objects.get({ label: 'x' }).catch(() => null))).toEqual(['other']);
    expect(await aliasesOf(() => P.objects.aggregate({}))).toEqual([]);
    expect(await aliasesOf(() => P.objects.first())).toEqual(['default']);
    expect(seen[0]).toEqual(['library.Tag', 'library', 'Tag', []]);
    expect(tag._state.db).toBe('default');
  });

  it('decide by the instance that they are told of', async () => {
    const hints: Any[] = [];
    const book = await B.objects.create({ title: 'Dune', publisher: await P.objects.create({ name: 'Ace' }) });
    setRouters({
      dbForRead: (model, { instance }) => void hints.push(['read', model.name, instance]) as undefined,
      dbForWrite: (model, { instance }) => void hints.push(['write', model.name, instance]) as undefined,
    } satisfies Router);
    const told = async (run: () => unknown): Promise<Any[]> => {
      hints.length = 0;
      await run();
      return [...hints];
    };
    expect(await told(() => book.save())).toEqual([['write', 'Book', book]]);
    expect(await told(() => book.tags)).toEqual([['read', 'Tag', book]]);
    expect(await told(() => book.tags.count())).toEqual([['read', 'Book_tags', book]]);
    expect(await told(() => book.chapters.create({ title: 'One' }))).toContainEqual(['write', 'Chapter', book]);
    expect(await told(() => book.refreshFromDb())).toEqual([['read', 'Book', book]]);
    const found = await B.objects.get();
    expect(await told(() => found.publisher)).toEqual([['read', 'Publisher', found]]);
    expect((await told(() => book.delete()))[0]).toEqual(['write', 'Book', book]);
  });

  it('win over where an instance came from, and using() wins over them', async () => {
    const publisher = await P.objects.using('other').create({ name: 'Ace' });
    setRouters({ dbForRead: () => 'default', dbForWrite: () => 'default' });
    expect(await aliasesOf(() => publisher.books.count())).toEqual(['default']);
    expect(await aliasesOf(() => publisher.save())).toEqual(['default', 'default']);
    expect(await aliasesOf(() => P.objects.using('other').count())).toEqual(['other']);
    expect(
      await aliasesOf(() =>
        P.objects
          .using('other')
          .get()
          .then((each: Any) => each.books.count()),
      ),
    ).toEqual(['other', 'default']);
  });

  it('send to the database of writes what is read to be written', async () => {
    setRouters({ dbForRead: () => 'default', dbForWrite: () => 'other' });
    const written = (run: () => unknown): Promise<string[]> =>
      aliasesOf(() => atomic(async () => run(), { using: 'other' }));
    expect(await written(() => T.objects.selectForUpdate())).toEqual(['other']);
    for (const aliases of [
      await written(() => T.objects.getOrCreate({ label: 'x' })),
      await written(() => T.objects.updateOrCreate({ label: 'x' }, { defaults: { weight: 2 } })),
      await written(() => T.objects.filter({ label: 'x' }).update({ weight: 3 })),
      await written(() => T.objects.filter({ label: 'x' }).delete()),
    ])
      expect(new Set(aliases)).toEqual(new Set(['other']));
  });

  it('the set of a relation is compared where it is written', async () => {
    setRouters({ dbForRead: () => 'default', dbForWrite: () => 'other' });
    const publisher = await P.objects.create({ name: 'Ace' });
    const dune = await B.objects.create({ title: 'Dune', publisher });
    const tag = await T.objects.create({ label: 'x' });
    const aliases = await aliasesOf(async () => {
      await publisher.books.set([]);
      await dune.tags.set([tag]);
      await dune.tags.set([]);
    });
    expect(new Set(aliases)).toEqual(new Set(['other']));
  });

  it('may allow relations between databases, or forbid them within one', async () => {
    const here = await P.objects.create({ name: 'Ace' });
    const away = await B.objects.using('other').create({ title: 'Dune' });
    const asked: Any[] = [];
    setRouters({ allowRelation: (first: object, second: object) => (asked.push([first, second]), true) });
    away.publisher = here;
    expect(away.publisherId).toBe(here.pk);
    expect(asked).toEqual([[here, away]]);
    setRouters({ allowRelation: () => false });
    const near = await B.objects.create({ title: 'Emma' });
    expect(() => (near.publisher = here)).toThrow('no router allows a relation between them');
    await expect(near.tags.add(await T.objects.create({ label: 'x' }))).rejects.toThrow('different databases');
  });

  it('add() takes objects of a copy whose changes go where the key is written', async () => {
    const publisher = await P.objects.create({ name: 'Ace' });
    const book = await B.objects.create({ title: 'Dune' });
    setRouters({ dbForRead: () => 'other', dbForWrite: () => 'default', allowRelation: () => true });
    book._state.db = 'other';
    await publisher.books.add(book);
    expect((await B.objects.using('default').get()).publisherId).toBe(publisher.pk);
  });

  it('may answer later where a read goes, and then the ones behind are asked', async () => {
    setRouters({ dbForRead: async () => undefined }, { dbForRead: async () => 'other' });
    expect(await aliasesOf(() => P.objects.count())).toEqual(['other']);
    setRouters({ dbForRead: async () => undefined });
    expect(await aliasesOf(() => P.objects.count())).toEqual(['default']);
    setRouters({
      dbForRead: async () => {
        throw new Error('no copy is ready');
      },
    });
    await expect(P.objects.count()).rejects.toThrow('no copy is ready');
  });

  it('an alias that does not exist is an error at the query', async () => {
    setRouters({ dbForRead: () => 'othr' });
    await expect((async () => P.objects.count())()).rejects.toThrow(
      "There is no database 'othr'. Did you mean 'other'?",
    );
  });

  it('what is no router is refused', () => {
    const refused = (router: Any, message: string): void => expect(() => setRouters(router)).toThrow(message);
    refused({}, 'A router is an object with at least one of the methods dbForRead, dbForWrite');
    refused({ db_for_read: () => 'other' }, "Did you mean 'dbForRead'?");
    refused({ dbForRead: 'other' }, "'dbForRead' of a router must be a function.");
    refused(null, 'A router is an object');
    refused(() => 'other', 'A router is an object');
  });
});

describe('routers and tables', () => {
  it('decide which tables a database gets', async () => {
    const asked: Any[] = [];
    const router: Router = {
      allowMigrate: (alias, app, hints) => {
        asked.push([alias, app, hints.modelName]);
        return alias === 'tags' ? ['Tag', 'Author'].includes(String(hints.modelName)) : undefined;
      },
    };
    configure({ default: 'sqlite::memory:', tags: 'sqlite::memory:' }, [router]);
    await createTables({ using: 'tags' });
    await createTables();
    expect(asked).toContainEqual(['tags', 'library', 'Book']);
    expect([...(await connection('tags').tableNames())].sort()).toEqual(['library_author', 'library_tag']);
    expect((await connection().tableNames()).length).toBeGreaterThan(15);
    expect(await A.objects.using('tags').count()).toBe(0);
  });
});
