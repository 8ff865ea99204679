import { Decimal, F, Now, Value } from 'nuages';
import { check, type Same } from './assertions.js';
import { Doc, Line, type Meta } from './library/keys.js';
import { Author, Comment, type Everything, Place, Post, Profile, Restaurant } from './library/models.js';

const author = {} as Author;

export async function creation() {
  const post = await Post.objects.create({ title: 'x', author });
  check<Same<typeof post, Post>>();
  await Post.objects.create({
    title: 'x',
    authorId: 1,
    price: '9.50',
    status: 'live',
    editor: null,
    data: null,
    pubDate: '2020-01-01',
  });
  await Post.objects.create({ title: 'x', author, editorId: null, price: new Decimal(3), id: 5 });
  await Author.objects.create({ handle: 'x' });
  await Restaurant.objects.create({ name: 'x', owner: author, pizza: true });
  await Profile.objects.create({ author });
  // @ts-expect-error author is missing
  await Post.objects.create({ title: 'x' });
  // @ts-expect-error title is missing
  await Post.objects.create({ author });
  // @ts-expect-error everything is missing
  await Post.objects.create();
  // @ts-expect-error no such field
  await Post.objects.create({ titel: 'x', title: 'x', author });
  // @ts-expect-error an instance
  await Post.objects.create({ title: 'x', author: 1 });
  // @ts-expect-error not null
  await Post.objects.create({ title: 'x', authorId: null });
  // @ts-expect-error not null
  await Post.objects.create({ title: null, author });
  // @ts-expect-error one of the choices
  await Post.objects.create({ title: 'x', author, status: 'gone' });
  // @ts-expect-error many: set them later
  await Post.objects.create({ title: 'x', author, tags: [] });
  // @ts-expect-error the parent's owner is missing
  await Restaurant.objects.create({ name: 'x', pizza: true });
  // @ts-expect-error a boolean without default
  await Restaurant.objects.create({ name: 'x', owner: author });
}

export function construction() {
  const post = new Post({ title: 'x', author });
  check<Same<typeof post.title, string>>();
  new Post({ title: 'x', authorId: 1, price: 3 });
  new Author({ handle: 'x', mentor: null });
  new Comment({ text: 'x', post });
  new Place({ name: 'x', owner: author });
  // @ts-expect-error author is missing
  new Post({ title: 'x' });
  // @ts-expect-error title is missing
  new Post({ author });
  // @ts-expect-error no such field
  new Post({ title: 'x', author, titel: 'x' });
  // @ts-expect-error not null
  new Post({ title: 'x', authorId: null });
  // @ts-expect-error a text
  new Author({ handle: 3 });
}

// what a related manager fills in itself need not be given
export async function related() {
  await author.posts.create({ title: 'x' });
  await ({} as Post).tags.create({ name: 'x' });
  // @ts-expect-error title is missing
  await author.posts.create({});
  await ({} as Post).tags.add({} as never, 1, 2, { throughDefaults: { role: 'x' } });
  await ({} as Post).tags.set([1, 2], { clear: true });
  await ({} as Post).tags.remove(1);
  await author.mentees.clear();
  // @ts-expect-error a post cannot be without author
  author.posts.remove({} as Post);
}

export async function keys() {
  const doc = await Doc.objects.create({ key: 'a', title: 'x', code: 'c' });
  await Line.objects.create({ byCode: doc, writer: author, n: 1 });
  await Line.objects.create({ byCodeId: 'c', writerId: 1, n: 1, metaId: 'x' });
  await Line.objects.create({ byCodeId: 'c', writerId: 1, n: 1, meta: {} as Meta });
  // @ts-expect-error a text
  await Line.objects.create({ byCodeId: 3, writerId: 1, n: 1 });
}

export async function updates() {
  await Post.objects
    .filter({ pk: 1 })
    .update({ viewCount: F('viewCount').add(1), title: 'x', author, editor: null, editorId: 1 });
  await Post.objects.update({ price: '3.5', createdAt: Now(), title: Value('x'), pubDate: F('createdAt__date') });
  await Post.objects.bulkUpdate([], ['title', 'authorId', 'price']);
  await Post.objects.bulkCreate([new Post({ title: 'x', author })], {
    updateConflicts: true,
    updateFields: ['title'],
    uniqueFields: ['id'],
  });
  // a key that no field declares is a column like the others
  await Post.objects.filter({ id: 5 }).update({ id: 6 });
  await Post.objects.update({ id: F('id').add(100) });
  // @ts-expect-error a number
  await Post.objects.update({ id: 'x' });
  // @ts-expect-error the key of Doc has another name
  await Doc.objects.update({ id: 1 });
  // @ts-expect-error
  await Post.objects.update({ titel: 'x' });
  // @ts-expect-error
  await Post.objects.update({ title: 3 });
  // @ts-expect-error
  await Post.objects.update({ viewCount: F('nope').add(1) });
  // @ts-expect-error many
  await Post.objects.update({ tags: 1 });
  // @ts-expect-error
  await Post.objects.bulkUpdate([], ['nope']);
  // @ts-expect-error
  await Post.objects.updateOrCreate({ title: 'x' }, { defaults: { nope: 1 } });
  const [post, created] = await Post.objects.updateOrCreate(
    { title: 'x' },
    { defaults: { viewCount: 1 }, createDefaults: { title: 'x', author } },
  );
  check<Same<typeof post, Post>>();
  return created;
}

export async function instances(post: Post, everything: Everything) {
  await post.save({ updateFields: ['title', 'authorId'] });
  // @ts-expect-error
  await post.save({ updateFields: ['titel'] });
  await post.refreshFromDb({ fields: ['price'] });
  await post.fullClean({ exclude: ['title'] });
  const [total, perModel] = await post.delete();
  const label: string = post.getStatusDisplay() + post.getSizeDisplay();
  const next: Post = await post.getNextByCreatedAt({ isActive: true });
  const before: Everything = await everything.getPreviousByDate();
  // @ts-expect-error may be null, so there is no order by it
  post.getNextByPubDate();
  // @ts-expect-error no choices
  post.getTitleDisplay();
  post.title = 'x';
  post.price = null;
  // @ts-expect-error not null
  post.title = null;
  return [
    total,
    perModel,
    label,
    next,
    before,
    post.equals(next),
    post.pk,
    post._state.adding,
    post.getDeferredFields(),
    post.toJSON(),
  ];
}
