import {
  CASCADE,
  CharField,
  type CharFieldOptions,
  Count,
  type Field,
  ForeignKey,
  IntegerField,
  Model,
  type QuerySet,
} from 'nuages';
import { check, type Same } from './assertions.js';
import { type Chapter, Doc, Line, Meta, OpenLetter, Plan } from './library/keys.js';
import { Author, drafts, OldPost, Place, Post, type PostQuerySet, Restaurant, type Status } from './library/models.js';

export async function inheritance() {
  const restaurant = (await Restaurant.objects.first())!;
  const text: string = restaurant.shout() + restaurant.menu() + restaurant.age() + restaurant.name;
  const pizza: boolean = restaurant.pizza;
  const owner: Author = await restaurant.owner;
  const place: Place = await restaurant.placePtr;
  check<Same<typeof restaurant.pk, number>>();
  check<Same<typeof restaurant.placePtrId, number>>();
  const [first] = await Place.objects.filter({ restaurant__pizza: true, createdAt__year: 2020 });
  const back: Restaurant = await first!.restaurant;
  const theirs: Place[] = await owner.places.filter({ restaurant__pizza: true });
  const chefOf: Restaurant[] = await owner.restaurantSet;
  const old = (await OldPost.objects.filter({ title: 'x', author__handle: 'x', pk: 1 }).first())!;
  const isOld: boolean = old.isOld();
  check<Same<typeof old.title, string>>();
  return [text, pizza, place, back, theirs, chefOf, isOld];
}

export async function keys() {
  const doc = (await Doc.objects.first())!;
  check<Same<typeof doc.pk, string>>();
  check<Same<typeof doc.key, string>>();
  // @ts-expect-error its key is `key`
  doc.id;
  const meta = (await Meta.objects.filter({ doc: 'uuid', pk: 'x', doc__in: ['a', doc] }).first())!;
  check<Same<typeof meta.docId, string>>();
  check<Same<typeof meta.pk, string>>();
  const line = (await Line.objects
    .filter({ meta: 'x', metaId: 'y', metaId__in: ['a'], meta__doc__title: 't', id: 1, byCode: 'c' })
    .first())!;
  check<Same<typeof line.metaId, string | null>>();
  check<Same<typeof line.byCodeId, string>>();
  check<Same<typeof line.id, number>>();
  const titles = await Line.objects.valuesList('meta__doc__title', { flat: true });
  check<Same<typeof titles, (string | null)[]>>();
  const ids = await Line.objects.valuesList('meta', 'metaId', 'byCode', 'pk', 'writer');
  check<Same<(typeof ids)[0], [string | null, string | null, string, number, number]>>();
  const lines: Line[] = await doc.codedLines;
  const map = await Doc.objects.inBulk(['a']);
  check<Same<typeof map, Map<string, Doc>>>();
  // @ts-expect-error no id
  Doc.objects.filter({ id: 1 });
  // @ts-expect-error a text
  Line.objects.filter({ meta: 3 });
  // a relation into another app, and back
  const found: Author[] = await Author.objects.filter({ lines__n: 3, lines__meta__doc__title: 'x' });
  return [lines, found];
}

export async function otherSides() {
  const doc = (await Doc.objects.filter({ chapters__name: 'x' }).first())!;
  const chapters: Chapter[] = await doc.chapters;
  const keys: number[] = await doc.getChapterOrder();
  await doc.setChapterOrder([3, 1, 2]);
  const next: Chapter = await chapters[0]!.getNextInOrder();
  check<Same<typeof next._order, number>>();
  const author = (await Author.objects.filter({ docs_openLetter_signed__pk: 1 }).first())!;
  const letters: OpenLetter[] = await author.docs_openLetter_signed;
  const friends: OpenLetter[] = await letters[0]!.friends;
  const after: Plan[] = await (await Plan.objects.filter({ plan: 1 }).get({ pk: 1 })).planSet;
  // @ts-expect-error symmetrical: there is no other side
  friends[0]!.openLetterSet;
  // @ts-expect-error symmetrical: there is no other side
  OpenLetter.objects.filter({ openLetter__pk: 1 });
  // @ts-expect-error in no order
  doc.getLineOrder();
  return [keys, after];
}

export async function customQuerySets() {
  const posts = await Post.objects
    .active()
    .annotate({ n: Count('tags') })
    .popular()
    .filter({ n__gte: 2 })
    .inStatus('live')
    .orderBy('-n');
  check<Same<(typeof posts)[0]['n'], number>>();
  check<Same<(typeof posts)[0]['title'], string>>();
  for await (const post of Post.objects.annotate({ n: Count('tags') }).active()) check<Same<typeof post.n, number>>();
  const last = (await Post.objects
    .annotate({ n: Count('tags') })
    .active()
    .annotate({ m: Count('author') })
    .popular()
    .first())!;
  const sum: number = last.m + last.n;
  // @ts-expect-error
  Post.objects.annotate({ n: Count('tags') }).filter({ n__gte: '2' });
  const tagged = await Post.objects.annotate({ n: Count('tags') }).tagged();
  check<Same<(typeof tagged)[0]['tagCount'], number>>();
  check<Same<(typeof tagged)[0]['n'], number>>();
  const much = (await Post.objects.muchTagged().first())!;
  check<Same<typeof much.tagCount, number>>();
  const titles = await Post.objects.titles();
  check<Same<typeof titles, string[]>>();
  const lazy = (await drafts.first())!;
  check<Same<typeof lazy, Post>>();
  // @ts-expect-error
  Post.objects.active().inStatus('gone');
  return sum;
}

async function handles(authors: QuerySet<Author>) {
  return (await authors).map((author) => author.handle);
}
const activeOf = <Q extends QuerySet<Post>>(posts: Q) => posts.filter({ isActive: true });

export async function passing(posts: PostQuerySet) {
  await handles(Author.objects);
  await handles(Author.objects.filter({ handle: 'x' }));
  await handles(Author.objects.annotate({ n: Count('posts') }).alias({ m: Count('places') }));
  await activeOf(Post.objects.active().annotate({ n: Count('tags') }));
  const plain: QuerySet<Post> = posts;
  await activeOf(plain).first();
  // @ts-expect-error of another model
  await handles(Post.objects);
}

export function fields() {
  check<Same<(typeof Status)['DRAFT'], 'draft'>>();
  check<Same<(typeof Status)['values'], readonly ('draft' | 'live')[]>>();
}

// a field of one's own
class LowerCaseField<const O extends CharFieldOptions = {}> extends CharField<O> {
  override preSave(value: unknown) {
    return String(value).toLowerCase();
  }
}
export class Shop extends Model('library.Shop', {
  code: new LowerCaseField({ maxLength: 5, null: true }),
  name: new LowerCaseField({ maxLength: 5 }),
}) {}
export const codeOf = (shop: Shop) => {
  check<Same<typeof shop.code, string | null>>();
  check<Same<typeof shop.name, string>>();
};
export const anyField: Field = IntegerField({ default: 3 });

// a model that Register does not name says so
class Lost extends Model('nowhere.Lost', {
  a: CharField({ maxLength: 3 }),
  to: ForeignKey('Other', { onDelete: CASCADE }),
}) {}
export async function lost() {
  const a: string = new Lost({ a: 'x', toId: 1 }).a;
  const found = (await Lost.objects.first())!;
  const message: 'nowhere.Lost is not registered: add its app to Register in nuages.config.ts' = found['⚠'];
  // @ts-expect-error the same message
  Lost.objects.filter({ a: 'x' });
  return [a, message];
}
