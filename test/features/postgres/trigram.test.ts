import { CharField, closeDatabases, defineConfig, F, TextField } from 'nuages';
import {
  TrigramDistance,
  TrigramSimilarity,
  TrigramStrictWordDistance,
  TrigramStrictWordSimilarity,
  TrigramWordDistance,
  TrigramWordSimilarity,
} from 'nuages/postgres';
import { captureQueries } from 'nuages/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { model, targets } from './databases.js';

class Singer extends model('choir.Singer', {
  name: CharField({ maxLength: 60 }),
  note: TextField({ null: true }),
}) {}
const apps = { choir: { Singer } };

const names = async (query: any): Promise<string[]> => query.orderBy('name').valuesList('name', { flat: true });

describe.each(targets)('trigrams and accents on $name', ({ setUp }) => {
  setUp(apps, ['pg_trgm', 'unaccent']);
  beforeAll(async () => {
    for (const name of ['Matthew', 'Cat sat on mat.', 'Dog sat on rug.', 'Hélène', 'Àèêö_%', 'aeeo'])
      await Singer.objects.create({ name });
  });

  test('trigram_similar finds texts that are written almost alike', async () => {
    expect(await names(Singer.objects.filter({ name__trigram_similar: 'Mathew' }))).toEqual(['Matthew']);
    expect(await names(Singer.objects.filter({ name__trigram_similar: F('name') }))).toHaveLength(6);
    expect(await names(Singer.objects.filter({ note__trigram_similar: 'x' }))).toEqual([]);
  });

  test('trigram_word_similar and trigram_strict_word_similar look at the parts of a text', async () => {
    expect(await names(Singer.objects.filter({ name__trigram_word_similar: 'sat on' }))).toEqual([
      'Cat sat on mat.',
      'Dog sat on rug.',
    ]);
    expect(await names(Singer.objects.filter({ name__trigram_strict_word_similar: 'cat' }))).toEqual([
      'Cat sat on mat.',
    ]);
    const { queries } = await captureQueries(() =>
      Singer.objects.filter({ name__trigram_strict_word_similar: 'cat' }).values('id'),
    );
    expect(queries[0]!.sql).toContain('("choir_singer"."name" %>> $1::text)');
  });

  test('similarities and distances are numbers to order by', async () => {
    const [row] = await Singer.objects
      .filter({ name: 'Cat sat on mat.' })
      .annotate({
        similarity: TrigramSimilarity('name', 'Cat sat'),
        distance: TrigramDistance('name', 'Cat sat'),
        word: TrigramWordSimilarity('cat', 'name'),
        wordDistance: TrigramWordDistance('cat', 'name'),
        strict: TrigramStrictWordSimilarity('cat', 'name'),
        strictDistance: TrigramStrictWordDistance('cat', 'name'),
      })
      .values('similarity', 'distance', 'word', 'wordDistance', 'strict', 'strictDistance');
    expect(row.similarity + row.distance).toBeCloseTo(1);
    expect(row).toMatchObject({ word: 1, wordDistance: 0, strict: 1, strictDistance: 0 });
    const [nearest] = await Singer.objects
      .orderBy(TrigramDistance('name', 'Matheu'))
      .valuesList('name', { flat: true });
    expect(nearest).toBe('Matthew');
    expect(() => TrigramSimilarity('name', 3 as any)).toThrow(
      'TrigramSimilarity compares with a text or an expression.',
    );
  });

  test('unaccent takes the accents from both sides of every lookup', async () => {
    expect(await names(Singer.objects.filter({ name__unaccent: 'Helene' }))).toEqual(['Hélène']);
    expect(await names(Singer.objects.filter({ name__unaccent: 'Hêlene' }))).toEqual(['Hélène']);
    expect(await names(Singer.objects.filter({ name__unaccent__icontains: 'LÉN' }))).toEqual(['Hélène']);
    expect(await names(Singer.objects.filter({ name__unaccent__startswith: 'Aeêo' }))).toEqual(['Àèêö_%']);
    expect(await names(Singer.objects.filter({ name__unaccent__endswith: 'ö_%' }))).toEqual(['Àèêö_%']);
    expect(await names(Singer.objects.filter({ name__unaccent__iexact: 'AEEO' }))).toEqual(['aeeo']);
    expect(await names(Singer.objects.filter({ name__unaccent__regex: '^Hé' }))).toEqual(['Hélène']);
    expect(await names(Singer.objects.filter({ name__unaccent__trigram_similar: 'Heléne' }))).toEqual(['Hélène']);
    expect(await names(Singer.objects.filter({ name__unaccent__search: 'hélene' }))).toEqual(['Hélène']);
    expect(await names(Singer.objects.filter({ name__unaccent: F('name') }))).toHaveLength(6);
    expect(await names(Singer.objects.filter({ note__unaccent__isnull: true }))).toHaveLength(6);
    expect(await names(Singer.objects.filter({ note__unaccent: null }))).toHaveLength(6);
  });

  test('unaccent takes the accents from each value of a list', async () => {
    expect(await names(Singer.objects.filter({ name__unaccent__in: ['Helène', 'äeeo'] }))).toEqual(
      ['Hélène', 'aeeo'].sort(),
    );
    expect(await names(Singer.objects.filter({ name__unaccent__in: ['Helène'] }))).toEqual(['Hélène']);
    expect(await names(Singer.objects.filter({ name__unaccent__in: [] }))).toEqual([]);
    expect(await names(Singer.objects.filter({ name__unaccent__range: ['Hé', 'Hf'] }))).toEqual(['Hélène']);
    const inQuery = async () => names(Singer.objects.filter({ name__unaccent__in: Singer.objects.values('name') }));
    await expect(inQuery()).rejects.toThrow('A QuerySet cannot stand on the right of unaccent');
    const { queries } = await captureQueries(() =>
      Singer.objects.filter({ name__unaccent__icontains: 'x' }).values('id'),
    );
    expect(queries[0]!.sql).toContain('UNACCENT("choir_singer"."name")');
    expect(queries[0]!.sql).toContain('UNACCENT($');
  });
});

test('another database refuses them before anything is sent', async () => {
  defineConfig({ apps, databases: { default: 'sqlite::memory:' } });
  const sent = await captureQueries(async () => {
    await expect(Singer.objects.filter({ name__unaccent: 'x' }).count()).rejects.toThrow('SQLite does not have them');
    await expect(Singer.objects.filter({ name__trigram_similar: 'x' }).count()).rejects.toThrow(
      'SQLite does not have them',
    );
  });
  expect(sent.queries).toEqual([]);
  await closeDatabases();
});
