import {
  atomic,
  Cast,
  CharField,
  Collate,
  Extract,
  F,
  Func,
  Lag,
  RowNumber,
  RowRange,
  StringAgg,
  Sum,
  Trunc,
  TruncMonth,
  Value,
  ValueRange,
  Window,
} from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Any, closeWorld, expectRefused, forEach, Item, openWorld, PROTOTYPE_NAMES } from './world.js';

beforeAll(openWorld);
afterAll(closeWorld);

const items = (): Any => Item.objects;
const hostile: Any[] = [
  "year', x) --",
  'year from now())',
  'year; DROP TABLE hostile_item',
  'YEAR',
  '',
  ' year',
  1,
  true,
  null,
  {},
  ['year'],
  { toString: () => 'year' },
  Symbol('year'),
  ...PROTOTYPE_NAMES,
];

describe('H09 words that become SQL', () => {
  it('are of a list: parts and kinds of dates', async () => {
    await expectRefused({
      ...forEach(hostile, (word) => items().annotate({ x: (Extract as Any)('at', word) }), 'Extract '),
      ...forEach(hostile, (word) => items().annotate({ x: (Trunc as Any)('at', word) }), 'Trunc '),
      ...forEach(hostile, (word) => items().dates('day', word), 'dates '),
      ...forEach(hostile, (word) => items().datetimes('at', word), 'datetimes '),
      ...forEach(
        hostile.filter((word) => word !== null),
        (zone) => items().annotate({ x: (TruncMonth as Any)('at', { tzinfo: zone }) }),
        'tzinfo ',
      ),
      ...forEach(
        hostile.filter((word) => word !== null),
        (zone) => items().datetimes('at', 'year', { tzinfo: zone }),
        'tzinfo ',
      ),
      ...forEach(
        ["Europe/Paris'", 'Europe/Paris; --', '+99:99', 'x'.repeat(1000)],
        (zone) => items().datetimes('at', 'year', { tzinfo: zone }),
        'zone ',
      ),
    });
  });

  it('are of a list: bounds and exclusions of frames', async () => {
    const bounds: Any[] = [
      '1',
      '1 PRECEDING',
      1.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** 60,
      1n,
      {},
      [],
      true,
      '0; --',
    ];
    await expectRefused({
      ...forEach(bounds, (bound) => (RowRange as Any)({ start: bound, end: 0 }), 'start '),
      ...forEach(bounds, (bound) => (RowRange as Any)({ start: 0, end: bound }), 'end '),
      ...forEach(bounds, (bound) => (ValueRange as Any)({ start: bound }), 'range '),
      ...forEach(
        hostile.filter((word) => word !== null),
        (word) => (RowRange as Any)({ start: 0, exclusion: word }),
        'exclusion ',
      ),
      ...forEach(
        bounds.filter((each) => each !== true),
        (bound) => items().annotate({ x: (Window as Any)((Lag as Any)('size', { offset: bound })) }),
        'offset ',
      ),
    });
  });

  it('are names: collations', async () => {
    const names: Any[] = [
      'nocase; --',
      'nocase"',
      "nocase'",
      'no case',
      '',
      'a.b.c',
      'x'.repeat(300),
      'nocase\0',
      null,
      1,
      {},
      ['nocase'],
    ];
    await expectRefused(forEach(names, (name) => items().annotate({ x: (Collate as Any)('name', name) })));
  });

  it('are fields: types of a cast', async () => {
    const types: Any[] = [
      'integer',
      'int); --',
      {},
      { columnType: { name: 'int); --' } },
      { columnType: { name: 'integer' }, toDb: 1, fromDb: 1 },
      null,
      undefined,
      1,
    ];
    await expectRefused(forEach(types, (type) => items().annotate({ x: (Cast as Any)('name', type) })));
  });

  it('are whole numbers: sizes of columns', async () => {
    const sizes: Any[] = ['1); --', -1, 1.5, Number.NaN, {}, 2 ** 60];
    await expectRefused(
      forEach(sizes, (maxLength) =>
        items()
          .annotate({ x: (Cast as Any)('name', (CharField as Any)({ maxLength })) })
          .first(),
      ),
    );
  });

  it('are of a list: locks, isolation levels and modes of transactions', async () => {
    const levels: Any[] = [
      'serializable; DROP TABLE x',
      'SERIALIZABLE',
      '',
      1,
      {},
      ['serializable'],
      ...PROTOTYPE_NAMES,
    ];
    await expectRefused({
      ...forEach(
        levels,
        (isolationLevel) => (atomic as Any)(async () => items().count(), { isolationLevel }),
        'level ',
      ),
      ...forEach(
        ['x', 1, {}],
        (value) => (atomic as Any)(async () => items().count(), { readOnly: value }),
        'readOnly ',
      ),
    });
  });

  it('are values: delimiters, literals and arguments', async () => {
    const text = "-', x) --";
    await items().create({ name: 'a' });
    await items().create({ name: 'b' });
    const { result, queries } = await captureQueries(() =>
      items().aggregate({ x: (StringAgg as Any)('name', Value(text), { orderBy: 'name' }) }),
    );
    expect(result).toEqual({ x: `a${text}b` });
    expect(queries[0]!.sql).not.toContain(text);
    await items().all().delete();
  });

  it('are checked: names and templates of functions of one’s own', async () => {
    const names: Any[] = ['LOWER(name); --', 'LOWER"', "LOWER'", 'a b', '', '1a', 1, {}, null];
    await expectRefused(
      forEach(
        names,
        (name) =>
          items()
            .annotate({ x: (Func as Any)('name', { function: name }) })
            .values('x')
            .first(),
        'function ',
      ),
    );
    await expectRefused(
      forEach(
        ['%(function)s(%(expressions)s)', 'X(%(x)s)'],
        (template) =>
          items()
            .annotate({ x: (Func as Any)('name', { function: 'LOWER', template }) })
            .first(),
        'template ',
      ),
    );
    expect(
      await items().annotate({
        x: (Window as Any)(RowNumber(), { orderBy: F('name').asc() }),
        y: (Sum as Any)('size'),
      }),
    ).toEqual([]);
  });
});
