// The packed library in TypeScript: what program.js does, with every path checked by the compiler.
import './nuages.config.js';
import { Decimal as OtherDecimal } from 'decimal.js';
import { closeDatabases, createTables, FieldError, NotSupportedError, Temporal } from 'nuages';
import { Range } from 'nuages/postgres';
import { Book, Publisher } from './models.js';
import { House } from './rentals.js';

await createTables({ models: [Publisher, Book] });

const ace = await Publisher.objects.create({ name: 'Ace' });
const other = await Publisher.objects.create({ name: 'Faber' });
await Book.objects.create({ title: 'The Left Hand of Darkness', publisher: ace });
await ace.books.create({ title: 'Dune', price: new OtherDecimal('9.90') });
await Book.objects.create({ title: 'Ariel', publisherId: other.id });

const books = await Book.objects.filter({ publisher__name__istartswith: 'a' }).selectRelated('publisher');
for (const book of books) {
  const line: string = `${book.title} by ${book.publisher.name}`;
  console.log(line);
}

// The package brings its own copy of decimal.js; each understands the other's values.
const { price, published } = await Book.objects.get({ price: new OtherDecimal('9.9') });
console.log(price.times(new OtherDecimal(2)).toFixed(2), new OtherDecimal(price).plus(price).toFixed(2));

// The classes of Temporal are made when they are asked for; those of rows are the same.
console.log(published instanceof Temporal.PlainDate, Temporal.PlainDate.compare(published, '1965-08-02'));
// The text is minified, but classes keep their names.
console.log(FieldError.name);

// What PostgreSQL alone has shares its lookups with the rest of the package, and SQLite refuses it.
const range: Range<number> = Range(1, 5, '[]');
console.log(String(range));
try {
  await House.objects.filter({ tags__contains: ['old'], guests__contains: range }).count();
} catch (error) {
  if (error instanceof NotSupportedError) console.log(error.message);
}

// Never called: only the compiler looks at it.
export const mistakes = () => [
  // @ts-expect-error: a publisher has no field 'nam'
  Book.objects.filter({ publisher__nam__icontains: 'press' }),
  // @ts-expect-error: a title is text
  Book.objects.filter({ title: 42 }),
  // @ts-expect-error: an array contains its elements, not a text
  House.objects.filter({ tags__contains: 'old' }),
];

await closeDatabases();
