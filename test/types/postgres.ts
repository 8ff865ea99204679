import { type Decimal, F, OuterRef, type Temporal, Value } from 'nuages';
import * as p from 'nuages/postgres';
import { check, type Same } from './assertions.js';
import { Booking, House } from './library/rentals.js';

export async function values() {
  const house = await House.objects.get({ pk: 1 });
  check<Same<typeof house.tags, string[]>>();
  check<Same<typeof house.scores, (number | null)[] | null>>();
  check<Same<typeof house.prices, Decimal[]>>();
  check<Same<typeof house.grid, number[][] | null>>();
  check<Same<typeof house.status, ('a' | 'b')[]>>();
  check<Same<typeof house.openDays, Temporal.PlainDate[]>>();
  check<Same<typeof house.notes, { text: string }[]>>();
  check<Same<typeof house.labels, p.HStore>>();
  house.tags.push('new');
  const booking = await Booking.objects.get({ pk: 1 });
  check<Same<typeof booking.stay, p.Range<Temporal.PlainDate>>>();
  check<Same<typeof booking.held, p.Range<Date> | null>>();
  check<Same<typeof booking.stay.lower, Temporal.PlainDate | null>>();

  const row = (
    await House.objects.values(
      'tags',
      'tags__0',
      'tags__len',
      'tags__0_2',
      'scores__len',
      'grid__0',
      'grid__0__1',
      'labels__os',
      'labels__keys',
      'labels__values',
      'bookings__stay__startswith',
      'bookings__stay__isempty',
    )
  )[0]!;
  check<Same<typeof row.tags, string[]>>();
  check<Same<typeof row.tags__0, string | null>>();
  check<Same<typeof row.tags__len, number>>();
  check<Same<typeof row.tags__0_2, string[]>>();
  check<Same<typeof row.scores__len, number | null>>();
  check<Same<typeof row.grid__0, number[] | null>>();
  check<Same<typeof row.grid__0__1, number | null>>();
  check<Same<typeof row.labels__os, string | null>>();
  check<Same<typeof row.labels__keys, string[]>>();
  check<Same<typeof row.labels__values, (string | null)[]>>();
  check<Same<typeof row.bookings__stay__startswith, Temporal.PlainDate | null>>();
  check<Same<typeof row.bookings__stay__isempty, boolean | null>>();
  // @ts-expect-error: no transform of an array is called so
  House.objects.values('tags__length');
  // @ts-expect-error: nor of a range
  Booking.objects.values('stay__lower');
}

export function writes() {
  void House.objects.create({
    name: 'Mill',
    tags: ['a', 'b'],
    scores: [1, null],
    prices: ['1.50', 2],
    grid: [
      [1, 2],
      [3, 4],
    ],
    status: ['a'],
    openDays: ['2025-01-01'],
    notes: [{ text: 'x' }],
    labels: { os: 'linux', zone: null, rack: 7 },
  });
  void House.objects.update({ tags: ['a'], scores: null, labels: { a: 'b' } });
  void House.objects.update({ tags: F('tags') });
  void Booking.objects.create({ houseId: 1, stay: ['2025-01-01', '2025-01-08'], price: p.Range('1.50', null, '()') });
  void Booking.objects.create({ houseId: 1, stay: p.Range.empty(), guests: [1, null], code: p.Range(1n, 2n) });
  // @ts-expect-error: prices are required
  void House.objects.create({ name: 'Mill' });
  // @ts-expect-error: tags are texts
  void House.objects.create({ name: 'Mill', prices: [], tags: [1] });
  // @ts-expect-error: no null among them
  void House.objects.create({ name: 'Mill', prices: [], tags: ['a', null] });
  // @ts-expect-error: no other choice
  void House.objects.create({ name: 'Mill', prices: [], status: ['c'] });
  // @ts-expect-error: one dimension is missing
  void House.objects.create({ name: 'Mill', prices: [], grid: [1, 2] });
  // @ts-expect-error: hstore holds texts
  void House.objects.create({ name: 'Mill', prices: [], labels: { a: {} } });
  // @ts-expect-error: a range has two bounds
  void Booking.objects.create({ houseId: 1, stay: ['2025-01-01'] });
  // @ts-expect-error: of dates
  void Booking.objects.create({ houseId: 1, stay: p.Range(1, 2) });
  // @ts-expect-error: there are no such bounds
  p.Range(1, 2, '[[');
}

export function arrayLookups() {
  void House.objects.filter({ tags: ['a'], scores: null, prices: ['1.50'] });
  void House.objects.filter({ tags__contains: ['a', F('name')], tags__contained_by: ['a'], tags__overlap: ['x'] });
  void House.objects.filter({ tags__overlap: House.objects.values('name'), tags__contains: F('tags') });
  void House.objects.filter({ tags__len: 2, tags__len__gt: 1, tags__len__in: [1, 2], tags__isnull: false });
  void House.objects.filter({
    tags__0: 'a',
    tags__0__startswith: 'a',
    tags__0_2: ['a', 'b'],
    tags__0_2__contains: ['a'],
  });
  void House.objects.filter({ grid__0: [1, 2], grid__0__1: 2, grid__contains: [[1, 2]], grid__0__len: 2 });
  void House.objects.filter({ prices__0__gt: '1.50', openDays__0__year: 2025, openDays__contains: ['2025-01-01'] });
  void House.objects.filter({ tags__in: [['a'], ['b', 'c']], notes__0__text: 'x' });
  void Booking.objects.filter({ house__tags__contains: ['a'], house__grid__0__0: 1 });
  void House.objects.orderBy('-tags__len', 'tags__0');
  // @ts-expect-error: an array contains arrays' elements, not a text
  void House.objects.filter({ tags__contains: 'a' });
  // @ts-expect-error: tags are texts
  void House.objects.filter({ tags__contains: [1] });
  // @ts-expect-error: tags are never null
  void House.objects.filter({ tags: null });
  // @ts-expect-error: an array has no such lookup
  void House.objects.filter({ tags__icontains: 'a' });
  // @ts-expect-error: did you mean overlap?
  void House.objects.filter({ tags__overlaps: ['a'] });
  // @ts-expect-error: len is a number
  void House.objects.filter({ tags__len: '2' });
  // @ts-expect-error: an element is a text
  void House.objects.filter({ tags__0: 1 });
  // @ts-expect-error: an element of a grid is an array
  void House.objects.filter({ grid__0: 1 });
  // @ts-expect-error: dates have no such transform
  void House.objects.filter({ openDays__0__years: 2025 });
}

export function rangeLookups() {
  void Booking.objects.filter({
    stay__contains: '2025-01-03',
    guests__contains: 2,
    code__contains: 2n,
    price__contains: '1.50',
  });
  void Booking.objects.filter({ stay__contains: ['2025-01-01', null], guests__overlap: p.Range(1, 3), guests: null });
  void Booking.objects.filter({ guests__contained_by: [0, 9], guests__fully_lt: [0, 9], guests__fully_gt: [0, 9] });
  void Booking.objects.filter({ guests__not_lt: [0, 9], guests__not_gt: [0, 9], guests__adjacent_to: [0, 9] });
  void Booking.objects.filter({
    stay__startswith: '2025-01-01',
    stay__startswith__gte: '2025-01-01',
    stay__endswith__year: 2025,
  });
  void Booking.objects.filter({
    stay__isempty: false,
    held__upper_inf: true,
    held__lower_inc: true,
    held__isnull: true,
  });
  void Booking.objects.filter({
    held__contains: new Date(),
    stay__overlap: F('stay'),
    guests__contains: F('house__id'),
  });
  void House.objects.filter({ id__contained_by: [1, 9], openDays__0__contained_by: p.Range('2025-01-01', null) });
  void Booking.objects.filter({ stay__startswith__contained_by: F('stay') });
  // @ts-expect-error: texts have no ranges
  void House.objects.filter({ name__contained_by: ['a', 'b'] });
  // @ts-expect-error: a number is in no range of texts
  void House.objects.filter({ id__contained_by: ['a', 'b'] });
  // @ts-expect-error: a number is not in a range of days
  void Booking.objects.filter({ stay__contains: 3 });
  // @ts-expect-error: a single value overlaps nothing
  void Booking.objects.filter({ guests__overlap: 3 });
  // @ts-expect-error: true or false
  void Booking.objects.filter({ stay__isempty: 'no' });
  // @ts-expect-error: no lookup of a range
  void Booking.objects.filter({ stay__icontains: 'x' });
  // @ts-expect-error: a bound is a date
  void Booking.objects.filter({ stay__startswith__gte: 3 });
}

export function hstoreLookups() {
  void House.objects.filter({
    labels__os: 'linux',
    labels__os__icontains: 'nux',
    labels__has_key: 'os',
    labels__has_keys: ['a', 'b'],
  });
  void House.objects.filter({
    labels__contains: { os: 'linux' },
    labels__contained_by: { os: 'linux', a: null },
    labels__has_any_keys: ['a'],
  });
  void House.objects.filter({ labels__keys__contains: ['os'], labels__values__len: 2, labels: {} });
  // @ts-expect-error: a value is a text
  void House.objects.filter({ labels__os: 3 });
  // @ts-expect-error: several keys are a list
  void House.objects.filter({ labels__has_keys: 'os' });
  // @ts-expect-error: values are texts
  void House.objects.filter({ labels__contains: { os: {} } });
}

export async function aggregates() {
  const all = await House.objects.aggregate({
    names: p.ArrayAgg('name', { orderBy: '-name', distinct: true }),
    sure: p.ArrayAgg('name', { default: [] }),
    stays: p.ArrayAgg('bookings__stay'),
    json: p.JSONBAgg('name'),
    open: p.BoolAnd('isOpen'),
    any: p.BoolOr('isOpen', { default: Value(false) }),
    bits: p.BitOr('id'),
    r: p.Corr('id', 'bookings__id'),
    n: p.RegrCount('id', 'bookings__id'),
    text: p.StringAgg('name', ', '),
  });
  check<Same<typeof all.names, string[] | null>>();
  check<Same<typeof all.sure, string[]>>();
  check<Same<typeof all.stays, (p.Range<Temporal.PlainDate> | null)[] | null>>();
  check<Same<typeof all.json, string[] | null>>();
  check<Same<typeof all.open, boolean | null>>();
  check<Same<typeof all.any, boolean>>();
  check<Same<typeof all.bits, number | null>>();
  check<Same<typeof all.r, number | null>>();
  check<Same<typeof all.n, number>>();
  check<Same<typeof all.text, string | null>>();
  const row = (
    await House.objects.annotate({
      guests: p.ArrayAgg('bookings__guests'),
      open: p.ArrayAgg('name', { filter: { isOpen: true } }),
      mine: p.ArraySubquery(Booking.objects.filter({ houseId: OuterRef('pk') }).values('stay')),
      uuid: p.RandomUUID(),
    })
  )[0]!;
  check<Same<typeof row.guests, (p.Range<number> | null)[]>>();
  check<Same<typeof row.open, string[] | null>>();
  check<Same<typeof row.mine, p.Range<Temporal.PlainDate>[]>>();
  check<Same<typeof row.uuid, string>>();
  // @ts-expect-error: there is no such field
  void House.objects.aggregate({ names: p.ArrayAgg('nam') });
  // @ts-expect-error: there is no such field
  void House.objects.aggregate({ r: p.Corr('id', 'bookings__idd') });
  // @ts-expect-error: an array needs the field of its elements
  p.ArrayField({ size: 3 });
  // @ts-expect-error: there is no such option
  p.ArrayField(Booking, { length: 3 });
}

export function annotations() {
  const houses = House.objects.annotate({
    stays: F('bookings__stay'),
    names: p.ArrayAgg('name'),
    tagged: F('tags__0'),
  });
  void houses.filter({ stays__contains: '2025-01-01', stays__startswith__year: 2025, tagged__startswith: 'a' });
  void houses.filter({ names__contains: ['a'], names__len: 1, names__0: 'a' });
  // @ts-expect-error: a number is not in a range of days
  void houses.filter({ stays__contains: 3 });
  // @ts-expect-error: a tag is a text
  void houses.filter({ tagged: 3 });
}
