import { DataTypes, Sequelize } from 'sequelize';
import sqlite3 from 'sqlite3';
import type { Target } from '../peer.js';

const quiet = { logging: false, define: { timestamps: false } } as const;

/** Sequelize opens a connection for each transaction: each gets the setting that the other peers' connections have. */
class NormalDatabase extends sqlite3.Database {
  constructor(...given: ConstructorParameters<typeof sqlite3.Database>) {
    super(...given);
    this.run('PRAGMA synchronous = NORMAL');
  }
}

export async function connect({ db, location }: Target): Promise<Sequelize> {
  if (db === 'postgres') return new Sequelize(location, { dialect: 'postgres', ...quiet });
  const dialectModule = { ...sqlite3, Database: NormalDatabase };
  const sequelize = new Sequelize({ dialect: 'sqlite', storage: location, dialectModule, ...quiet });
  await sequelize.query('PRAGMA journal_mode = WAL');
  return sequelize;
}

/** The models. Each column has options of its own: Sequelize writes into them. */
export function defineModels(sequelize: Sequelize) {
  const id = () => ({ type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true });
  const text = () => ({ type: DataTypes.STRING(200), allowNull: false });
  const integer = (field?: string) => ({ type: DataTypes.INTEGER, allowNull: false, ...(field && { field }) });
  const real = () => ({ type: DataTypes.DOUBLE, allowNull: false });
  const instant = (field?: string) => ({ type: DataTypes.DATE, allowNull: false, ...(field && { field }) });
  const Publisher = sequelize.define(
    'publisher',
    { id: id(), name: text(), country: text() },
    { tableName: 'bench_publisher' },
  );
  const Author = sequelize.define(
    'author',
    { id: id(), name: text(), country: text(), joined: instant() },
    { tableName: 'bench_author' },
  );
  const Tag = sequelize.define('tag', { id: id(), name: text() }, { tableName: 'bench_tag' });
  const Book = sequelize.define(
    'book',
    {
      id: id(),
      title: text(),
      pages: integer(),
      price: real(),
      views: integer(),
      publishedAt: instant('published_at'),
      updatedAt: instant('updated_at'),
      publisherId: integer('publisher_id'),
      authorId: integer('author_id'),
    },
    { tableName: 'bench_book' },
  );
  const BookTag = sequelize.define(
    'bookTag',
    { id: id(), bookId: integer('book_id'), tagId: integer('tag_id') },
    { tableName: 'bench_book_tags' },
  );
  const Review = sequelize.define(
    'review',
    {
      id: id(),
      rating: integer(),
      body: text(),
      createdAt: instant('created_at'),
      bookId: integer('book_id'),
    },
    { tableName: 'bench_review' },
  );
  Book.belongsTo(Publisher, { as: 'publisher', foreignKey: 'publisherId' });
  Book.belongsTo(Author, { as: 'author', foreignKey: 'authorId' });
  Author.hasMany(Book, { as: 'books', foreignKey: 'authorId' });
  Book.belongsToMany(Tag, { as: 'tags', through: BookTag, foreignKey: 'bookId', otherKey: 'tagId' });
  return { Publisher, Author, Tag, Book, Review };
}
