import { EntitySchema } from '@mikro-orm/core';

const id = { type: 'integer', primary: true } as const;
const text = { type: 'string', length: 200 } as const;
const integer = { type: 'integer' } as const;
const real = { type: 'double' } as const;
const instant = { type: 'datetime' } as const;

export const Publisher = new EntitySchema<any>({
  name: 'Publisher',
  tableName: 'bench_publisher',
  properties: { id, name: text, country: text },
});
export const Author = new EntitySchema<any>({
  name: 'Author',
  tableName: 'bench_author',
  properties: {
    id,
    name: text,
    country: text,
    joined: instant,
    books: { kind: '1:m', entity: 'Book', mappedBy: 'author' },
  },
});
export const Tag = new EntitySchema<any>({ name: 'Tag', tableName: 'bench_tag', properties: { id, name: text } });
export const Book = new EntitySchema<any>({
  name: 'Book',
  tableName: 'bench_book',
  properties: {
    id,
    title: text,
    pages: integer,
    price: real,
    views: integer,
    publishedAt: instant,
    updatedAt: instant,
    publisher: { kind: 'm:1', entity: 'Publisher' },
    author: { kind: 'm:1', entity: 'Author', inversedBy: 'books' },
    tags: {
      kind: 'm:n',
      entity: 'Tag',
      pivotTable: 'bench_book_tags',
      joinColumn: 'book_id',
      inverseJoinColumn: 'tag_id',
    },
  },
});
export const Review = new EntitySchema<any>({
  name: 'Review',
  tableName: 'bench_review',
  properties: {
    id,
    rating: integer,
    body: text,
    createdAt: instant,
    book: { kind: 'm:1', entity: 'Book' },
  },
});
