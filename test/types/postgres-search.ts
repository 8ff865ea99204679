import { F } from 'nuages';
import * as pg from 'nuages/postgres';
import { check, type Same } from './assertions.js';
import { Author, Post } from './library/models.js';

export async function results() {
  const row = (
    await Post.objects.annotate({
      vector: pg
        .SearchVector('title', 'author__handle', { config: 'english', weight: 'A' })
        .add(pg.SearchVector('slug')),
      rank: pg.SearchRank('title', 'x', { weights: [0.1, 0.2, 0.4, 1], normalization: 2, coverDensity: true }),
      rankOfVector: pg.SearchRank(pg.SearchVector('title'), pg.SearchQuery('x', { searchType: 'websearch' })),
      headline: pg.SearchHeadline('title', pg.SearchQuery('x').and(pg.SearchQuery('y')).not(), { startSel: '<i>' }),
      near: pg.TrigramSimilarity('title', 'x'),
      far: pg.TrigramWordDistance('x', 'editor__handle'),
    })
  )[0]!;
  check<Same<typeof row.vector, string>>();
  check<Same<typeof row.rank, number>>();
  check<Same<typeof row.rankOfVector, number>>();
  check<Same<typeof row.headline, string>>();
  check<Same<typeof row.near, number>>();
  check<Same<typeof row.far, number | null>>();
}

export function lookups() {
  Post.objects.filter({ title__search: 'x', author__handle__search: pg.SearchQuery('x'), title__unaccent: 'x' });
  Post.objects.filter({ title__trigram_similar: 'x', title__unaccent__trigram_word_similar: F('slug') });
  Author.objects.filter({ posts__title__unaccent__icontains: 'x', handle__unaccent__in: ['x'] });
  Post.objects.annotate({ v: pg.SearchVector('title') }).filter({ v: 'x', v__search: pg.SearchQuery('y') });
}
// @ts-expect-error a text
Post.objects.filter({ title__search: 3 });
// @ts-expect-error numbers are not searched
Post.objects.filter({ viewCount__search: 'x' });
// @ts-expect-error numbers have no accents
Post.objects.filter({ viewCount__unaccent: 3 });
// @ts-expect-error misspelled
Post.objects.annotate({ rank: pg.SearchRank('titel', 'x') });
// @ts-expect-error misspelled
Post.objects.annotate({ vector: pg.SearchVector('titel') });
// @ts-expect-error one of four
pg.SearchVector('title', { weight: 'E' });
// @ts-expect-error no such type
pg.SearchQuery('x', { searchType: 'magic' });
// @ts-expect-error another query
pg.SearchQuery('x').and('y');
// @ts-expect-error four of them
pg.SearchRank('title', 'x', { weights: [1, 2] });
// @ts-expect-error no such option
pg.SearchHeadline('title', 'x', { maxWord: 3 });
