import { Count, Cte, connection, F, FilteredRelation, OuterRef, Prefetch, Q } from 'nuages';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Any, closeWorld, expectRefused, forEach, Item, Owner, openWorld, PROTOTYPE_NAMES } from './world.js';

beforeAll(openWorld);
afterAll(closeWorld);
const prototype = Object.getOwnPropertyNames(Object.prototype).sort();
afterEach(() => expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototype));

const items = (): Any => Item.objects;

/** What attacked names in the past: of columns, aliases and options. */
const SQL_NAMES = [
  'injected_name" from "hostile_item"; --',
  "x' OR 1=1 --",
  'x`; DROP TABLE hostile_item',
  'a b',
  'a;b',
  'a--b',
  'a/*b*/',
  'a#b',
  'a$b',
  'a%b',
  'a.b',
  'tbl.col',
  'a,b',
  'a(b)',
  'a[b]',
  'a"b',
  "a'b",
  'a\\b',
  'a?b',
  'a:b',
  'a@b',
  'a\0b',
  'a\nb',
  'a\tb',
  'a\u007fb',
  'a\u0085b',
  'a\u2028b',
  '\ud800',
  ' ',
  '',
  '1a',
  'x'.repeat(300),
  'id" ASC, CAST((SELECT 1) AS int)--',
  "data'->>'a",
];

describe('H01 names given to expressions', () => {
  it('are identifiers and nothing else', async () => {
    const named = (name: string): Any => ({ [name]: F('size') });
    await expectRefused({
      ...forEach(SQL_NAMES, (name) => items().annotate(named(name)), 'annotate '),
      ...forEach(SQL_NAMES, (name) => items().alias(named(name)), 'alias '),
      ...forEach(SQL_NAMES, (name) => items().values(named(name)), 'values '),
      ...forEach(SQL_NAMES, (name) => items().aggregate({ [name]: Count('id') }), 'aggregate '),
      ...forEach(SQL_NAMES, (name) => items().annotate({ [name]: FilteredRelation('tags') }), 'FilteredRelation '),
      ...forEach(SQL_NAMES, (name) => (Cte as Any)(name, items().values('id')), 'Cte '),
      ...forEach(SQL_NAMES, (name) => items().values(name).union(items().values(name)), 'union '),
      ...forEach(SQL_NAMES, (name) => items().values(`data__x__${name}`).orderBy('nothing'), 'order '),
    });
  });

  it('may be words of any language and of SQL, which are quoted', async () => {
    for (const name of ['größe', 'размер', '大きさ', 'select', 'group', 'order', 'a1_b2', '_x', 'x'.repeat(63)]) {
      expect(
        await items()
          .annotate({ [name]: F('size') })
          .filter({ [name]: 1 })
          .orderBy(name)
          .values(name),
      ).toEqual([]);
    }
  });
});

describe('H02 names that mean something already', () => {
  it('are refused', async () => {
    const taken = [
      'id',
      'pk',
      'size',
      'owner',
      'ownerId',
      'tags',
      'save',
      'delete',
      'refreshFromDb',
      'constructor',
      'toString',
      '_state',
      'then',
    ];
    await expectRefused({
      ...forEach(taken, (name) => items().annotate({ [name]: F('size') }), 'annotate '),
      ...forEach(['id', 'pk', 'owner', 'tags', 'ownerId'], (name) => items().alias({ [name]: F('size') }), 'alias '),
      ...forEach(
        ['id', 'items', 'boss', 'staff'],
        (name) => (Owner as Any).objects.annotate({ [name]: FilteredRelation('items') }),
        'filtered ',
      ),
      ...forEach(
        ['owner', 'size', 'tags'],
        (name) => items().withCte((Cte as Any)(name, items().values('id')), { on: { id: 'id' } }),
        'cte ',
      ),
    });
  });
});

describe('H03 terms of an order', () => {
  it('are names of fields, `-` before them, `?` or expressions', async () => {
    const terms: Any[] = [
      'name; drop table hostile_item',
      'hostile_item.name',
      'name.id',
      '-',
      '--name',
      '?name',
      '-?',
      'name asc',
      'name nulls last',
      'name,size',
      '',
      ' name',
      'name ',
      '1',
      'RANDOM()',
      ['name'],
      { name: 'asc' },
      null,
      undefined,
      1,
      true,
      Symbol('name'),
      () => 'name',
      new String('name'),
      ...SQL_NAMES,
    ];
    await expectRefused(forEach(terms, (term) => items().orderBy(term)));
    await expectRefused(forEach(terms, (term) => items().earliest(term), 'earliest '));
  });
});

describe('H04 directions of an order', () => {
  it('cannot be given as text or data', async () => {
    const hostile: Any[] = [
      { dir: 'asc, (select 1)' },
      { descending: 'x' },
      { nulls: 'first' },
      JSON.parse('{"expression":"name","descending":true}'),
    ];
    await expectRefused(forEach(hostile, (term) => items().orderBy(term)));
    await expectRefused({
      dates: () => items().dates('day', 'year', 'ASC; --'),
      datetimes: () => items().datetimes('at', 'year', { order: 'ASC; --' }),
    });
  });
});

describe('H05 names of fields', () => {
  const names = [
    'nmae',
    'name"',
    "name'",
    'name; --',
    'owner__nmae',
    'a__b__c',
    '__',
    'name__',
    '__name',
    'owner____name',
    `${'a__'.repeat(1000)}b`,
    ...SQL_NAMES,
  ];
  const paths = names.filter((name) => name !== '');

  it('are those of the model, wherever they are given', async () => {
    await expectRefused({
      ...forEach(paths, (name) => items().filter({ [name]: 1 }), 'filter '),
      ...forEach(paths, (name) => items().exclude({ [name]: 1 }), 'exclude '),
      ...forEach(paths, (name) => items().get({ [name]: 1 }), 'get '),
      ...forEach(paths, (name) => items().filter((Q as Any)({ [name]: 1 })), 'Q '),
      ...forEach(names, (name) => items().update({ [name]: 1 }), 'update '),
      ...forEach(names, (name) => items().create({ [name]: 1 }), 'create '),
      ...forEach(names, (name) => new (Item as Any)({ [name]: 1 }), 'new '),
      ...forEach(names, (name) => items().only(name), 'only '),
      ...forEach(names, (name) => items().defer(name), 'defer '),
      ...forEach(names, (name) => items().values(name), 'values '),
      ...forEach(names, (name) => items().valuesList(name), 'valuesList '),
      ...forEach(names, (name) => items().inBulk([1], { fieldName: name }), 'inBulk '),
      ...forEach(names, (name) => items().selectRelated(name), 'selectRelated '),
      ...forEach(names, (name) => items().prefetchRelated(name), 'prefetchRelated '),
      ...forEach(names, (name) => items().prefetchRelated((Prefetch as Any)(name)), 'Prefetch '),
      ...forEach(names, (name) => items().annotate({ x: (F as Any)(name) }), 'F '),
      ...forEach(names, (name) => items().filter({ size: (F as Any)(name) }), 'F right '),
      ...forEach(names, (name) => items().annotate({ x: (Count as Any)(name) }), 'Count '),
      ...forEach(
        names,
        (name) =>
          items().filter({
            id__in: items()
              .filter({ size: (OuterRef as Any)(name) })
              .values('id'),
          }),
        'OuterRef ',
      ),
      ...forEach(names, (name) => items().distinct(name), 'distinct '),
      ...forEach(names, (name) => items().dates(name, 'year'), 'dates '),
      ...forEach(names, (name) => items().getOrCreate({ [name]: 1 }), 'getOrCreate '),
      ...forEach(names, (name) => items().getOrCreate({ size: 1 }, { defaults: { [name]: 1 } }), 'defaults '),
      ...forEach(names, (name) => items().updateOrCreate({ [name]: 1 }), 'updateOrCreate '),
      ...forEach(names, (name) => items().bulkUpdate([], [name]), 'bulkUpdate '),
      ...forEach(
        names,
        (name) =>
          items().bulkCreate([new (Item as Any)({ name: 'x' })], {
            updateConflicts: true,
            updateFields: [name],
            uniqueFields: ['id'],
          }),
        'bulkCreate ',
      ),
    });
  });

  it('are texts', async () => {
    const others: Any[] = [null, undefined, 1, {}, [], ['name'], Symbol('x'), () => 'name', new String('name')];
    await expectRefused({
      ...forEach(others.slice(1), (name) => items().only(name), 'only '),
      ...forEach(others.slice(1), (name) => items().defer(name), 'defer '),
      ...forEach(
        others.filter((each) => typeof each !== 'object' || Array.isArray(each) || each === null),
        (name) => items().values(name),
        'values ',
      ),
      ...forEach(others, (name) => (F as Any)(name), 'F '),
      ...forEach(others, (name) => items().distinct(name), 'distinct '),
      ...forEach(others.slice(1), (name) => items().selectRelated(name), 'selectRelated '),
      ...forEach(others.slice(1), (name) => items().prefetchRelated(name), 'prefetchRelated '),
      ...forEach(others.slice(2), (name) => items().inBulk([1], { fieldName: name }), 'inBulk '),
    });
  });
});

describe('H06 words of the query builder', () => {
  it('are no names of fields', async () => {
    const words = ['_connector', '_negated', 'connector', 'negated'];
    await expectRefused({
      ...forEach(words, (word) => items().filter(JSON.parse(`{"${word}":"OR 1=1 OR"}`)), 'filter '),
      ...forEach(words, (word) => items().exclude(JSON.parse(`{"${word}":true}`)), 'exclude '),
      ...forEach(words, (word) => items().get(JSON.parse(`{"${word}":true}`)), 'get '),
      ...forEach(words, (word) => items().filter((Q as Any)(JSON.parse(`{"${word}":true}`))), 'Q '),
    });
  });
});

describe('H07 names that every object has', () => {
  const own = (name: string, value: unknown): Any => JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);

  it('are unknown names', async () => {
    await expectRefused({
      ...forEach(PROTOTYPE_NAMES, (name) => items().filter(own(name, 1)), 'field '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().filter(own(`owner__${name}`, 1)), 'path '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().annotate({ x: F(`name__${name}`) }), 'transform '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().annotate(Object.fromEntries([[name, F('size')]])), 'alias '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().using(name).count(), 'database '),
      ...forEach(PROTOTYPE_NAMES, (name) => connection(name), 'connection '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().values(name), 'values '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().orderBy(name), 'orderBy '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().update(own(name, 1)), 'update '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().create(own(name, 1)), 'create '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().explain(own(name, true)), 'explain '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().selectRelated(name), 'selectRelated '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().prefetchRelated(name), 'prefetchRelated '),
      ...forEach(PROTOTYPE_NAMES, (name) => items().dates('day', name), 'kind '),
    });
  });

  it('are data inside JSON documents', async () => {
    const document = JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":1,"then":2,"toString":3,"hasOwnProperty":4}',
    );
    const made = await items().create({ data: document });
    const [{ data }] = await items().filter({ pk: made.pk });
    // PostgreSQL's jsonb keeps an order of keys of its own.
    expect(Object.entries(data).sort()).toEqual(Object.entries(document).sort());
    expect(Object.hasOwn(data, '__proto__')).toBe(true);
    expect(data.polluted).toBeUndefined();
    for (const [name, value] of Object.entries({
      constructor: 1,
      then: 2,
      toString: 3,
      hasOwnProperty: 4,
      __proto__polluted: null,
    })) {
      if (value !== null)
        expect(
          await items()
            .filter(own(`data__${name}`, value))
            .count(),
        ).toBe(1);
    }
    expect(await items().filter({ data__valueOf__isnull: false }).count()).toBe(0);
    expect(await items().filter({ data__has_key: '__proto__' }).count()).toBe(1);
    await made.delete();
  });
});

describe('H08 names of lookups', () => {
  it('are those that the field has', async () => {
    const lookups = [...PROTOTYPE_NAMES, 'nope', 'exact; --', "exact'", 'EXACT', 'icontains__icontains', 'gt__lt'];
    await expectRefused({
      ...forEach(lookups, (name) => items().filter({ [`name__${name}`]: 'x' }), 'text '),
      ...forEach(lookups, (name) => items().filter({ [`size__${name}`]: 1 }), 'number '),
      ...forEach(lookups, (name) => items().filter({ [`owner__${name}`]: 1 }), 'relation '),
      ...forEach(lookups, (name) => items().filter({ [`at__year__${name}`]: 1 }), 'transform '),
      proto: () => items().filter({ name____proto__: 'x' }),
    });
  });
});

describe('H10 databases and locks', () => {
  it('are named by alias and by relation', async () => {
    const names: Any[] = [
      'default; --',
      'DEFAULT',
      'other',
      '',
      ' ',
      1,
      null,
      {},
      ['default'],
      Symbol('x'),
      ...SQL_NAMES,
      ...PROTOTYPE_NAMES,
    ];
    await expectRefused({
      ...forEach(names, (name) => items().using(name).first(), 'using '),
      ...forEach(
        names.filter((name) => name !== null),
        (name) => connection(name),
        'connection ',
      ),
      ...forEach(
        names,
        (name) =>
          items()
            .selectForUpdate({ of: [name] })
            .first(),
        'of ',
      ),
      ...forEach(names, (name) => new (Item as Any)({ name: 'x' }).save({ using: name === null ? '' : name }), 'save '),
    });
  });
});
