import { Decimal, F, Temporal } from 'nuages';
import { Author, Comment, Everything, Post, Restaurant, type Tag } from './library/models.js';

const author = {} as Author;

export function paths() {
  Post.objects.filter({ title: 'x', title__icontains: 'x', viewCount__gt: 3, isActive: true, createdAt__year: 2020 });
  Post.objects.filter({ author__handle: 'x', author__mentor__handle__startswith: 'x', author__isStaff: true });
  Post.objects.filter({ author__posts__tags__name: 'x', tags__name__in: ['x'], comment__text__icontains: 'x' });
  Author.objects.filter({
    posts__title: 'x',
    profile__bio: 'x',
    mentees__handle: 'x',
    remark__text: 'x',
    remark__isnull: true,
  });
}

// @ts-expect-error the query name is `remark`
Author.objects.filter({ comments__text: 'x' });
// @ts-expect-error hidden by relatedName: '+'
Author.objects.filter({ post__title: 'x' });

export function relations() {
  Post.objects.filter({
    author,
    author__in: [author, 1],
    author__isnull: false,
    authorId: 1,
    authorId__in: [1, 2],
    author__gt: 3,
  });
  Post.objects.filter({
    author: 1,
    editor: null,
    editorId: null,
    editorId__isnull: true,
    pk: 1,
    id: 1,
    pk__in: [1],
    id__in: [2],
  });
  Post.objects.filter({ tags: 1, tags__in: [{} as Tag, 2], author__in: Author.objects.filter({ handle: 'x' }) });
  Author.objects.filter({ posts: {} as Post, posts__in: [1], profile: 1 });
  Post.objects.filter({ viewCount__lt: F('author__id'), author__pk: 1, author__mentor__id__in: [1] });
}
// @ts-expect-error an author is no string
Post.objects.filter({ author: 'x' });
// @ts-expect-error not null
Post.objects.filter({ author: null });
// @ts-expect-error relations have no text lookups
Post.objects.filter({ author__icontains: 'x' });
// @ts-expect-error a list
Post.objects.filter({ author__in: 1 });
// @ts-expect-error a text is no list of its characters
Post.objects.filter({ title__in: 'abc' });
// @ts-expect-error true or false
Post.objects.filter({ title__isnull: 1 });
// @ts-expect-error exactly two
Post.objects.filter({ viewCount__range: [1, 2, 3] });
// @ts-expect-error undefined is never a filter
Post.objects.filter({ title: undefined });
// @ts-expect-error may be undefined
Post.objects.filter({ title: {} as string | undefined });
// @ts-expect-error misspelled
Post.objects.filter({ titel: 'x' });
// @ts-expect-error misspelled two hops away
Post.objects.filter({ author__mentor__handel: 'x' });
// @ts-expect-error misspelled lookup
Post.objects.filter({ title__icontain: 'x' });
// @ts-expect-error a number
Post.objects.filter({ title: 'x', viewCount: '3' });
// @ts-expect-error one of the choices
Post.objects.filter({ status: 'gone' });
// @ts-expect-error no date part of a text
Post.objects.filter({ title__year: 3 });
Post.objects.filter({ status: 'live', status__in: ['live', 'draft'], status__startswith: 'l' });

// names of methods of expressions are names of fields as any other
// @ts-expect-error no such field
Post.objects.filter({ desc: 'x' });

export function dateParts() {
  Everything.objects.filter({
    date__year: 1,
    date__iso_year__gte: 1,
    date__quarter: 1,
    date__month__in: [1],
    date__week: 1,
    date__week_day: 1,
    date__iso_week_day: 1,
    date__day__range: [1, 2],
    moment__date: Temporal.PlainDate.from('2020-01-01'),
    moment__date__gt: '2020-01-01',
    moment__time__lt: '10:00',
    moment__hour: 1,
    moment__minute__lt: 3,
    moment__second: 1,
    moment__date__year__gt: 3,
    instant__hour: 1,
    time__hour: 1,
    time__minute: 1,
    time__second__in: [1],
  });
  Post.objects.filter({ author__posts__pubDate__year__gte: 2020 });
  // @ts-expect-error a date has no hours
  Everything.objects.filter({ date__hour: 3 });
  // @ts-expect-error a time has no year
  Everything.objects.filter({ time__year: 3 });
}

export function registered() {
  Post.objects.filter({ title__length: 3, title__length__gt: 3, author__handle__length__in: [1], title__ne: 'x' });
  // @ts-expect-error a number
  Post.objects.filter({ title__length: 'x' });
}

// what each kind takes
export function kinds() {
  Everything.objects.filter({
    big: 3n,
    big__gt: 3,
    amount: '1.5',
    amount__lt: 2,
    amount__gte: new Decimal(1),
    real: 1.5,
    whole__in: [1],
  });
  Everything.objects.filter({
    date: '2020-01-01',
    moment__lt: new Date(),
    instant__gt: '2020-01-01T00:00Z',
    span__gt: 'PT1H',
    time: '10:00',
  });
  Everything.objects.filter({
    uuid: 'x',
    uuid__in: ['x'],
    ip: '::1',
    mail__iendswith: '@x',
    url__contains: 'x',
    file: 'a.txt',
    file__startswith: 'a',
  });
  Everything.objects.filter({
    bytes: new Uint8Array(),
    flag: null,
    flag__isnull: true,
    json: { any: 1 },
    json__a__b: 1,
  });
  // @ts-expect-error
  Everything.objects.filter({ whole: 3n });
  // @ts-expect-error a Date is a moment, no date
  Everything.objects.filter({ date: new Date() });
}

// every lookup of all fields on every kind
export function everyLookup() {
  Everything.objects.filter({
    whole__exact: 1,
    whole__iexact: 1,
    whole__contains: 1,
    whole__icontains: '1',
    whole__startswith: 1,
    whole__istartswith: '1',
    whole__endswith: 1,
    whole__iendswith: '1',
    whole__regex: '^1',
    whole__iregex: '^1',
    whole__gt: 1,
    whole__gte: 1,
    whole__lt: 1,
    whole__lte: 1,
    whole__range: [1, 2],
    whole__in: new Set([1]),
    whole__isnull: true,
  });
  Everything.objects.filter({
    amount__iexact: '1',
    big__contains: 1,
    flag__icontains: 'x',
    date__startswith: '2020',
    moment__istartswith: '2020',
    instant__endswith: 'x',
    span__iendswith: 'x',
    real__regex: '1',
    bytes__iregex: 'x',
    uuid__icontains: 'ab',
    time__contains: '1',
    file__iexact: 'x',
    ip__regex: 'x',
  });
}

export function json() {
  Post.objects.filter({
    data__theme: 'dark',
    data__sizes__0__gt: 3,
    data__deep__a__b: true,
    data__whatever__0__x: 1,
    data__isnull: true,
  });
  Post.objects.filter({
    data__has_key: 'theme',
    data__has_keys: ['a', 'b'],
    data__has_any_keys: ['a'],
    data__contains: { theme: 'x' },
  });
  Post.objects.filter({
    data__contained_by: { a: 1 },
    data__theme__icontains: 'x',
    data__theme__isnull: true,
    data__theme: null,
    data: null,
  });
  Post.objects.filter({ author__posts__data__theme__startswith: 'x', data__theme__in: ['a'] });
  // @ts-expect-error a text
  Post.objects.filter({ data__theme: 3 });
  // @ts-expect-error a number
  Post.objects.filter({ data__sizes__0: 'x' });
}

export function inherited() {
  Restaurant.objects.filter({
    name__startswith: 'x',
    pizza: true,
    placePtr__owner__handle: 'z',
    owner__handle: 'q',
    chef__handle: 'c',
  });
  Restaurant.objects.filter({ createdAt__year: 2020, pk: 1, placePtrId: 1, id: 1 });
  Comment.objects.filter({ post__author__places__restaurant__pizza: true });
}
