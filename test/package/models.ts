import { CASCADE, CharField, DateField, DecimalField, ForeignKey, Model } from 'nuages';

export class Publisher extends Model('library.Publisher', {
  name: CharField({ maxLength: 64 }),
}) {}

export class Book extends Model(
  'library.Book',
  {
    title: CharField({ maxLength: 64 }),
    price: DecimalField({ maxDigits: 8, decimalPlaces: 2, default: '10.00' }),
    published: DateField({ default: '1965-08-01' }),
    publisher: ForeignKey('Publisher', { onDelete: CASCADE, relatedName: 'books' }),
  },
  { ordering: ['title'] },
) {
  toString() {
    return this.title;
  }
}
