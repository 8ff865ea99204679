import {
  CASCADE,
  CharField,
  createTables,
  DateTimeField,
  DecimalField,
  DO_NOTHING,
  defineConfig,
  ForeignKey,
  IntegerField,
  ManyToManyField,
  OneToOneField,
  PROTECT,
  RESTRICT,
  SET,
  SET_DEFAULT,
  SET_NULL,
} from 'nuages';
import { closeTestDatabase, openTestDatabase } from './test-database.js';
import { type Any, model, untyped } from './untyped.js';

export type { Any };

/** Models for feature tests. They run on the database that `openTestDatabase` makes. */

export class Publisher extends model('library.Publisher', {
  name: CharField({ maxLength: 64 }),
  parent: untyped(ForeignKey)('self', { onDelete: SET_NULL, null: true, relatedName: 'imprints' }),
}) {}

export class Author extends model(
  'library.Author',
  {
    name: CharField({ maxLength: 64 }),
    age: IntegerField({ null: true }),
    friends: untyped(ManyToManyField)('self'),
    follows: untyped(ManyToManyField)('self', { symmetrical: false, relatedName: 'followers' }),
  },
  { ordering: ['name'] },
) {}

export class Profile extends model('library.Profile', {
  author: untyped(OneToOneField)('Author', { onDelete: CASCADE, relatedName: 'profile' }),
  bio: CharField({ maxLength: 200, default: '' }),
}) {}

export class Tag extends model('library.Tag', {
  label: CharField({ maxLength: 32, unique: true }),
  weight: IntegerField({ default: 0 }),
}) {}

export class Book extends model(
  'library.Book',
  {
    title: CharField({ maxLength: 64 }),
    price: DecimalField({ maxDigits: 8, decimalPlaces: 2, default: '10.00' }),
    pages: IntegerField({ null: true }),
    publisher: untyped(ForeignKey)('Publisher', { onDelete: CASCADE, null: true, relatedName: 'books' }),
    authors: untyped(ManyToManyField)('Author', { through: 'Authorship', relatedName: 'books' }),
    tags: untyped(ManyToManyField)('Tag', { relatedName: 'books' }),
    changed: DateTimeField({ autoNow: true, null: true }),
  },
  { ordering: ['title'] },
) {}

export class Authorship extends model('library.Authorship', {
  book: untyped(ForeignKey)('Book', { onDelete: CASCADE }),
  author: untyped(ForeignKey)('Author', { onDelete: CASCADE }),
  role: CharField({ maxLength: 16, default: 'writer' }),
}) {}

export class Chapter extends model(
  'library.Chapter',
  {
    book: untyped(ForeignKey)('Book', { onDelete: CASCADE, relatedName: 'chapters' }),
    title: CharField({ maxLength: 64 }),
  },
  { orderWithRespectTo: 'book' },
) {}

/** Rows that refer to a Shelf in each of the ways that `onDelete` knows. */
export class Shelf extends model('library.Shelf', { name: CharField({ maxLength: 16 }) }) {}
const referring = (name: string, options: Record<string, unknown>, meta: object = {}): Any =>
  model(
    `library.${name}`,
    { shelf: untyped(ForeignKey)('Shelf', options), label: CharField({ maxLength: 16, default: '' }) },
    meta,
  );
export class CascadeRow extends referring('CascadeRow', { onDelete: CASCADE }) {}
export class ProtectRow extends referring('ProtectRow', { onDelete: PROTECT }) {}
export class RestrictRow extends referring('RestrictRow', { onDelete: RESTRICT }) {}
export class NullRow extends referring('NullRow', { onDelete: SET_NULL, null: true }) {}
export class DefaultRow extends referring('DefaultRow', { onDelete: SET_DEFAULT, default: 1 }) {}
export class ValueRow extends referring('ValueRow', { onDelete: untyped(SET)(2) }) {}
export class LooseRow extends referring('LooseRow', { onDelete: DO_NOTHING, dbConstraint: false }) {}
/** Goes with a shelf by one way and restricts its deletion by another. */
export class Tied extends model('library.Tied', {
  shelf: untyped(ForeignKey)('Shelf', { onDelete: RESTRICT }),
  row: untyped(ForeignKey)('CascadeRow', { onDelete: CASCADE }),
}) {}

export class Place extends model('library.Place', {
  name: CharField({ maxLength: 32 }),
  rank: IntegerField({ default: 0 }),
}) {}
export class Restaurant extends model('library.Restaurant', Place, { pizza: IntegerField({ default: 0 }) }) {}

const library = {
  Publisher,
  Author,
  Profile,
  Tag,
  Book,
  Authorship,
  Chapter,
  Shelf,
  CascadeRow,
  ProtectRow,
  RestrictRow,
  NullRow,
  DefaultRow,
  ValueRow,
  LooseRow,
  Tied,
  Place,
  Restaurant,
};

/** Registers the models; databases are configured by whoever needs more than one. */
export const registerLibrary = (): void => void defineConfig({ apps: { library } });

/** A fresh database with the tables of the library, empty. */
export async function openLibrary(): Promise<void> {
  defineConfig({ apps: { library }, databases: { default: await openTestDatabase() } });
  await createTables();
}

/** Closes it again. */
export const closeLibrary = closeTestDatabase;

const models: Record<string, Any> = library;
/** Empties tables, those that refer to others first. */
export async function emptyLibrary(using = 'default'): Promise<void> {
  for (const each of Object.values(models).reverse()) await each.objects.using(using).delete();
}
