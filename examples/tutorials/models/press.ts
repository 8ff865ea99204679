import { CASCADE, CharField, DecimalField, EmailField, ForeignKey, Model } from 'nuages';

/** Cross-table queries, one to many: a publisher has books. */
export class Book extends Model('press.Book', {
  title: CharField({ maxLength: 64 }),
  price: DecimalField({ maxDigits: 8, decimalPlaces: 2 }),
  publisher: ForeignKey('Publisher', { onDelete: CASCADE }),
}) {}

export class Publisher extends Model('press.Publisher', {
  pubName: CharField({ maxLength: 64 }),
  contactEmail: EmailField(),
}) {}
