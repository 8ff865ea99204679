import { CASCADE, CharField, ForeignKey, ManyToManyField, Model } from 'nuages';

/** Cross-table queries: a many-to-many relation over a junction table of one's own. */
export class Book extends Model('credits.Book', {
  title: CharField({ maxLength: 64 }),
  writtenBy: ManyToManyField('Author', { through: 'BookAuthorMap', throughFields: ['book', 'author'] }),
}) {}

export class BookAuthorMap extends Model('credits.BookAuthorMap', {
  book: ForeignKey('Book', { onDelete: CASCADE }),
  author: ForeignKey('Author', { onDelete: CASCADE }),
  cooperationRole: CharField({ maxLength: 32, default: '' }),
}) {}

export class Author extends Model('credits.Author', {
  fullName: CharField({ maxLength: 32 }),
}) {}
