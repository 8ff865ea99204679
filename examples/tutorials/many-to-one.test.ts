/**
 * Django's own example "Many-to-one relationships", block by block. The blocks continue each other, and so do the tests.
 *
 * | block | what it does | here |
 * |---|---|---|
 * | 1 | models: reporters and their articles | models/reporters.ts |
 * | 2 | creates reporters | runs |
 * | 3 | creates an article; its reporter | runs |
 * | 4 | refuses a reporter that is not saved | runs |
 * | 5 | from an article to its reporter | runs |
 * | 6 | creates an article from its reporter | runs |
 * | 7 | creates another; all articles of the reporter | runs |
 * | 8 | adds an article to another reporter: it moves | runs |
 * | 9 | refuses an object of the wrong model; lists and counts | runs |
 * | 10 | lookups from a related manager, and over the relation | runs |
 * | 11 | an exact match is meant where no lookup is named | runs |
 * | 12 | two lookups over the relation | runs |
 * | 13 | the related object by key and as an instance; several of them | runs |
 * | 14 | a QuerySet in place of a list | runs |
 * | 15 | the opposite direction; duplicates and distinct() | runs |
 * | 16 | counts in the opposite direction | runs |
 * | 17 | there and back again | runs |
 * | 18 | deleting a reporter deletes the articles | runs |
 * | 19 | deleting with a join | runs |
 */

import { Temporal, ValueError } from 'nuages';
import { beforeAll, expect, test } from 'vitest';
import { caught } from './caught.js';
import { Article, Reporter } from './models/reporters.js';
import { freshTables } from './nuages.config.js';
import { shown } from './shown.js';

beforeAll(freshTables);

let r: Reporter;
let r2: Reporter;
let a: Article;
let newArticle2: Article;

test('2. reporters', async () => {
  r = new Reporter({ firstName: 'John', lastName: 'Smith', email: 'john@example.com' });
  await r.save();
  r2 = new Reporter({ firstName: 'Paul', lastName: 'Jones', email: 'paul@example.com' });
  await r2.save();
  expect([r.id, r2.id]).toEqual([1, 2]);
});

test('3. an article and its reporter', async () => {
  a = new Article({ headline: 'This is a test', pubDate: Temporal.PlainDate.from('2005-07-27'), reporter: r });
  await a.save();
  expect((await a.reporter).id).toBe(1);
  expect(shown(await a.reporter)).toBe('<Reporter: John Smith>');
});

test('4. a reporter must be saved before an article can refer to it', async () => {
  const r3 = new Reporter({ firstName: 'John', lastName: 'Smith', email: 'john@example.com' });
  const refused = await caught(() =>
    Article.objects.create({ headline: 'This is a test', pubDate: '2005-07-27', reporter: r3 }),
  );
  expect(refused).toBeInstanceOf(ValueError);
  expect(refused.message).toMatch(/^save\(\) prohibited to prevent data loss due to unsaved related object 'reporter'/);
});

test('5. from an article to its reporter', async () => {
  r = await a.reporter;
  expect(`${r.firstName} ${r.lastName}`).toBe('John Smith');
});

test('6. an article made from its reporter', async () => {
  const newArticle = await r.articleSet.create({ headline: "John's second story", pubDate: '2005-07-29' });
  expect(shown(newArticle)).toBe("<Article: John's second story>");
  expect(shown(await newArticle.reporter)).toBe('<Reporter: John Smith>');
  expect((await newArticle.reporter).id).toBe(1);
});

test('7. another article; all articles of the reporter', async () => {
  newArticle2 = await Article.objects.create({ headline: "Paul's story", pubDate: '2006-01-17', reporter: r });
  expect(shown(await newArticle2.reporter)).toBe('<Reporter: John Smith>');
  expect((await newArticle2.reporter).id).toBe(1);
  expect(shown(await r.articleSet.all())).toBe(
    "[ <Article: John's second story>, <Article: Paul's story>, <Article: This is a test> ]",
  );
});

test('8. adding an article to another reporter moves it', async () => {
  await r2.articleSet.add(newArticle2);
  expect((await newArticle2.reporter).id).toBe(2);
  expect(shown(await newArticle2.reporter)).toBe('<Reporter: Paul Jones>');
});

test('9. an object of the wrong model is refused', async () => {
  // @ts-expect-error: the compiler refuses it too
  const refused = await caught(() => r.articleSet.add(r2));
  expect(refused).toBeInstanceOf(TypeError);
  expect(refused.message).toMatch(/Article\b.*\bReporter/);

  expect(shown(await r.articleSet.all())).toBe("[ <Article: John's second story>, <Article: This is a test> ]");
  expect(shown(await r2.articleSet.all())).toBe("[ <Article: Paul's story> ]");
  expect(await r.articleSet.count()).toBe(2);
  expect(await r2.articleSet.count()).toBe(1);
});

const JOHNS = "[ <Article: John's second story>, <Article: This is a test> ]";
const EVERYONES = "[ <Article: John's second story>, <Article: Paul's story>, <Article: This is a test> ]";

test('10. and 11. lookups, from a related manager and over the relation', async () => {
  expect(shown(await r.articleSet.filter({ headline__startswith: 'This' }))).toBe('[ <Article: This is a test> ]');
  expect(shown(await Article.objects.filter({ reporter__firstName: 'John' }))).toBe(JOHNS);
  expect(shown(await Article.objects.filter({ reporter__firstName__exact: 'John' }))).toBe(JOHNS);
});

test('12. two lookups over the relation are about one reporter', async () => {
  const articles = Article.objects.filter({ reporter__firstName: 'John', reporter__lastName: 'Smith' });
  expect(shown(await articles)).toBe(JOHNS);
});

test('13. the related object by key, and as an instance', async () => {
  expect(shown(await Article.objects.filter({ reporter__pk: 1 }))).toBe(JOHNS);
  expect(shown(await Article.objects.filter({ reporter: 1 }))).toBe(JOHNS);
  expect(shown(await Article.objects.filter({ reporter: r }))).toBe(JOHNS);
  expect(shown(await Article.objects.filter({ reporter__in: [1, 2] }).distinct())).toBe(EVERYONES);
  expect(shown(await Article.objects.filter({ reporter__in: [r, r2] }).distinct())).toBe(EVERYONES);
});

test('14. a QuerySet in place of a list', async () => {
  const johns = Reporter.objects.filter({ firstName: 'John' });
  expect(shown(await Article.objects.filter({ reporter__in: johns }).distinct())).toBe(JOHNS);
});

const JOHN = '[ <Reporter: John Smith> ]';

test('15. to 17. the opposite direction, with a row for each article', async () => {
  // The outputs count two articles of John's that the text does not create.
  const extra = ['This is new', 'This too'].map(
    (headline) => new Article({ headline, pubDate: '2005-07-30', reporter: r }),
  );
  for (const article of extra) await article.save();

  expect(shown(await Reporter.objects.filter({ article__pk: 1 }))).toBe(JOHN);
  expect(shown(await Reporter.objects.filter({ article: 1 }))).toBe(JOHN);
  expect(shown(await Reporter.objects.filter({ article: a }))).toBe(JOHN);

  const startsWithThis = Reporter.objects.filter({ article__headline__startswith: 'This' });
  expect(shown(await startsWithThis)).toBe(
    '[ <Reporter: John Smith>, <Reporter: John Smith>, <Reporter: John Smith> ]',
  );
  expect(shown(await startsWithThis.distinct())).toBe(JOHN);
  expect(await startsWithThis.count()).toBe(3);
  expect(await startsWithThis.distinct().count()).toBe(1);

  const thereAndBack = Reporter.objects.filter({ article__reporter__firstName__startswith: 'John' });
  expect(shown(await thereAndBack)).toBe(
    '[ <Reporter: John Smith>, <Reporter: John Smith>, <Reporter: John Smith>, <Reporter: John Smith> ]',
  );
  expect(shown(await thereAndBack.distinct())).toBe(JOHN);
  expect(shown(await Reporter.objects.filter({ article__reporter: r }).distinct())).toBe(JOHN);

  for (const article of extra) await article.delete();
});

test('18. deleting a reporter deletes the articles', async () => {
  expect(shown(await Article.objects.all())).toBe(EVERYONES);
  expect(shown(await Reporter.objects.orderBy('firstName'))).toBe('[ <Reporter: John Smith>, <Reporter: Paul Jones> ]');
  await r2.delete();
  expect(shown(await Article.objects.all())).toBe(JOHNS);
  expect(shown(await Reporter.objects.orderBy('firstName'))).toBe(JOHN);
});

test('19. deleting with a join', async () => {
  await Reporter.objects.filter({ article__headline__startswith: 'This' }).delete();
  expect(shown(await Reporter.objects.all())).toBe('[]');
  expect(shown(await Article.objects.all())).toBe('[]');
});
