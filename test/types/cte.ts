import { Concat, Cte, type Decimal, F, Sum, Value } from 'nuages';
import { check, type Same } from './assertions.js';
import { Author, Post } from './library/models.js';

type Flat<T> = { [K in keyof T]: T[K] };

export const totals = Cte(
  'totals',
  Post.objects.values('authorId').annotate({ total: Sum('price'), views: Sum('viewCount') }),
);

export async function columnsOfTheTable() {
  const row = (await totals.all())[0]!;
  check<Same<Flat<typeof row>, { authorId: number; total: Decimal | null; views: number }>>();
  const ids = await totals.all().filter({ views__gt: 3 }).orderBy('-views').valuesList('authorId', { flat: true });
  check<Same<typeof ids, number[]>>();
  await Author.objects.filter({ pk__in: totals.all().valuesList('authorId', { flat: true }) });
  // @ts-expect-error no such column
  totals.all().orderBy('view');
  // @ts-expect-error not a number
  totals.all().filter({ views: 'x' });
  const posts = Cte('posts', Post.objects.all());
  const title = await posts.all().valuesList('title', { flat: true });
  check<Same<typeof title, string[]>>();
}

export async function namesInQuerySets() {
  const authors = Author.objects.withCte(totals, { on: { id: 'authorId' } });
  const [first] = await authors
    .filter({ totals__views__gt: 3, totals__total__isnull: false, handle: 'x' })
    .orderBy('-totals__views', 'handle')
    .annotate({ views: F('totals__views'), total: F('totals__total') });
  check<Same<typeof first extends infer R | undefined ? (R & {})['views' & keyof R] : never, number>>();
  const total: Decimal | null = first!.total;
  const handle: string = first!.handle;
  const views = await authors.valuesList('totals__views', { flat: true });
  check<Same<typeof views, number[]>>();
  const optional = await Author.objects
    .withCte(totals, { on: { id: 'authorId' }, optional: true })
    .valuesList('totals__views', { flat: true });
  check<Same<typeof optional, (number | null)[]>>();
  // @ts-expect-error 'totals__view' is not among the names
  authors.filter({ totals__view: 3 });
  // @ts-expect-error not a number
  authors.filter({ totals__views: 'x' });
  // @ts-expect-error no such column
  Author.objects.withCte(totals, { on: { id: 'author' } });
  // @ts-expect-error no such field
  Author.objects.withCte(totals, { on: { idd: 'authorId' } });
  // @ts-expect-error how rows belong together must be said
  Author.objects.withCte(totals);
  return [total, handle];
}

export async function recursion() {
  const tree = Cte(
    'tree',
    Author.objects.filter({ mentor: null }).values('id', { depth: Value(0), path: F('handle') }),
    {
      recursive: (tree) => {
        const depths: PromiseLike<number[]> = tree.all().valuesList('depth', { flat: true });
        void depths;
        return Author.objects
          .withCte(tree, { on: { mentor: 'id' } })
          .values('id', { depth: F('tree__depth').add(1), path: Concat('tree__path', Value('/'), 'handle') });
      },
      distinct: true,
    },
  );
  const [row] = await tree.all().values('depth', 'path');
  const depth: number = row!.depth;
  const path: string = row!.path;
  const mentors = Cte('mentors', Author.objects.filter({ isStaff: true }).values('id', { up: Value(0) }), {
    recursive: (below) => Author.objects.withCte(below, { on: { id: 'id' } }).values('id', { up: F('mentorId') }),
  });
  const ups = await mentors.all().valuesList('up', { flat: true });
  check<Same<typeof ups, (number | null)[]>>();
  const first = (): ReturnType<typeof Author.objects.all> => Author.objects.all();
  // @ts-expect-error the recursive part lacks 'depth'
  Cte('a', first().values('id', { depth: Value(0) }), { recursive: () => first().values('id') });
  // @ts-expect-error the recursive part has more columns
  Cte('b', first().values('id'), { recursive: () => first().values('id', 'handle') });
  // @ts-expect-error its rows have no names
  Cte('c', first().valuesList('id'));
  return [depth, path];
}
