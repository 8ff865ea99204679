import { CharField, ManyToManyField, Model } from 'nuages';

/** Cross-table queries, many to many: the junction table is made for us. */
export class Book extends Model('catalog.Book', {
  title: CharField({ maxLength: 64 }),
  writtenBy: ManyToManyField('Author'),
}) {
  toString() {
    return this.title;
  }
}

export class Author extends Model('catalog.Author', {
  fullName: CharField({ maxLength: 32 }),
}) {
  toString() {
    return this.fullName;
  }
}
