import { typeError } from '../errors.js';

/** A name in the database, to be quoted. */
export class SqlName {
  readonly parts: readonly string[];
  constructor(parts: readonly string[]) {
    this.parts = Object.freeze([...parts]);
    Object.freeze(this);
  }
}

/** SQL that the developer wrote, in pieces between which values stand. Made by the `sql` tag alone. */
export class SqlFragment {
  readonly texts: readonly string[];
  readonly values: readonly unknown[];
  constructor(texts: readonly string[], values: readonly unknown[]) {
    this.texts = Object.freeze([...texts]);
    this.values = Object.freeze([...values]);
    Object.freeze(this);
  }
}

/** Only what a template literal gives has frozen pieces with their raw spelling; text put together at run time has not. */
export function assertTemplate(strings: unknown): asserts strings is TemplateStringsArray {
  if (Array.isArray(strings) && Object.hasOwn(strings, 'raw') && Object.isFrozen(strings)) return;
  throw typeError(
    'not-a-template',
    'SQL is taken as a tagged template only: sql`SELECT …`, without parentheses. Values inside ${} become parameters.',
  );
}

/** The template that a tag function was called with, or the piece made by `sql` that it was given in its place. */
export function fragmentOf(strings: TemplateStringsArray | SqlFragment, values: readonly unknown[]): SqlFragment {
  return strings instanceof SqlFragment ? strings : sql(strings, ...values);
}

/**
 * A piece of SQL. Values become parameters; `sql.id("name")` is an identifier; pieces may stand inside pieces.
 *
 * @example
 * await connection().execute`SELECT * FROM ${sql.id('library_book')} WHERE price < ${20} ${onlyNew ? sql`AND new` : sql``}`
 */
export function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): SqlFragment {
  assertTemplate(strings);
  if (strings.length !== values.length + 1)
    throw typeError('not-a-template', 'A value stands between each two pieces of a template.');
  return new SqlFragment(strings, values);
}
/** An identifier, quoted as the database wants it; several names are joined by points: `sql.id("book", "title")`. */
sql.id = (...names: readonly string[]): SqlName => {
  if (names.length === 0 || names.some((name) => typeof name !== 'string'))
    throw typeError('invalid-identifier', 'sql.id() takes names as text.');
  return new SqlName(names);
};
