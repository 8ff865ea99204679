import { CASCADE, CharField, ForeignKey, Model } from 'nuages';

/** Cross-table queries: the junction table is a model, and nothing else joins books and authors. */
export class Book extends Model('ledger.Book', {
  title: CharField({ maxLength: 64 }),
}) {}

export class Author extends Model('ledger.Author', {
  fullName: CharField({ maxLength: 32 }),
}) {}

export class BookAuthorMap extends Model('ledger.BookAuthorMap', {
  book: ForeignKey('Book', { onDelete: CASCADE }),
  author: ForeignKey('Author', { onDelete: CASCADE }),
  cooperationRole: CharField({ maxLength: 32, default: '' }),
}) {}
