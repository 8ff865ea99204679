import { Coalesce, connection, createTables, defineConfig, F, JSONField, JSONNull, Model, TextField } from 'nuages';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Any } from '../../support/library.js';
import { closeTestDatabase, openTestDatabase, testDatabaseKind } from '../../support/test-database.js';

class Doc extends (Model as Any)('documents.Doc', {
  name: TextField(),
  data: JSONField({ null: true }),
  other: JSONField({ null: true }),
}) {}

/** The same rows, written by an encoder. */
const encoder = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `é${value}` : value === 'seven' ? 7 : value;
class Coded extends (Model as Any)(
  'documents.Coded',
  { name: TextField(), data: JSONField({ encoder }) },
  { dbTable: 'documents_doc', managed: false },
) {}

const docs = (): Any => Doc.objects;

beforeAll(async () => {
  defineConfig({ apps: { documents: { Doc, Coded } }, databases: { default: await openTestDatabase() } } as Any);
  await createTables();
});
afterAll(closeTestDatabase);
afterEach(() => docs().all().delete());

/** SQLite compares documents as the texts that they are. */
const testByValue = test.skipIf(testDatabaseKind() === 'sqlite');

const store = async (documents: Record<string, unknown>): Promise<void> => {
  for (const [name, data] of Object.entries(documents)) await docs().create({ name, data });
};
/** A document as another program wrote it. */
const storeText = (name: string, text: string): Promise<unknown> =>
  connection().execute`INSERT INTO documents_doc (name, data) VALUES (${name}, ${text})`;
const names = (query: Any): Promise<string[]> => query.orderBy('pk').valuesList('name', { flat: true });
const found = (conditions: object): Promise<string[]> => names(docs().filter(conditions));
const others = (conditions: object): Promise<string[]> => names(docs().exclude(conditions));

describe('documents are equal when they are equal as JSON', () => {
  testByValue('whatever the order of their keys', async () => {
    await store({
      one: { a: 1, b: { c: [1, 2], d: null } },
      two: { b: { d: null, c: [1, 2] }, a: 1 },
      three: { a: 1 },
    });
    const document = { b: { c: [1, 2], d: null }, a: 1 };
    expect(await found({ data: document })).toEqual(['one', 'two']);
    expect(await others({ data: document })).toEqual(['three']);
    expect(await found({ data__b: { d: null, c: [1, 2] } })).toEqual(['one', 'two']);
    expect(await found({ data__in: [document, { x: 1 }] })).toEqual(['one', 'two']);
    expect(await others({ data__in: [document, { x: 1 }] })).toEqual(['three']);
    expect(await found({ data__b__in: [{ d: null, c: [1, 2] }, 'x'] })).toEqual(['one', 'two']);
  });

  test('but not with lists in another order, with more members or with others', async () => {
    await store({ one: { a: [1, 2], b: 1 } });
    for (const data of [{ a: [2, 1], b: 1 }, { a: [1, 2] }, { a: [1, 2], b: 1, c: 1 }, { a: [1, 2], b: '1' }, {}, []]) {
      expect([data, await found({ data })]).toEqual([data, []]);
      expect([data, await found({ data__in: [data] })]).toEqual([data, []]);
    }
    for (const part of [[2, 1], [1], ['1', '2'], { 0: 1, 1: 2 }]) {
      expect([part, await found({ data__a: part })]).toEqual([part, []]);
    }
  });

  testByValue('with numbers that are written otherwise', async () => {
    await storeText('plus', '{"f": 1e+20}');
    await storeText('digits', '{"f":100000000000000000000}');
    await storeText('fraction', '{"f": 5.0}');
    await storeText('small', '{"f": 1e-07}');
    await storeText('zero', '{"f": -0.0}');
    await storeText('precise', '{"f": 0.30000000000000004}');
    expect(await found({ data__f: 1e20 })).toEqual(['plus', 'digits']);
    expect(await others({ data__f: 1e20 })).toEqual(['fraction', 'small', 'zero', 'precise']);
    expect(await found({ data: { f: 1e20 } })).toEqual(['plus', 'digits']);
    expect(await found({ data__f: 5 })).toEqual(['fraction']);
    expect(await found({ data__f: 1e-7 })).toEqual(['small']);
    expect(await found({ data__f: 0 })).toEqual(['zero']);
    expect(await found({ data__f: 0.30000000000000004 })).toEqual(['precise']);
    expect(await found({ data__f: 0.3 })).toEqual([]);
    expect(await found({ data__f__in: [5, 1e20, 'x'] })).toEqual(['plus', 'digits', 'fraction']);
    expect(await others({ data__f__in: [5, 1e20, 'x'] })).toEqual(['small', 'zero', 'precise']);
    expect(await found({ data__in: [{ f: 1e-7 }, { f: 0.30000000000000004 }] })).toEqual(['small', 'precise']);
  });

  testByValue('where lists are longer than a statement writes out', async () => {
    await storeText('one', '{"b": 1e+20, "a": 1}');
    const list = Array.from({ length: 1500 }, (_, index) => ({ a: index, b: 1e20 }));
    expect(await found({ data__in: list })).toEqual(['one']);
    expect(await found({ data__in: list.slice(2) })).toEqual([]);
  });

  test('with letters of every kind', async () => {
    const strings = [
      'é',
      '😀',
      '名',
      '\u2028',
      'a"b',
      'a\\b',
      'a/b',
      '\t\u0001\u000b',
      '',
      ' a ',
      'É',
      '[1]',
      '{}',
      'null',
    ];
    await store(Object.fromEntries(strings.map((value) => [`${value}.`, { [`k${value}`]: value, a: value }])));
    for (const value of strings) {
      const name = [value, [`${value}.`]];
      expect([value, await found({ data: { [`k${value}`]: value, a: value } })]).toEqual(name);
      expect([value, await found({ data__in: [{ [`k${value}`]: value, a: value }] })]).toEqual(name);
      expect([value, await found({ data__a: value })]).toEqual(name);
      expect([value, await found({ data__a__in: [value, 5, { a: 1 }] })]).toEqual(name);
    }
  });

  testByValue('where another program escapes what it writes', async () => {
    await storeText('part', '{"a": "\\u00e9"}');
    await storeText('whole', '"\\u00e9"');
    expect(await found({ data__a: 'é' })).toEqual(['part']);
    expect(await found({ data__a__in: ['é', 1] })).toEqual(['part']);
    expect(await found({ data: 'é' })).toEqual(['whole']);
  });

  test('where they are null, true, false, empty or not there', async () => {
    await docs().create({ name: 'nothing', data: null });
    await store({
      null: JSONNull,
      member: { a: null },
      true: { a: true },
      false: { a: false },
      no: {},
      list: { a: [] },
    });
    expect(await found({ data: null })).toEqual(['null']);
    expect(await found({ data__isnull: true })).toEqual(['nothing']);
    expect(await found({ data__a: null })).toEqual(['member']);
    expect(await found({ data__a: true })).toEqual(['true']);
    expect(await found({ data__a: false })).toEqual(['false']);
    expect(await found({ data__a: [] })).toEqual(['list']);
    expect(await found({ data__a: {} })).toEqual([]);
    expect(await found({ data: {} })).toEqual(['no']);
    expect(await found({ data__a__in: [true, []] })).toEqual(['true', 'list']);
    expect(await found({ data__in: [{}, JSONNull] })).toEqual(['null', 'no']);
  });

  testByValue('beside other documents and expressions', async () => {
    await docs().create({ name: 'same', data: { a: 1, b: { x: 1, y: 2 } }, other: { b: { y: 2, x: 1 }, a: 1 } });
    await docs().create({ name: 'else', data: { a: 1 }, other: { a: 2 } });
    expect(await found({ data: F('other') })).toEqual(['same']);
    expect(await found({ data__b: F('other__b') })).toEqual(['same']);
    const either = docs().annotate({ either: Coalesce('data', 'other') });
    expect(await names(either.filter({ either__in: [{ a: 1 }] }))).toEqual(['else']);
    expect(await names(either.filter({ either__in: [{ b: { y: 2, x: 1 }, a: 1 }] }))).toEqual(['same']);
  });

  test('by the same call for values of every kind, one after the other', async () => {
    await store({ number: { a: 1 }, string: { a: 'x' }, list: { a: [1] }, object: { a: { b: 1, c: 2 } } });
    const kinds: [unknown, string][] = [
      [1, 'number'],
      ['x', 'string'],
      [[1], 'list'],
      [{ b: 1, c: 2 }, 'object'],
    ];
    for (const order of [kinds, [...kinds].reverse(), kinds]) {
      for (const [value, name] of order) {
        expect(await found({ data__a: value })).toEqual([name]);
        expect(await found({ data__a__in: [value, 'none'] })).toEqual([name]);
        expect(await found({ data__a__in: ['none', value] })).toEqual([name]);
        expect(await others({ data__a: value })).toEqual(kinds.map(([, each]) => each).filter((each) => each !== name));
      }
    }
  });

  test('where an encoder writes something else than was given', async () => {
    await storeText('string', '{"a":"\\u00e95"}');
    await storeText('number', '{"a":7}');
    const coded = (conditions: object): Promise<string[]> => names((Coded as Any).objects.filter(conditions));
    expect(await coded({ data__a: 5n })).toEqual(['string']);
    expect(await coded({ data__a: 'seven' })).toEqual(['number']);
    expect(await coded({ data__a__in: ['seven', 5n] })).toEqual(['string', 'number']);
  });
});
