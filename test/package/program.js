// The packed library in plain JavaScript: models, tables, and a query over a relation.
import { CASCADE, CharField, closeDatabases, createTables, defineConfig, ForeignKey, Model } from 'nuages';
import { ArrayField, Range } from 'nuages/postgres';

class Publisher extends Model('library.Publisher', { name: CharField({ maxLength: 64 }) }) {}

class Book extends Model(
  'library.Book',
  {
    title: CharField({ maxLength: 64 }),
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
await ace.books.create({ title: 'Dune' });
await Book.objects.create({ title: 'Ariel', publisherId: other.id });

for (const book of await Book.objects.filter({ publisher__name__istartswith: 'a' }).selectRelated('publisher')) {
  console.log(`${book.title} by ${book.publisher.name}`);
}

console.log(String(Range(1, 5, '[]')));
await House.objects
  .filter({ tags__contains: ['old'] })
  .count()
  .catch(({ message }) => console.log(message));
await closeDatabases();
