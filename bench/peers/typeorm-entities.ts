import { type EntitySchemaColumnOptions as Column, EntitySchema } from 'typeorm';

/** The entities, with the type of an instant that the database has. */
export function entitiesOf(datetime: 'datetime' | 'timestamptz') {
  // An identity column, which PostgreSQL's table has; the type of the option does not list it.
  const generated = (datetime === 'datetime' ? true : 'identity') as true;
  const id: Column = { type: Number, primary: true, generated };
  const integer = (name?: string): Column => ({ type: Number, ...(name && { name }) });
  const text: Column = { type: String, length: 200 };
  const instant = (name?: string): Column => ({ type: datetime, ...(name && { name }) });
  const real: Column = { type: datetime === 'datetime' ? 'real' : 'float8' };
  const one = (target: string, name: string, inverseSide: string) =>
    ({ type: 'many-to-one', target, joinColumn: { name }, inverseSide }) as const;
  const Publisher = new EntitySchema<any>({
    name: 'Publisher',
    tableName: 'bench_publisher',
    columns: { id, name: text, country: text },
  });
  const Author = new EntitySchema<any>({
    name: 'Author',
    tableName: 'bench_author',
    columns: { id, name: text, country: text, joined: instant() },
    relations: { books: { type: 'one-to-many', target: 'Book', inverseSide: 'author' } },
  });
  const Tag = new EntitySchema<any>({ name: 'Tag', tableName: 'bench_tag', columns: { id, name: text } });
  const Book = new EntitySchema<any>({
    name: 'Book',
    tableName: 'bench_book',
    columns: {
      id,
      title: text,
      pages: integer(),
      price: real,
      views: integer(),
      publishedAt: instant('published_at'),
      updatedAt: instant('updated_at'),
      publisherId: integer('publisher_id'),
      authorId: integer('author_id'),
    },
    relations: {
      publisher: { type: 'many-to-one', target: 'Publisher', joinColumn: { name: 'publisher_id' } },
      author: one('Author', 'author_id', 'books'),
      tags: {
        type: 'many-to-many',
        target: 'Tag',
        joinTable: {
          name: 'bench_book_tags',
          joinColumn: { name: 'book_id' },
          inverseJoinColumn: { name: 'tag_id' },
        },
      },
    },
  });
  const Review = new EntitySchema<any>({
    name: 'Review',
    tableName: 'bench_review',
    columns: {
      id,
      rating: integer(),
      body: text,
      createdAt: instant('created_at'),
      bookId: integer('book_id'),
    },
  });
  return { Publisher, Author, Tag, Book, Review };
}
