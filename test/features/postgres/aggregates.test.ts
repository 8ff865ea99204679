import {
  BigIntegerField,
  BooleanField,
  CASCADE,
  CharField,
  Concat,
  Decimal,
  DecimalField,
  ExpressionWrapper,
  F,
  ForeignKey,
  IntegerField,
  OrderBy,
  OuterRef,
  RawSQL,
  Upper,
  Value,
} from 'nuages';
import {
  ArrayAgg,
  ArraySubquery,
  BitAnd,
  BitOr,
  BitXor,
  BoolAnd,
  BoolOr,
  Corr,
  CovarPop,
  JSONBAgg,
  RegrAvgX,
  RegrAvgY,
  RegrCount,
  RegrIntercept,
  RegrR2,
  RegrSlope,
  RegrSXX,
  RegrSXY,
  RegrSYY,
  StringAgg,
} from 'nuages/postgres';
import { captureQueries } from 'nuages/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Any } from '../../support/library.js';
import { model, targets } from './databases.js';

class Team extends model('league.Team', { name: CharField({ maxLength: 20 }) }) {}
class Player extends model('league.Player', {
  team: (ForeignKey as Any)('Team', { onDelete: CASCADE, relatedName: 'players' }),
  name: CharField({ maxLength: 20, null: true }),
  rank: IntegerField(),
  height: DecimalField({ maxDigits: 20, decimalPlaces: 4 }),
  steps: BigIntegerField({ default: 9007199254740993n }),
  isKeeper: BooleanField({ default: false }),
}) {}
const apps = { league: { Team, Player } };

describe.each(targets)('on $name', ({ setUp }) => {
  setUp(apps);
  beforeAll(async () => {
    const [red, blue] = [await Team.objects.create({ name: 'red' }), await Team.objects.create({ name: 'blue' })];
    await Team.objects.create({ name: 'none' });
    await Player.objects.create({ team: red, name: 'Ann', rank: 1, height: '1.8000', isKeeper: true });
    await Player.objects.create({ team: red, name: 'Bob', rank: 2, height: '1.7000' });
    await Player.objects.create({ team: blue, name: null, rank: 7, height: '123456789012345.6789' });
  });

  test('ArrayAgg gathers values, null among them', async () => {
    const teams = await Team.objects
      .annotate({ names: ArrayAgg('players__name', { orderBy: '-players__name' }), steps: ArrayAgg('players__steps') })
      .orderBy('id')
      .values('name', 'names', 'steps');
    const many = 9007199254740993n;
    expect(teams).toEqual([
      { name: 'red', names: ['Bob', 'Ann'], steps: [many, many] },
      { name: 'blue', names: [null], steps: [many] },
      { name: 'none', names: [null], steps: [null] },
    ]);
    const { heights, ranks, some, without, nothing } = await Player.objects.aggregate({
      heights: ArrayAgg('height', { orderBy: 'id' }),
      ranks: ArrayAgg('isKeeper', { distinct: true, orderBy: '-isKeeper' }),
      some: ArrayAgg('name', { filter: { rank__lt: 2 } }),
      without: ArrayAgg('name', { filter: { rank: 0 }, default: ['?'] }),
      nothing: ArrayAgg('name', { filter: { rank: 0 } }),
    });
    expect(heights).toEqual([new Decimal('1.8'), new Decimal('1.7'), new Decimal('123456789012345.6789')]);
    expect([ranks, some, without, nothing]).toEqual([[true, false], ['Ann'], ['?'], null]);
    expect(
      await Player.objects.none().aggregate({ all: ArrayAgg('name', { default: [] }), no: ArrayAgg('name') }),
    ).toEqual({ all: [], no: null });
  });

  test('an array is gathered of whole numbers that the database computes', async () => {
    const half = ExpressionWrapper(F('rank').div(2), { outputField: IntegerField() });
    expect(await Player.objects.aggregate({ halves: ArrayAgg(half, { orderBy: 'id' }) })).toEqual({
      halves: [0, 1, 3],
    });
  });

  test('distinct values are ordered by the expression that makes them, whatever values that has', async () => {
    const shouted = (mark: string) => Concat('name', Value(mark), Upper(Value('x')));
    const one = shouted('!');
    const odd = () => ExpressionWrapper(RawSQL`rank % ${2}::int`, { outputField: IntegerField() });
    const gathered = (distinct: boolean, mark: string) =>
      Player.objects.exclude({ name: null }).aggregate({
        same: ArrayAgg(one, { distinct, orderBy: one }),
        alike: ArrayAgg(shouted('?'), { distinct, orderBy: OrderBy(shouted(mark), { descending: true }) }),
        raw: ArrayAgg(odd(), { distinct, orderBy: odd() }),
        text: StringAgg(shouted('.'), Value(', '), { distinct, orderBy: [shouted('.').desc()] }),
      });
    const expected = { same: ['Ann!X', 'Bob!X'], alike: ['Bob?X', 'Ann?X'], raw: [0, 1], text: 'Bob.X, Ann.X' };
    // first with other values, so that no statement of theirs is taken for the one of the same values
    expect(await gathered(false, ',')).toEqual(expected);
    await expect(gathered(true, ',')).rejects.toThrow('ORDER BY expressions must appear in argument list');
    expect(await gathered(true, '?')).toEqual(expected);
    expect(await gathered(false, '?')).toEqual(expected);
  });

  test('distinct values of an annotation are ordered by its name', async () => {
    const named = Player.objects.annotate({ called: Concat('name', Value('!')) });
    expect(await named.aggregate({ all: ArrayAgg('called', { distinct: true, orderBy: '-called' }) })).toEqual({
      all: ['Bob!', 'Ann!', '!'],
    });
    expect(
      await Team.objects
        .annotate({
          all: ArrayAgg(Concat('players__name', Value('!')), {
            distinct: true,
            orderBy: Concat('players__name', Value('!')),
          }),
        })
        .orderBy('id')
        .valuesList('all', { flat: true }),
    ).toEqual([['Ann!', 'Bob!'], ['!'], ['!']]);
  });

  test('a gathered array can be asked like a column', async () => {
    const named = Team.objects.annotate({ ranks: ArrayAgg('players__rank', { orderBy: 'players__rank' }) });
    expect(await named.filter({ ranks__contains: [2] }).valuesList('name', { flat: true })).toEqual(['red']);
    expect(await named.filter({ ranks__len: 1, ranks__0: 7 }).valuesList('name', { flat: true })).toEqual(['blue']);
  });

  test('JSONBAgg keeps the digits of decimals and bigints', async () => {
    const { heights, steps, names, keepers } = await Player.objects.aggregate({
      heights: JSONBAgg('height', { orderBy: 'id' }),
      steps: JSONBAgg('steps', { distinct: true }),
      names: JSONBAgg('name', { orderBy: 'id' }),
      keepers: JSONBAgg('isKeeper', { orderBy: 'id' }),
    });
    expect(heights).toEqual(['1.8000', '1.7000', '123456789012345.6789']);
    expect(steps).toEqual(['9007199254740993']);
    expect(names).toEqual(['Ann', 'Bob', null]);
    expect(keepers).toEqual([true, false, false]);
  });

  test('truth values and bits are put together', async () => {
    const red = Player.objects.filter({ team__name: 'red' });
    expect(
      await red.aggregate({
        all: BoolAnd('isKeeper'),
        any: BoolOr('isKeeper'),
        and: BitAnd('rank'),
        or: BitOr('rank'),
        xor: BitXor('steps'),
        text: StringAgg('name', '; ', { orderBy: 'name' }),
      }),
    ).toEqual({ all: false, any: true, and: 0, or: 3, xor: 0n, text: 'Ann; Bob' });
    expect(
      await red.filter({ rank: 99 }).aggregate({ all: BoolAnd('isKeeper'), or: BitOr('rank', { default: 0 }) }),
    ).toEqual({ all: null, or: 0 });
    expect(await Player.objects.aggregate(BoolOr('isKeeper'))).toEqual({ isKeeper__boolor: true });
  });

  test('statistics of pairs', async () => {
    const red = Player.objects.filter({ team__name: 'red' });
    const found = await red.aggregate({
      corr: Corr('height', 'rank'),
      covar: CovarPop('height', 'rank'),
      sample: CovarPop('height', 'rank', { sample: true }),
      avgX: RegrAvgX('height', 'rank'),
      avgY: RegrAvgY('height', 'rank'),
      count: RegrCount('height', 'rank'),
      intercept: RegrIntercept('height', 'rank'),
      r2: RegrR2('height', 'rank'),
      slope: RegrSlope('height', 'rank'),
      sxx: RegrSXX('height', 'rank'),
      sxy: RegrSXY('height', 'rank'),
      syy: RegrSYY('height', 'rank'),
    });
    const expected = {
      corr: -1,
      covar: -0.025,
      sample: -0.05,
      avgX: 1.5,
      avgY: 1.75,
      count: 2,
      intercept: 1.9,
      r2: 1,
      slope: -0.1,
      sxx: 0.5,
      sxy: -0.05,
      syy: 0.005,
    };
    for (const [name, value] of Object.entries(expected)) expect(found[name]).toBeCloseTo(value, 10);
    expect(await red.none().aggregate({ n: RegrCount('height', 'rank'), r: Corr('height', 'rank') })).toEqual({
      n: 0,
      r: null,
    });
  });

  test('ArraySubquery keeps the order of its rows, and is empty where there are none', async () => {
    const names = Player.objects
      .filter({ teamId: OuterRef('pk') })
      .orderBy('-rank')
      .values('name');
    const { queries, result } = await captureQueries(() =>
      Team.objects
        .annotate({ names: ArraySubquery(names) })
        .orderBy('id')
        .values('name', 'names'),
    );
    expect(result).toEqual([
      { name: 'red', names: ['Bob', 'Ann'] },
      { name: 'blue', names: [null] },
      { name: 'none', names: [] },
    ]);
    expect(queries[0]!.sql).toContain('ARRAY(SELECT "U0"."name" FROM "league_player" "U0" WHERE');
    const heights = Player.objects.filter({ teamId: OuterRef('pk'), rank: 2 }).values('height');
    expect((await Team.objects.annotate({ all: ArraySubquery(heights) }).get({ name: 'red' })).all).toEqual([
      new Decimal('1.7'),
    ]);
  });

  test('a subquery of more than one column is refused', () => {
    const pairs = Player.objects.values('name', 'rank');
    expect(() => Team.objects.annotate({ x: ArraySubquery(pairs) })).toThrow(/1 selected field/);
  });
});
