import { CASCADE, CharField, Count, closeDatabases, defineConfig, F, ForeignKey, TextField, Value } from 'nuages';
import { SearchHeadline, SearchQuery, SearchRank, SearchVector, SearchVectorField } from 'nuages/postgres';
import { captureQueries } from 'nuages/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { model, targets } from './databases.js';

class Line extends model('film.Line', {
  speaker: CharField({ maxLength: 40 }),
  text: TextField(),
  note: TextField({ null: true }),
  config: CharField({ maxLength: 20, default: 'english' }),
  vector: SearchVectorField({ null: true }),
}) {}
class Reply extends model('film.Reply', {
  line: ForeignKey('film.Line', { onDelete: CASCADE, relatedName: 'replies' }),
  text: TextField(),
}) {}
const apps = { film: { Line, Reply } };

const speakers = async (query: any): Promise<string[]> =>
  query.orderBy('speaker').valuesList('speaker', { flat: true });
const sqlOf = async (run: () => Promise<unknown>): Promise<string> => (await captureQueries(run)).queries[0]!.sql;

describe.each(targets)('full-text search on $name', ({ setUp }) => {
  setUp(apps);
  beforeAll(async () => {
    await Line.objects.create({ speaker: 'Arthur', text: 'My noble knights are fighting over a duck.' });
    await Line.objects.create({ speaker: 'Bedevere', text: 'A witch weighs the same as a duck. Ducks float.' });
    await Line.objects.create({ speaker: 'Crone', text: "I'm not a witch!", note: 'a false nose' });
    await Line.objects.create({ speaker: 'Dingo', text: 'Les chevaux sont dans la prairie', config: 'french' });
    const [line] = await Line.objects.filter({ speaker: 'Crone' });
    await Reply.objects.create({ line, text: 'She turned me into a newt' });
  });

  test('the lookup search finds words in their other forms', async () => {
    expect(await speakers(Line.objects.filter({ text__search: 'knight fights' }))).toEqual(['Arthur']);
    expect(await speakers(Line.objects.filter({ speaker__search: 'CRONE' }))).toEqual(['Crone']);
    expect(await speakers(Line.objects.filter({ note__search: 'nose' }))).toEqual(['Crone']);
    expect(await speakers(Line.objects.exclude({ note__search: 'nose' }))).toEqual(['Arthur', 'Bedevere', 'Dingo']);
    expect(await speakers(Line.objects.filter({ replies__text__search: 'newts' }))).toEqual(['Crone']);
    expect(await sqlOf(() => Line.objects.filter({ text__search: 'duck' }).values('id'))).toContain(
      `(TO_TSVECTOR(COALESCE("film_line"."text", '')) @@ PLAINTO_TSQUERY($1::text))`,
    );
  });

  test('one plan serves every text of the same shape', async () => {
    for (const [text, found] of [
      ['duck', ['Arthur', 'Bedevere']],
      ['witch', ['Bedevere', 'Crone']],
    ])
      expect(await speakers(Line.objects.filter({ text__search: text }))).toEqual(found);
  });

  test('a vector of several fields is searched as one document', async () => {
    const all = Line.objects.annotate({ search: SearchVector('speaker', 'text', 'note') });
    expect(await speakers(all.filter({ search: 'crone witch nose' }))).toEqual(['Crone']);
    expect(await speakers(all.filter({ search: SearchQuery('duck') }))).toEqual(['Arthur', 'Bedevere']);
    expect(await speakers(all.filter({ search__search: 'duck float' }))).toEqual(['Bedevere']);
    expect(
      await speakers(Line.objects.annotate({ search: SearchVector('replies__text') }).filter({ search: 'newt' })),
    ).toEqual(['Crone']);
  });

  test('the configuration of a vector is that of the plain text compared with it', async () => {
    const french = Line.objects.annotate({ search: SearchVector('text', { config: 'french' }) });
    expect(await speakers(french.filter({ search: 'cheval' }))).toEqual(['Dingo']);
    const both = Line.objects.annotate({
      search: SearchVector('text', { config: 'simple' }).add(SearchVector('note')),
    });
    expect(await speakers(both.filter({ search: 'ducks' }))).toEqual(['Bedevere']);
    const own = Line.objects.annotate({ search: SearchVector('text', { config: F('config') }) });
    expect(await speakers(own.filter({ search: SearchQuery('cheval', { config: F('config') }) }))).toEqual(['Dingo']);
    expect(await speakers(own.filter({ search: 'ducks' }))).toEqual(['Arthur', 'Bedevere']);
    expect(await sqlOf(() => french.filter({ search: 'cheval' }).values('id'))).toContain(
      `(TO_TSVECTOR('french'::regconfig, COALESCE("film_line"."text", '')) @@ PLAINTO_TSQUERY('french'::regconfig, $1::text))`,
    );
  });

  test('a query is read as its searchType says', async () => {
    const found = (text: string, options: object) =>
      speakers(Line.objects.filter({ text__search: SearchQuery(text, options as any) }));
    expect(await found('the same as', { searchType: 'phrase' })).toEqual([]);
    expect(await found('witch weighs', { searchType: 'phrase' })).toEqual(['Bedevere']);
    expect(await found('weighs witch', { searchType: 'phrase' })).toEqual([]);
    expect(await found('duck & (knight | fl:*)', { searchType: 'raw' })).toEqual(['Arthur', 'Bedevere']);
    expect(await found('duck -witch', { searchType: 'websearch' })).toEqual(['Arthur']);
    expect(await found('duck', { invert: true })).toEqual(['Crone', 'Dingo']);
    expect(() => SearchQuery('x', { searchType: 'magic' as any })).toThrow(
      'The searchType of a SearchQuery is one of: plain, phrase, raw, websearch.',
    );
    expect(() => SearchQuery(3 as any)).toThrow('SearchQuery takes the text');
  });

  test('queries are combined by and, or and not', async () => {
    const found = (query: any) => speakers(Line.objects.filter({ text__search: query }));
    const [duck, witch] = [SearchQuery('duck'), SearchQuery('witch')];
    expect(await found(duck.and(witch))).toEqual(['Bedevere']);
    expect(await found(duck.or(witch))).toEqual(['Arthur', 'Bedevere', 'Crone']);
    expect(await found(duck.and(witch.not()))).toEqual(['Arthur']);
    expect(await found(duck.or(witch).not())).toEqual(['Dingo']);
    expect(() => duck.and('witch' as any)).toThrow('SearchQuery().and() takes another SearchQuery.');
  });

  test('the rank orders by how well a row fits', async () => {
    const ranked = await Line.objects
      .annotate({ rank: SearchRank(SearchVector('text'), SearchQuery('duck')) })
      .filter({ rank__gt: 0 })
      .orderBy('-rank')
      .values('speaker', 'rank');
    expect(ranked.map((row: any) => row.speaker)).toEqual(['Bedevere', 'Arthur']);
    expect(ranked[0].rank).toBeGreaterThan(ranked[1].rank);
    const plain = await Line.objects
      .annotate({ rank: SearchRank('text', 'duck') })
      .orderBy('-rank')
      .first();
    expect(plain.speaker).toBe('Bedevere');
  });

  test('weights, normalization and coverDensity change the rank', async () => {
    const vector = SearchVector('speaker', { weight: 'A' }).add(SearchVector('text', { weight: 'D' }));
    const rank = async (options: object): Promise<number> => {
      const row = await Line.objects
        .annotate({ rank: SearchRank(vector, SearchQuery('witch'), options) })
        .get({ speaker: 'Crone' });
      return row.rank;
    };
    const usual = await rank({});
    expect(await rank({ weights: [1, 0.4, 0.2, 0.1] })).toBeGreaterThan(usual);
    expect(await rank({ normalization: 2 })).toBeLessThan(usual);
    expect(await rank({ coverDensity: true })).not.toBe(usual);
    expect(await sqlOf(() => rank({ weights: [0.1, 0.2, 0.4, 1], normalization: 34 }))).toContain(
      `TS_RANK('{0.1,0.2,0.4,1}'::real[], (SETWEIGHT(TO_TSVECTOR(COALESCE("film_line"."speaker", '')), 'A') || SETWEIGHT(TO_TSVECTOR(COALESCE("film_line"."text", '')), 'D')), PLAINTO_TSQUERY($1::text), 34)`,
    );
    expect(() => SearchRank('text', 'x', { weights: [1, 2] as any })).toThrow('four numbers from 0 to 1');
    expect(() => SearchRank('text', 'x', { normalization: 64 })).toThrow('a sum of 1, 2, 4');
    expect(() => SearchVector('text', { weight: 'E' as any })).toThrow('one of: A, B, C, D');
    expect(() => (SearchVector as any)()).toThrow('at least one');
  });

  test('the headline marks the words that were found, whatever its options hold', async () => {
    const headline = async (options: object, query: any = SearchQuery('witch')): Promise<string> =>
      (await Line.objects.annotate({ headline: SearchHeadline('text', query, options) }).get({ speaker: 'Crone' }))
        .headline;
    expect(await headline({})).toBe("I'm not a <b>witch</b>!");
    expect(await headline({}, 'witch')).toBe("I'm not a <b>witch</b>!");
    expect(await headline({ startSel: `a'b"\\, MaxWords=1`, stopSel: '>' })).toBe(
      `I'm not a a'b"\\, MaxWords=1witch>!`,
    );
    expect(await headline({ maxWords: 3, minWords: 2, shortWord: 0, config: 'english' })).toContain('<b>witch</b>');
    expect(await headline({ highlightAll: true, maxFragments: 0, fragmentDelimiter: ' … ' })).toContain('<b>witch</b>');
    expect(() => SearchHeadline('text', 'x', { maxWord: 3 } as any)).toThrow("SearchHeadline has no option 'maxWord'");
    expect(() => SearchHeadline('text', 'x', { maxWords: '3' } as any)).toThrow('maxWords must be a number');
    expect(() => SearchHeadline('text', 'x', { maxWords: -1 })).toThrow('whole number');
  });

  test('a column holds a vector', async () => {
    await Line.objects.update({ vector: SearchVector('text') });
    expect(await speakers(Line.objects.filter({ vector: 'ducks' }))).toEqual(['Arthur', 'Bedevere']);
    expect(await speakers(Line.objects.filter({ vector: SearchQuery('witch').not() }))).toEqual(['Arthur', 'Dingo']);
    expect(await Line.objects.filter({ vector: null }).count()).toBe(0);
    const crone = await Line.objects.get({ speaker: 'Crone' });
    expect(crone.vector).toBe("'m':2 'witch':5");
    crone.vector = "'nose':1 'witch':2";
    await crone.save();
    expect(await speakers(Line.objects.filter({ vector: 'nose' }))).toEqual(['Crone']);
    const best = await Line.objects.orderBy(SearchRank(F('vector'), 'duck').desc({ nullsLast: true })).first();
    expect(best.speaker).toBe('Bedevere');
  });

  test('a vector stays the same expression where rows are grouped by it', async () => {
    const rows = await Line.objects
      .annotate({ search: SearchVector('speaker', Value('x'), { config: 'simple' }) })
      .filter({ search: 'crone' })
      .annotate({ answers: Count('replies') })
      .values('speaker', 'answers');
    expect(rows).toEqual([{ speaker: 'Crone', answers: 1 }]);
  });

  test('wrong names and values are refused before anything is sent', async () => {
    const sent = await captureQueries(async () => {
      expect(() => Line.objects.filter({ text__search: 3 })).toThrow('a text is searched for');
      expect(() => Line.objects.annotate({ search: SearchVector('txt') })).toThrow("'txt'");
      expect(() => SearchVector('text', { config: '' })).toThrow('the name of a configuration');
      expect(() => SearchVector('text').add('note' as any)).toThrow('takes another SearchVector');
      expect(() => Line.objects.annotate({ search: SearchVector('text').add(F('note')) })).toThrow('not to TextField');
    });
    expect(sent.queries).toEqual([]);
  });
});

test('another database refuses search before anything is sent', async () => {
  defineConfig({ apps, databases: { default: 'sqlite::memory:' } });
  const refused = /Functions such as TS_MATCH come with nuages\/postgres, and SQLite does not have them\./;
  const sent = await captureQueries(() =>
    expect(Line.objects.filter({ text__search: 'x' }).count()).rejects.toThrow(refused),
  );
  expect(sent.queries).toEqual([]);
  await closeDatabases();
});
