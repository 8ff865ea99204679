import { Avg, Count, F, FilteredRelation } from 'nuages';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Planner } from '../../../src/query/planner.js';
import { Author, closeLibrary, openLibrary } from '../../support/library.js';

describe('building a query', () => {
  beforeAll(openLibrary);
  afterAll(closeLibrary);
  afterEach(() => vi.restoreAllMocks());

  it.each<[string, (n: number) => unknown]>([
    ['conditions', (n) => Author.objects.filter({ books__pages__gt: n, name__startswith: `${n}` })],
    ['conditions on annotations', (n) => Author.objects.annotate({ old: F('age').add(n) }).filter({ old__gt: n })],
    [
      'groups and conditions on them',
      (n) =>
        Author.objects
          .values('age')
          .annotate({ n: Count('id'), mean: Avg('books__pages') })
          .filter({ n__gt: n, mean__lt: 9 })
          .exclude({ n: n })
          .orderBy('age'),
    ],
    [
      'conditions on a filtered relation',
      (n) =>
        Author.objects
          .annotate({ long: FilteredRelation('books', { condition: { books__pages__gt: n } }) })
          .filter({ long__title: `${n}`, long__publisher: n }),
    ],
  ])('plans nothing again for a shape that is known: %s', (_, build) => {
    build(1);
    const run = vi.spyOn(Planner.prototype, 'run');
    build(2);
    expect(run).not.toHaveBeenCalled();
  });

  it('checks values against the annotation each time, known or not', () => {
    const build = (value: unknown) => Author.objects.annotate({ old: F('age').add(1) }).filter({ old__gt: value });
    build(1);
    expect(() => build('many')).toThrow(/old/);
    expect(() => Author.objects.annotate({ old: F('name') }).filter({ old__gt: 'many' })).not.toThrow();
  });
});
