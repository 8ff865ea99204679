import {
  CASCADE,
  CharField,
  DateTimeField,
  FloatField,
  ForeignKey,
  IntegerField,
  ManyToManyField,
  Model,
} from 'nuages';

export class Publisher extends Model('bench.Publisher', {
  name: CharField({ maxLength: 200 }),
  country: CharField({ maxLength: 200 }),
}) {}
export class Author extends Model('bench.Author', {
  name: CharField({ maxLength: 200 }),
  country: CharField({ maxLength: 200 }),
  joined: DateTimeField(),
}) {}
export class Tag extends Model('bench.Tag', { name: CharField({ maxLength: 200 }) }) {}
export class Book extends Model('bench.Book', {
  title: CharField({ maxLength: 200 }),
  pages: IntegerField(),
  price: FloatField(),
  views: IntegerField(),
  publishedAt: DateTimeField(),
  updatedAt: DateTimeField(),
  publisher: ForeignKey('Publisher', { onDelete: CASCADE, relatedName: 'books' }),
  author: ForeignKey('Author', { onDelete: CASCADE, relatedName: 'books' }),
  tags: ManyToManyField('Tag'),
}) {}
export class Review extends Model('bench.Review', {
  rating: IntegerField(),
  body: CharField({ maxLength: 200 }),
  createdAt: DateTimeField(),
  book: ForeignKey('Book', { onDelete: CASCADE, relatedName: 'reviews' }),
}) {}

declare module 'nuages' {
  interface Register {
    bench: {
      Publisher: typeof Publisher;
      Author: typeof Author;
      Tag: typeof Tag;
      Book: typeof Book;
      Review: typeof Review;
    };
  }
}
