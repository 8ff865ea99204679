import { col, fn, Op, where } from 'sequelize';
import type { Peer } from '../peer.js';
import { countryOf, INSERTED, keyedReview, keyOf, newReview } from '../workloads.js';
import { connect, defineModels } from './sequelize-models.js';

export const peer: Peer = {
  databases: ['sqlite', 'postgres'],
  async open(target) {
    const sequelize = await connect(target);
    const { Publisher, Author, Tag, Book, Review } = defineModels(sequelize);
    const kept: any[] =
      process.env.BENCH_COLD === undefined ? await Book.findAll({ order: ['id'], limit: 1000, raw: true }) : [];
    return {
      runs: {
        a: (n) => Book.findByPk(keyOf(n), { rejectOnEmpty: true }),
        b: () => Book.findAll({ order: ['id'], limit: 1000 }),
        c: () => Book.findAll({ attributes: ['id', 'title', 'pages'], order: ['id'], limit: 1000, raw: true }),
        d: (n) =>
          Book.findAll({
            include: [
              { model: Author, as: 'author', attributes: [], where: { country: countryOf(n) } },
              { model: Publisher, as: 'publisher', attributes: [], where: { country: countryOf(n + 3) } },
            ],
            order: [['views', 'DESC'], 'id'],
            limit: 50,
          }),
        e: () =>
          Book.findAll({
            include: [{ model: Publisher, as: 'publisher', required: true }],
            order: ['id'],
            limit: 1000,
          }),
        f: () =>
          Author.findAll({
            where: { id: { [Op.lte]: 100 } },
            include: [
              {
                model: Book,
                as: 'books',
                separate: true,
                include: [{ model: Tag, as: 'tags', through: { attributes: [] } }],
              },
            ],
            order: ['id'],
          }),
        g: () =>
          Book.findAll({
            attributes: ['publisherId', [fn('COUNT', col('id')), 'n'], [fn('AVG', col('pages')), 'pages']],
            group: ['publisher_id'],
            having: where(fn('COUNT', col('id')), Op.gt, 50),
            order: ['publisher_id'],
            raw: true,
          }),
        h: (n) => Review.create(newReview(n)),
        i: (n) =>
          sequelize.transaction((transaction) =>
            Review.bulkCreate(
              Array.from({ length: INSERTED }, (_, index) => keyedReview(n, index)),
              { transaction, returning: false },
            ),
          ),
        // Whole rows that are there already: one statement, where `update()` would take one for each row.
        j: async (n) => {
          for (const book of kept) book.views = book.id + n;
          await Book.bulkCreate(kept, { updateOnDuplicate: ['views'], returning: false });
        },
        k: (n) => Book.increment('views', { where: { publisherId: 1 + (n % 200) } }),
        l: (n) =>
          sequelize.transaction(async (transaction) => {
            for (let index = 0; index < 10; index += 1) await Review.create(newReview(n * 10 + index), { transaction });
            return Book.findByPk(keyOf(n), { transaction, rejectOnEmpty: true });
          }),
      },
      close: () => sequelize.close(),
    };
  },
};
