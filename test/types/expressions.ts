import {
  AnyValue,
  Avg,
  Case,
  CharField,
  Count,
  type Decimal,
  DecimalField,
  Exists,
  ExpressionWrapper,
  F,
  FilteredRelation,
  FloatField,
  Func,
  IntegerField,
  Max,
  Min,
  OuterRef,
  RawSQL,
  StdDev,
  StringAgg,
  Subquery,
  Sum,
  type Temporal,
  Value,
  Variance,
  When,
} from 'nuages';
import { check, type Same } from './assertions.js';
import { Author, Comment, Everything, Post } from './library/models.js';

export async function arithmetic() {
  const [row] = await Post.objects.annotate({
    plus: F('viewCount').add(1),
    minus: F('viewCount').sub(F('author__id')),
    decimal: F('viewCount').mul(F('price')),
    half: F('viewCount').div(2),
    byZero: F('viewCount').div(0),
    ratio: F('viewCount').div(F('author__id')),
    remainder: F('viewCount').mod(10),
    negative: F('viewCount').neg(),
    power: F('viewCount').pow(2),
    bits: F('viewCount').bitand(7),
    initial: F('title').slice(0, 1),
    year: F('createdAt__year'),
    theme: F('data__theme'),
    nested: F('viewCount').add(1).mul(F('editor__id')),
  });
  const picked = (({
    plus,
    minus,
    decimal,
    half,
    byZero,
    ratio,
    remainder,
    negative,
    power,
    bits,
    initial,
    year,
    theme,
    nested,
  }) => ({
    plus,
    minus,
    decimal,
    half,
    byZero,
    ratio,
    remainder,
    negative,
    power,
    bits,
    initial,
    year,
    theme,
    nested,
  }))(row!);
  check<Same<typeof picked, Expected>>();
  type Expected = {
    plus: number;
    minus: number;
    decimal: Decimal | null;
    half: number;
    byZero: number | null;
    ratio: number | null;
    remainder: number;
    negative: number;
    power: number;
    bits: number;
    initial: string;
    year: number;
    theme: string | null;
    nested: number | null;
  };
}

export async function moments() {
  const row = (
    await Everything.objects.annotate({
      length: F('moment').sub(F('moment')),
      later: F('moment').add(F('span')),
      days: F('date').sub(F('date')),
      sooner: F('date').sub(F('span')),
      big: F('big').add(1),
      alsoBig: F('whole').add(F('big')),
    })
  )[0]!;
  check<Same<typeof row.length, Temporal.Duration>>();
  check<Same<typeof row.later, Date>>();
  check<Same<typeof row.days, Temporal.Duration>>();
  check<Same<typeof row.sooner, Date>>();
  check<Same<typeof row.big, bigint>>();
  check<Same<typeof row.alsoBig, bigint>>();
}

export async function aggregates() {
  const whole = await Post.objects.aggregate({
    total: Count('id'),
    all: Count('*'),
    avg: Avg('viewCount'),
    mean: Avg('price'),
    max: Max('createdAt'),
    sum: Sum('price'),
    safe: Sum('viewCount', { default: 0 }),
    names: StringAgg('title', Value(', ')),
    any: AnyValue('slug'),
    sd: StdDev('viewCount', { sample: true }),
    variance: Variance('price'),
    ratio: Sum('viewCount').div(Count('id')),
  });
  check<
    Same<
      typeof whole,
      {
        total: number;
        all: number;
        avg: number | null;
        mean: Decimal | null;
        max: Date | null;
        sum: Decimal | null;
        safe: number;
        names: string | null;
        any: string | null;
        sd: number | null;
        variance: Decimal | null;
        ratio: number | null;
      }
    >
  >();
  const own = await Post.objects.aggregate(Count('id'), Max('viewCount'));
  check<Same<typeof own.id__count, number>>();
  check<Same<typeof own.viewCount__max, number | null>>();
  const spans = await Everything.objects.aggregate({ mean: Avg('span'), sum: Sum('span'), big: Sum('big') });
  check<Same<typeof spans, { mean: Temporal.Duration | null; sum: Temporal.Duration | null; big: bigint | null }>>();

  // a group has a row: null only where the column or the join gives it, or a filter leaves none
  const group = (
    await Author.objects.annotate({
      posts_: Count('posts'),
      best: Max('posts__viewCount'),
      id_: Max('id'),
      staff: Min('id', { filter: { isStaff: true } }),
    })
  )[0]!;
  check<Same<typeof group.posts_, number>>();
  check<Same<typeof group.best, number | null>>();
  check<Same<typeof group.id_, number>>();
  check<Same<typeof group.staff, number | null>>();
  const named = (
    await Author.objects
      .annotate(Count('posts'))
      .filter({ posts__count__gt: 1, posts__count: 2 })
      .orderBy('-posts__count')
  )[0]!;
  // @ts-expect-error a number
  Author.objects.annotate(Count('posts')).filter({ posts__count__gt: 'x' });
  check<Same<typeof named.posts__count, number>>();

  // @ts-expect-error misspelled
  Post.objects.aggregate({ n: Count('nope') });
  // @ts-expect-error misspelled
  Author.objects.annotate({ n: Max('posts__nope') });
  // @ts-expect-error misspelled, inside of arithmetic
  Author.objects.annotate({ n: F('id').add(F('nope')) });
  // @ts-expect-error no name of its own
  Author.objects.annotate(F('id').add(1));
}

export async function alternatives() {
  const row = (
    await Post.objects.annotate({
      tier: Case([When({ viewCount__gte: 1000 }, Value('viral')), When({ title: 'x' }, F('slug'))], {
        default: Value('new'),
      }),
      open: Case([When({ viewCount__gte: 1000 }, Value(1))]),
      mixed: Case([When({ price: null }, F('viewCount'))], { default: F('editor__id') }),
      typed: Case([When({ price: null }, Value('1'))], {
        default: Value('2'),
        outputField: DecimalField({ maxDigits: 5, decimalPlaces: 2 }),
      }),
      wrapped: ExpressionWrapper(F('viewCount').div(2), { outputField: FloatField() }),
      given: Value('x', { outputField: CharField() }),
      soundex: Func('title', { function: 'SOUNDEX', outputField: CharField() }),
      raw: RawSQL<number>`length(title) + ${1}`,
    })
  )[0]!;
  check<Same<typeof row.tier, string>>();
  check<Same<typeof row.open, number | null>>();
  check<Same<typeof row.mixed, number | null>>();
  check<Same<typeof row.typed, Decimal>>();
  check<Same<typeof row.wrapped, number>>();
  check<Same<typeof row.given, string>>();
  check<Same<typeof row.soundex, string | null>>();
  check<Same<typeof row.raw, number>>();
  await Post.objects.annotate({ n: Count('tags', { filter: { tags__name: 'x' }, distinct: true }) });
  // @ts-expect-error misspelled, in the filter
  Post.objects.annotate({ n: Count('tags', { filter: { tags__nam: 'x' } }) });
  // @ts-expect-error misspelled, in the condition
  Post.objects.annotate({ n: Case([When({ viewCont: 1 }, Value(1))]) });
}

export async function subqueries() {
  const newest = Comment.objects.filter({ postId: OuterRef('pk') }).orderBy('-id');
  const row = (
    await Post.objects.annotate({
      lastWord: Subquery(newest.values('text').slice(0, 1)),
      lastId: Subquery(newest.valuesList('id', { flat: true }).slice(0, 1)),
      count: Subquery(newest.values('id'), { outputField: IntegerField() }),
      hasComments: Exists(newest),
    })
  )[0]!;
  check<Same<typeof row.lastWord, string | null>>();
  check<Same<typeof row.lastId, number | null>>();
  check<Same<typeof row.count, number | null>>();
  check<Same<typeof row.hasComments, boolean>>();
  await Post.objects
    .annotate({ hasComments: Exists(newest) })
    .filter({ hasComments: true })
    .orderBy('-hasComments');
}

export async function filteredRelations() {
  const live = Author.objects.annotate({ live: FilteredRelation('posts', { condition: { posts__status: 'live' } }) });
  const rows = await live
    .filter({ live__title__icontains: 'x', live__tags__name: 'y' })
    .values('handle', 'live__title');
  check<Same<(typeof rows)[0], { handle: string; live__title: string | null }>>();
  // @ts-expect-error misspelled
  live.filter({ live__titel: 'x' });
}

// what alias() names can be used and is not selected
export async function aliases() {
  const rows = await Author.objects
    .alias({ n: Count('posts') })
    .filter({ n__gt: 1 })
    .orderBy('-n')
    .annotate({ twice: F('n').mul(2) });
  check<Same<(typeof rows)[0]['twice'], number>>();
  // @ts-expect-error not selected
  rows[0]!.n;
}
