import { Count, F, Lower, Max, Prefetch, type Temporal } from 'nuages';
import { check, type Same } from './assertions.js';
import { Author, Comment, Post, type Profile, type Tag } from './library/models.js';

export async function instances() {
  const post = (await Post.objects.all())[0]!;
  check<Same<typeof post, Post>>();
  const one = await Post.objects.get({ pk: 1 });
  check<Same<typeof one.status, 'draft' | 'live'>>();
  check<Same<typeof one.size, 's' | 'l' | ''>>();
  check<Same<typeof one.authorId, number>>();
  check<Same<typeof one.editorId, number | null>>();
  check<Same<typeof one.pk, number>>();
  check<Same<typeof one.shout, string>>();
  const author: Author = await one.author;
  const editor: Author | null = await one.editor;
  const tags: Tag[] = await one.tags;
  const posts: Post[] = await author.posts.active().filter({ status: 'live' });
  const profile: Profile = await author.profile;
  const maybe: Profile | null = await author.getRelated('profile');
  for await (const comment of one.commentSet) check<Same<typeof comment, Comment>>();
  // @ts-expect-error not loaded yet
  one.author.handle;
  one.author = author;
  one.author.handle;
  return [editor, tags, posts, profile, maybe];
}

export async function valuesRows() {
  const row = (
    await Post.objects.values('author__handle', 'title', 'createdAt__year', 'editor', 'tags__name', 'data__theme')
  )[0]!;
  check<
    Same<
      typeof row,
      {
        author__handle: string;
        title: string;
        createdAt__year: number;
        editor: number | null;
        tags__name: string | null;
        data__theme: string | null;
      }
    >
  >();
  const all = (await Comment.objects.values())[0]!;
  const whole: { id: number; text: string; postId: number; byId: number | null } = all;
  const mixed = (await Post.objects.values('id', { lower: Lower('title') }))[0]!;
  check<Same<typeof mixed.lower, string>>();
  // @ts-expect-error
  Post.objects.values('nope');
  // @ts-expect-error
  Post.objects.values('title', 'author__nope');
  // @ts-expect-error behind a relation that may be null
  Post.objects.values('editor__nope');
  const name = 'title' as string;
  await Post.objects.values(name);
  return whole;
}

export async function lists() {
  const titles = await Post.objects.valuesList('title', { flat: true });
  check<Same<typeof titles, string[]>>();
  const pairs = await Post.objects.valuesList('id', 'author__mentor__handle');
  check<Same<typeof pairs, [number, string | null][]>>();
  const named = await Post.objects.valuesList('id', 'title', { named: true });
  check<Same<(typeof named)[0]['title'], string>>();
  check<Same<(typeof named)[0][0], number>>();
  const expressions = await Post.objects.valuesList('id', Lower('title'));
  check<Same<typeof expressions, [number, string][]>>();
  const flat = await Post.objects.valuesList(Lower('title'), { flat: true });
  check<Same<typeof flat, string[]>>();
  // @ts-expect-error
  Post.objects.valuesList('nope', { flat: true });
  // @ts-expect-error
  Post.objects.valuesList('id', 'nope');
}

export async function grouped() {
  const row = (
    await Post.objects
      .values('author__handle')
      .annotate({ n: Count('id') })
      .orderBy('author__handle')
  )[0]!;
  check<Same<typeof row.n, number>>();
  check<Same<typeof row.author__handle, string>>();
  const dates = await Post.objects.dates('pubDate', 'month');
  check<Same<typeof dates, Temporal.PlainDate[]>>();
  const moments = await Post.objects.datetimes('createdAt', 'hour', { order: 'DESC' });
  check<Same<typeof moments, Date[]>>();
}

export async function deferred() {
  const post = (await Post.objects.only('title', 'author'))[0]!;
  check<Same<typeof post.title, string>>();
  check<Same<typeof post.authorId, number>>();
  check<Same<typeof post.id, number>>();
  check<Same<typeof post.viewCount, PromiseLike<number>>>();
  const price = await post.price;
  check<Same<typeof price, Post['price']>>();
  const other = (await Post.objects.defer('title'))[0]!;
  check<Same<typeof other.title, PromiseLike<string>>>();
  check<Same<typeof other.viewCount, number>>();
  const annotated = (await Post.objects.annotate({ n: Count('tags') }).defer('title'))[0]!;
  check<Same<typeof annotated.n, number>>();
  // @ts-expect-error
  Post.objects.only('nope');
  // @ts-expect-error
  Post.objects.defer('nope');
}

export async function related() {
  const post = (await Post.objects.selectRelated('author', 'author__mentor', 'editor'))[0]!;
  const handle: string = post.author.handle;
  const mentor: string | undefined = post.author.mentor?.handle;
  const editor: string | undefined = post.editor?.handle;
  const deep = (await Comment.objects.selectRelated('post__author__profile'))[0]!;
  const bio: string | undefined = deep.post.author.profile?.bio;
  const author = (await Author.objects.selectRelated('profile', 'mentor__profile'))[0]!;
  check<Same<typeof author.profile, Profile | null>>();
  const mentorBio: string | undefined = author.mentor?.profile?.bio;
  const passedOn: Post = post!;
  // @ts-expect-error many
  Post.objects.selectRelated('tags');
  // @ts-expect-error no relation
  Post.objects.selectRelated('author__handle');
  await Post.objects.selectRelated();
  await Post.objects.selectRelated(null);
  return [handle, mentor, editor, bio, mentorBio, passedOn];
}

export async function prefetched() {
  const author = (
    await Author.objects.prefetchRelated(
      'places',
      Prefetch('posts', {
        queryset: Post.objects
          .annotate({ n: Count('tags') })
          .orderBy('-n')
          .slice(0, 3),
        toAttr: 'best',
      }),
      Prefetch('mentees', { toAttr: 'pupils' }),
    )
  )[0]!;
  check<Same<(typeof author)['best'][0]['n'], number>>();
  const pupil: Author = author.pupils[0]!;
  const byName = Author.objects.prefetchRelated('posts__tags');
  check<Same<typeof byName, typeof Author.objects>>(); // names add nothing to a row
  await Author.objects.prefetchRelated(null);
  // @ts-expect-error
  Author.objects.prefetchRelated('postz');
  return pupil;
}

export async function answers() {
  const first = await Post.objects.annotate({ best: Max('viewCount') }).first();
  check<Same<typeof first, (Post & { best: number }) | null>>();
  const map = await Post.objects.inBulk([1]);
  check<Same<typeof map, Map<number, Post>>>();
  const bySlug = await Post.objects.inBulk(['x'], { fieldName: 'slug' });
  check<Same<typeof bySlug, Map<string, Post>>>();
  const [total, perModel] = await Post.objects.delete();
  check<Same<typeof total, number>>();
  check<Same<typeof perModel, Record<string, number>>>();
  const last = await Post.objects.orderBy('-createdAt', 'author__handle', '?', F('title').desc()).last();
  check<Same<typeof last, Post | null>>();
  const [made, created] = await Post.objects.getOrCreate(
    { title__iexact: 'x' },
    { defaults: { title: 'x', authorId: 1 } },
  );
  check<Same<typeof made, Post>>();
  check<Same<typeof created, boolean>>();
  for await (const row of Post.objects.iterator({ chunkSize: 10 })) check<Same<typeof row, Post>>();
  // @ts-expect-error
  Post.objects.orderBy('-nope');
  // @ts-expect-error
  Post.objects.latest('nope');
  // @ts-expect-error
  Post.objects.get({ nope: 1 });
}
