import { and, Count, Exists, F, GreaterThan, not, OuterRef, or, Q, xor } from 'nuages';
import { Author, Post } from './library/models.js';

const words = ['python', 'django'];

export async function composed() {
  await Post.objects.filter(or({ title__icontains: 'x' }, { title__icontains: 'y' }), not({ author__isStaff: true }));
  await Post.objects.filter(and({ title: 'x' }, or({ viewCount__gt: 3 }, { status: 'live' })));
  await Post.objects.exclude(xor({ title: 'x' }, { viewCount: 3 }));
  await Post.objects.filter(Q({ title: 'x' }, { viewCount: 3 }), { isActive: true });
  await Post.objects.filter({ title: 'x' }, not({ viewCount: 3 }), not({ viewCount: 4 }), Q({ isActive: true }));
  await Post.objects.filter(not(or({ title: 'x' }, { status: 'draft' })));
  await Post.objects.get(
    Q({ title: 'x' })
      .or({ title: 'y' })
      .and(not({ viewCount: 1 })),
  );
}

export function mistakes() {
  // @ts-expect-error a text
  Post.objects.filter(or({ title__icontains: 3 }, { title: 'x' }));
  // @ts-expect-error misspelled
  Post.objects.filter(or({ nope: 3 }, { title: 'x' }));
  // @ts-expect-error inside of the inner one
  Post.objects.filter(and({ title: 'x' }, or({ nope: 3 }, { status: 'live' })));
  // @ts-expect-error
  Post.objects.exclude(not({ status: 'gone' }));
  // @ts-expect-error in the second argument
  Post.objects.filter({ title: 'x' }, { titel: 'y' });
  // @ts-expect-error
  Post.objects.filter(Q({ title: 'x' }).or({ nope: 1 }));
}

// built up in a loop, without casts
export async function loops() {
  await Post.objects.filter(or(...words.map((word) => ({ title__icontains: word }))));
  // @ts-expect-error the lookups of a list are checked as well
  await Post.objects.filter(or(...words.map((word) => ({ titel__icontains: word }))));

  // of a model: checked where it is written
  let found = Q<Post>();
  for (const word of words) found = found.or({ title__icontains: word });
  for (const word of words) found = or(found, { author__handle: word }, not({ status: 'draft' }));
  // @ts-expect-error misspelled
  found = found.or({ titel: 'x' });
  // @ts-expect-error misspelled
  found = or(found, { titel: 'x' });
  await Post.objects.filter(found, { isActive: true });
  await Post.objects.filter(not(found));
  // @ts-expect-error of another model
  await Author.objects.filter(found);

  // of any model: checked when it runs
  let loose = Q();
  for (const word of words) loose = or(loose, { title__icontains: word });
  for (const word of words) loose = loose.and({ title__icontains: word });
  await Post.objects.filter(loose);

  const parts: Q[] = [];
  parts.push(Q({ title: 'x' }), not({ title: 'y' }));
  await Post.objects.filter(or(...parts));

  const given: { title__icontains: string; viewCount?: number } = { title__icontains: 'x' };
  await Post.objects.filter({ title__icontains: given.title__icontains });
}

export async function expressions() {
  await Author.objects.filter(Exists(Post.objects.filter({ authorId: OuterRef('pk') })));
  await Author.objects.filter(not(Exists(Post.objects)), { isStaff: true });
  await Post.objects.filter(GreaterThan(F('viewCount'), 5), or(GreaterThan('viewCount', 1), { title: 'x' }));
  await Post.objects.filter({
    viewCount__gt: F('author__id').add(1),
    author__in: Author.objects.filter({ isStaff: true }),
  });
  // @ts-expect-error no condition
  await Author.objects.filter(F('handle'));
  // @ts-expect-error no condition
  await Author.objects.filter(Count('posts'));
}

export async function annotated() {
  const authors = Author.objects.annotate({ postCount: Count('posts') });
  await authors.filter({ postCount__gte: 5 }, or({ postCount: 3 }, { handle: 'x' }));
  // @ts-expect-error a number
  await authors.filter({ postCount__gte: '5' });
  // @ts-expect-error a number
  await authors.filter(or({ postCount__gte: '5' }, { handle: 'x' }));
}
