import { DataSource } from 'typeorm';
import type { Peer, Target } from '../peer.js';
import { countryOf, INSERTED, keyedReview, keyOf, newReview } from '../workloads.js';
import { entitiesOf } from './typeorm-entities.js';

const sourceOf = ({ db, location }: Target, entities: any[]): DataSource =>
  db === 'sqlite'
    ? new DataSource({
        type: 'better-sqlite3',
        database: location,
        enableWAL: true,
        prepareDatabase: (database) => void database.pragma('synchronous = NORMAL'),
        entities,
      })
    : new DataSource({ type: 'postgres', url: location, entities });

/** Rows of one INSERT: SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const BATCH = 1000;

export const peer: Peer = {
  databases: ['sqlite', 'postgres'],
  async open(target) {
    const { Publisher, Author, Tag, Book, Review } = entitiesOf(target.db === 'sqlite' ? 'datetime' : 'timestamptz');
    const source = sourceOf(target, [Publisher, Author, Tag, Book, Review]);
    await source.initialize();
    const books = source.getRepository(Book);
    const authors = source.getRepository(Author);
    const reviews = source.getRepository(Review);
    const kept: any[] =
      process.env.BENCH_COLD === undefined ? await books.find({ order: { id: 'ASC' }, take: 1000 }) : [];
    return {
      runs: {
        a: (n) => books.findOneByOrFail({ id: keyOf(n) }),
        b: () => books.find({ order: { id: 'ASC' }, take: 1000 }),
        c: () =>
          books
            .createQueryBuilder('b')
            .select('b.id', 'id')
            .addSelect('b.title', 'title')
            .addSelect('b.pages', 'pages')
            .orderBy('b.id')
            .limit(1000)
            .getRawMany(),
        d: (n) =>
          books
            .createQueryBuilder('b')
            .innerJoin('b.author', 'a')
            .innerJoin('b.publisher', 'p')
            .where('a.country = :author AND p.country = :publisher', {
              author: countryOf(n),
              publisher: countryOf(n + 3),
            })
            .orderBy('b.views', 'DESC')
            .addOrderBy('b.id')
            .limit(50)
            .getMany(),
        e: () =>
          books.createQueryBuilder('b').innerJoinAndSelect('b.publisher', 'p').orderBy('b.id').limit(1000).getMany(),
        f: () =>
          authors
            .createQueryBuilder('a')
            .leftJoinAndSelect('a.books', 'b')
            .leftJoinAndSelect('b.tags', 't')
            .where('a.id <= :last', { last: 100 })
            .orderBy('a.id')
            .getMany(),
        g: () =>
          books
            .createQueryBuilder('b')
            .select('b.publisher_id', 'publisherId')
            .addSelect('COUNT(b.id)', 'n')
            .addSelect('AVG(b.pages)', 'pages')
            .groupBy('b.publisher_id')
            .having('COUNT(b.id) > :least', { least: 50 })
            .orderBy('b.publisher_id')
            .getRawMany(),
        h: (n) => reviews.insert(newReview(n)),
        i: (n) =>
          source.transaction(async (manager) => {
            for (let start = 0; start < INSERTED; start += BATCH) {
              const rows = Array.from({ length: BATCH }, (_, index) => keyedReview(n, start + index));
              await manager.createQueryBuilder().insert().into(Review).values(rows).updateEntity(false).execute();
            }
          }),
        // Whole rows that are there already: one statement, where `save()` and `update()` take one for each row.
        j: async (n) => {
          for (const book of kept) book.views = book.id + n;
          const insert = books.createQueryBuilder().insert().values(kept);
          await insert.orUpdate(['views'], ['id']).updateEntity(false).execute();
        },
        k: (n) => books.increment({ publisherId: 1 + (n % 200) }, 'views', 1),
        l: (n) =>
          source.transaction(async (manager) => {
            for (let index = 0; index < 10; index += 1) await manager.insert(Review, newReview(n * 10 + index));
            return manager.findOneByOrFail(Book, { id: keyOf(n) });
          }),
        // better-sqlite3 cannot stream under TypeORM.
        ...(target.db === 'postgres' && {
          m: async () => {
            let sum = 0;
            const rows = await reviews.createQueryBuilder('r').orderBy('r.id').limit(100_000).stream();
            for await (const row of rows as AsyncIterable<any>)
              sum += row.r_rating + (row.r_created_at.getTime() % 1000);
            return sum;
          },
        }),
        o: (n) =>
          books
            .createQueryBuilder('b')
            .innerJoin('b.author', 'a')
            .where('a.country = :country AND b.pages >= :pages AND b.title LIKE :title', {
              country: countryOf(n),
              pages: n % 500,
              title: `t${n}%`,
            })
            .getQueryAndParameters(),
      },
      close: () => source.destroy(),
    };
  },
};
