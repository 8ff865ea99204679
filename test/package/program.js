// The packed library in plain JavaScript: models, tables, and a query over a relation.
import { Decimal as OtherDecimal } from 'decimal.js';
import {
  CASCADE,
  CharField,
  closeDatabases,
  createTables,
  DateField,
  DecimalField,
  defineConfig,
  FieldError,
  ForeignKey,
  Model,
  Temporal,
} from 'nuages';
import { ArrayField, Range } from 'nuages/postgres';

class Publisher extends Model('library.Publisher', { name: CharField({ maxLength: 64 }) }) {}

class Book extends Model(
  'library.Book',
  {
    title: CharField({ maxLength: 64 }),
    price: DecimalField({ maxDigits: 8, decimalPlaces: 2, default: '10.00' }),
    published: DateField({ default: '1965-08-01' }),
    publisher: ForeignKey('Publisher', { onDelete: CASCADE, relatedName: 'books' }),
  },
  { ordering: ['title'] },
) {}

class House extends Model('rentals.House', { tags: ArrayField(CharField({ maxLength: 20 })) }) {}

defineConfig({ apps: { library: { Publisher, Book }, rentals: { House } }, databases: { default: 'sqlite::memory:' } });
await createTables({ models: [Publisher, Book] });

const ace = await Publisher.objects.create({ name: 'Ace' });
const other = await Publisher.objects.create({ name: 'Faber' });
await Book.objects.create({ title: 'The Left Hand of Darkness', publisher: ace });
await ace.books.create({ title: 'Dune', price: new OtherDecimal('9.90') });
await Book.objects.create({ title: 'Ariel', publisherId: other.id });

for (const book of await Book.objects.filter({ publisher__name__istartswith: 'a' }).selectRelated('publisher')) {
  console.log(`${book.title} by ${book.publisher.name}`);
}

// The package brings its own copy of decimal.js; each understands the other's values.
const { price, published } = await Book.objects.get({ price: new OtherDecimal('9.9') });
console.log(price.times(new OtherDecimal(2)).toFixed(2), new OtherDecimal(price).plus(price).toFixed(2));

// The classes of Temporal are made when they are asked for; those of rows are the same.
console.log(published instanceof Temporal.PlainDate, Temporal.PlainDate.compare(published, '1965-08-02'));
// The text is minified, but classes keep their names.
console.log(FieldError.name);

console.log(String(Range(1, 5, '[]')));
await House.objects
  .filter({ tags__contains: ['old'] })
  .count()
  .catch(({ message }) => console.log(message));
await closeDatabases();
