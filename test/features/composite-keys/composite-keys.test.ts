import { Case, Count, Exact, Exists, F, In, Lower, Max, not, OuterRef, Q, Sum, Value, When } from 'nuages';
import { captureQueries, expectQueries } from 'nuages/testing';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabaseKind } from '../../support/test-database.js';
import { type Any, closeLeague, openLeague, Player, Rate, Team } from './models.js';

const P: Any = Player;
const T: Any = Team;
const R: Any = Rate;

let reds: Any;
let blues: Any;
let empty: Any;

beforeAll(openLeague);
afterAll(closeLeague);
beforeEach(async () => {
  await T.objects.all().delete();
  await R.objects.all().delete();
  reds = await T.objects.create({ name: 'Reds' });
  blues = await T.objects.create({ name: 'Blues' });
  empty = await T.objects.create({ name: 'Empty' });
  await P.objects.bulkCreate([
    new P({ team: reds, shirt: 1, name: 'Ann', goals: 5 }),
    new P({ team: reds, shirt: 2, name: 'Bea', goals: 0 }),
    new P({ team: reds, shirt: 9, name: 'Cy', goals: 7, mentor: blues }),
    new P({ team: blues, shirt: 1, name: 'Dee', goals: 2 }),
    new P({ team: blues, shirt: 3, name: 'Eve', goals: 5 }),
  ]);
});

const names = async (rows: Any): Promise<string[]> => rows.orderBy('name').valuesList('name', { flat: true });
const refused = async (make: () => unknown, name: string, text?: RegExp): Promise<void> => {
  let caught: Any = null;
  try {
    await make();
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ name });
  if (text !== undefined) expect(caught.message).toMatch(text);
};

describe('the pk of an instance', () => {
  it('is an array of the values of its fields', () => {
    const player = new P({ team: reds, shirt: 4 });
    expect(player.pk).toEqual([reds.pk, 4]);
    expect(new P({}).pk).toEqual([null, null]);
  });

  it('sets its fields', () => {
    const player = new P({});
    player.pk = [blues.pk, 7];
    expect([player.teamId, player.shirt]).toEqual([blues.pk, 7]);
    player.pk = null;
    expect([player.teamId, player.shirt]).toEqual([null, null]);
    expect(new P({ pk: [reds.pk, 8] }).shirt).toBe(8);
  });

  it('refuses what is no array of as many values', async () => {
    await refused(() => new P({ pk: [1] }), 'ValueError', /array of 2 values \(team, shirt\).*given 1/);
    await refused(() => {
      new P({}).pk = 3;
    }, 'ValueError');
  });

  it('tells rows apart by all of its values', async () => {
    const [first, second] = await P.objects.filter({ team: reds }).orderBy('pk');
    expect(first.equals(await P.objects.get({ pk: first.pk }))).toBe(true);
    expect(first.equals(second)).toBe(false);
    expect(new P({}).equals(new P({}))).toBe(false);
    expect(String(first)).toBe(`Player object (${reds.pk}, 1)`);
  });
});

describe('filter()', () => {
  it('compares the parts with an array', async () => {
    const { queries } = await captureQueries(() => P.objects.get({ pk: [reds.pk, 2] }));
    const { sql } = queries[0]!;
    expect(sql.replaceAll('`', '"')).toMatch(/WHERE "league_player"."team_id" = \S+ AND "league_player"."shirt" = \S+/);
    expect((await P.objects.get({ pk: [reds.pk, 2] })).name).toBe('Bea');
    expect((await P.objects.get({ pk: [`${blues.pk}`, '3'] })).name).toBe('Eve');
    await refused(() => P.objects.get({ pk: [reds.pk, 44] }), 'DoesNotExist');
    expect(await names(P.objects.exclude({ pk: [reds.pk, 2] }))).toEqual(['Ann', 'Cy', 'Dee', 'Eve']);
  });

  it('orders keys by the first part that differs', async () => {
    expect(await names(P.objects.filter({ pk__gt: [reds.pk, 2] }))).toEqual(['Cy', 'Dee', 'Eve']);
    expect(await names(P.objects.filter({ pk__gte: [reds.pk, 2] }))).toEqual(['Bea', 'Cy', 'Dee', 'Eve']);
    expect(await names(P.objects.filter({ pk__lt: [blues.pk, 1] }))).toEqual(['Ann', 'Bea', 'Cy']);
    expect(await names(P.objects.filter({ pk__lte: [blues.pk, 1] }))).toEqual(['Ann', 'Bea', 'Cy', 'Dee']);
    expect(await names(P.objects.exclude({ pk__gt: [reds.pk, 2] }))).toEqual(['Ann', 'Bea']);
  });

  it('takes lists of keys as one condition', async () => {
    const keys = [
      [reds.pk, 1],
      [blues.pk, 3],
      [blues.pk, 44],
      [reds.pk, null],
    ];
    expect(await names(P.objects.filter({ pk__in: keys }))).toEqual(['Ann', 'Eve']);
    expect(await names(P.objects.exclude({ pk__in: keys }))).toEqual(['Bea', 'Cy', 'Dee']);
    await expectQueries(0, async () => expect(await P.objects.filter({ pk__in: [] })).toEqual([]));
    await expectQueries(0, async () => expect(await P.objects.filter({ pk__in: [[null, 1]] })).toEqual([]));
    expect(await P.objects.exclude({ pk__in: [] }).count()).toBe(5);
    const many = Array.from({ length: 5000 }, (_, index) => [reds.pk, index]);
    expect(await P.objects.filter({ pk__in: many }).count()).toBe(3);
  });

  it('takes querysets of keys', async () => {
    const scorers = P.objects.filter({ goals__gte: 5 });
    for (const rows of [scorers, scorers.values('pk'), scorers.valuesList('team', 'shirt'), scorers.valuesList('pk')])
      expect(await names(P.objects.filter({ pk__in: rows }))).toEqual(['Ann', 'Cy', 'Eve']);
    expect(await names(P.objects.exclude({ pk__in: scorers }))).toEqual(['Bea', 'Dee']);
    const best = P.objects.orderBy('-goals');
    expect(await names(P.objects.filter({ pk__in: best.slice(0, 1) }))).toEqual(['Cy']);
    expect(await names(P.objects.filter({ pk: best.slice(0, 1) }))).toEqual(['Cy']);
    expect(await names(P.objects.filter({ pk__in: P.objects.none() }))).toEqual([]);
  });

  it('takes other keys and expressions', async () => {
    expect(await names(P.objects.filter({ pk: F('pk') }))).toHaveLength(5);
    expect(await names(P.objects.filter({ pk: [F('team'), 1] }))).toEqual(['Ann', 'Dee']);
    expect(await names(P.objects.filter({ pk__gt: [F('team'), 2] }))).toEqual(['Cy', 'Eve']);
    expect(await names(P.objects.filter({ pk__in: [F('pk')] }))).toHaveLength(5);
    expect(await names(P.objects.filter({ pk__in: [[reds.pk, 1], F('pk')] }))).toHaveLength(5);
    const same = P.objects.filter({ pk: OuterRef('pk'), goals__gt: 4 });
    expect(await names(P.objects.filter(Exists(same)))).toEqual(['Ann', 'Cy', 'Eve']);
    expect(await names(P.objects.filter(not(Exists(same))))).toEqual(['Bea', 'Dee']);
    expect(await names(P.objects.filter(Exact('pk', [reds.pk, 9])))).toEqual(['Cy']);
    expect(await names(P.objects.filter(In('pk', [[reds.pk, 9]])))).toEqual(['Cy']);
  });

  it('is never null, unless the row is missing', async () => {
    expect(await P.objects.filter({ pk__isnull: true }).count()).toBe(0);
    expect(await P.objects.filter({ pk__isnull: false }).count()).toBe(5);
    expect(await T.objects.filter({ players__pk__isnull: true }).valuesList('name', { flat: true })).toEqual(['Empty']);
    expect(await T.objects.filter({ players__isnull: true }).valuesList('name', { flat: true })).toEqual(['Empty']);
  });

  it('reads values again when a plan is used again', async () => {
    const one = async (pk: unknown): Promise<unknown> => (await P.objects.get({ pk })).name;
    expect([await one([reds.pk, 1]), await one([blues.pk, 1]), await one([reds.pk, 9])]).toEqual(['Ann', 'Dee', 'Cy']);
    const among = (keys: unknown): Promise<string[]> => names(P.objects.filter({ pk__in: keys }));
    expect(await among([[reds.pk, 1]])).toEqual(['Ann']);
    expect(
      await among([
        [blues.pk, 3],
        [reds.pk, 2],
      ]),
    ).toEqual(['Bea', 'Eve']);
  });

  it('refuses what cannot be a key', async () => {
    await refused(() => P.objects.filter({ pk: [1] }), 'ValueError', /array of 2 values/);
    await refused(() => P.objects.filter({ pk: 1 }), 'ValueError');
    await refused(() => P.objects.filter({ pk: null }), 'ValueError');
    await refused(() => P.objects.filter({ pk__in: [1, 2] }), 'ValueError');
    await refused(() => P.objects.filter({ pk__in: [[1, 2, 3]] }), 'ValueError');
    await refused(() => P.objects.filter({ pk__in: null }), 'ValueError');
    await refused(() => P.objects.filter({ pk: ['x', 1] }), 'ValueError', /'team' expected a number/);
    await refused(() => P.objects.filter({ pk: F('shirt') }), 'ValueError');
    await refused(() => P.objects.filter({ pk__in: P.objects.values('shirt') }), 'ValueError', /2 selected fields/);
    await refused(() => P.objects.filter({ shirt__in: P.objects.values('pk') }), 'ValueError', /1 selected field /);
    await refused(
      () => P.objects.filter({ pk__contains: [1, 2] }),
      'FieldError',
      /exact, gt, gte, lt, lte, in, isnull/,
    );
    await refused(
      () =>
        P.objects.filter({
          pk__range: [
            [1, 2],
            [3, 4],
          ],
        }),
      'FieldError',
    );
    await refused(() => P.objects.filter({ pk__shirt: 1 }), 'FieldError');
  });

  it('crosses relations', async () => {
    const teams = (condition: unknown): Promise<string[]> => names(T.objects.filter(condition).distinct());
    expect(await teams({ players: [reds.pk, 1] })).toEqual(['Reds']);
    expect(await teams({ players__pk: [blues.pk, 1] })).toEqual(['Blues']);
    expect(await teams({ players: await P.objects.get({ pk: [blues.pk, 3] }) })).toEqual(['Blues']);
    expect(await teams({ players__in: await P.objects.filter({ team: reds }) })).toEqual(['Reds']);
    expect(await teams({ players__in: P.objects.filter({ goals: 5 }) })).toEqual(['Blues', 'Reds']);
    expect(await names(T.objects.exclude({ players: [reds.pk, 1] }))).toEqual(['Blues', 'Empty']);
    expect(await names(T.objects.exclude({ players__goals: 7 }))).toEqual(['Blues', 'Empty']);
    await refused(() => T.objects.filter({ players: new P({ team: reds }) }), 'ValueError', /save it first/);
  });

  it('stands in conditions inside expressions', async () => {
    const marked = P.objects.annotate({
      isFirst: Case([When({ pk: [reds.pk, 1] }, Value('yes'))], { default: Value('no') }),
    });
    expect(await marked.filter({ isFirst: 'yes' }).valuesList('name', { flat: true })).toEqual(['Ann']);
    expect(await names(P.objects.filter(Q({ pk: [reds.pk, 1] }).or({ pk: [blues.pk, 1] })))).toEqual(['Ann', 'Dee']);
  });
});

describe('rows', () => {
  it('are ordered by the parts', async () => {
    const keys = async (rows: Any): Promise<unknown> => rows.valuesList('pk', { flat: true });
    const all = [
      [reds.pk, 1],
      [reds.pk, 2],
      [reds.pk, 9],
      [blues.pk, 1],
      [blues.pk, 3],
    ];
    expect(await keys(P.objects.orderBy('pk'))).toEqual(all);
    expect(await keys(P.objects.orderBy('-pk'))).toEqual([...all].reverse());
    expect(await keys(P.objects.orderBy(F('pk').desc()))).toEqual([...all].reverse());
    expect((await P.objects.first()).name).toBe('Ann');
    expect((await P.objects.last()).name).toBe('Eve');
    expect((await P.objects.latest('pk')).name).toBe('Eve');
    expect(
      await T.objects
        .filter({ players__goals__gt: 1 })
        .orderBy('players__pk')
        .valuesList('players__shirt', { flat: true }),
    ).toEqual([1, 9, 1, 3]);
  });

  it('hold a key as one value', async () => {
    const rows = P.objects.filter({ team: blues }).orderBy('pk');
    expect(await rows.values('pk', 'name')).toEqual([
      { pk: [blues.pk, 1], name: 'Dee' },
      { pk: [blues.pk, 3], name: 'Eve' },
    ]);
    expect(await rows.valuesList('name', 'pk', 'goals')).toEqual([
      ['Dee', [blues.pk, 1], 2],
      ['Eve', [blues.pk, 3], 5],
    ]);
    const [named] = await rows.valuesList('pk', 'name', { named: true });
    expect([named.pk, named.name]).toEqual([[blues.pk, 1], 'Dee']);
    const [annotated] = await rows.annotate({ key: F('pk'), twice: F('goals').mul(2) });
    expect([annotated.key, annotated.twice]).toEqual([[blues.pk, 1], 4]);
    expect(
      await rows
        .annotate({ key: F('pk') })
        .filter({ key: [blues.pk, 3] })
        .values('key', 'name'),
    ).toEqual([{ key: [blues.pk, 3], name: 'Eve' }]);
    expect(await T.objects.filter({ name: 'Empty' }).values('players__pk')).toEqual([{ players__pk: [null, null] }]);
    expect(await rows.values('pk').distinct()).toHaveLength(2);
  });

  it('are counted and aggregated', async () => {
    expect(await P.objects.aggregate({ n: Count('pk'), s: Sum('goals') })).toEqual({ n: 5, s: 19 });
    expect(
      await T.objects
        .annotate({ n: Count('players') })
        .orderBy('pk')
        .valuesList('n', { flat: true }),
    ).toEqual([3, 2, 0]);
    const best = P.objects
      .values('pk')
      .annotate({ best: Max('goals') })
      .orderBy('pk');
    expect((await best)[0]).toEqual({ pk: [reds.pk, 1], best: 5 });
    expect(
      await P.objects
        .annotate({ n: Count('mentor') })
        .filter({ n: 1 })
        .valuesList('name', { flat: true }),
    ).toEqual(['Cy']);
    expect(
      await P.objects.annotate({ n: Count('mentor'), key: F('pk') }).aggregate({ n: Sum('n'), rows: Count('key') }),
    ).toEqual({ n: 1, rows: 5 });
    expect(
      await P.objects
        .orderBy('pk')
        .slice(0, 3)
        .aggregate({ n: Count('pk') }),
    ).toEqual({ n: 3 });
    await refused(() => P.objects.aggregate({ n: Count('pk', { distinct: true }) }), 'ValueError', /distinct/);
    await refused(() => P.objects.aggregate({ n: Max('pk') }), 'ValueError', /Max does not support composite/);
    await refused(() => P.objects.annotate({ low: Lower('pk') }), 'ValueError', /LOWER does not support composite/);
    await refused(() => P.objects.annotate({ sum: F('pk').add(1) }), 'ValueError', /Arithmetic does not support/);
    await refused(() => P.objects.dates('pk', 'year'), 'ValueError');
  });

  it('come without some columns, but never without their key', async () => {
    for (const rows of [P.objects.only('name'), P.objects.only('pk'), P.objects.defer('goals', 'team', 'shirt')]) {
      const [first, second] = await rows.orderBy('pk');
      expect([first.pk, second.pk]).toEqual([
        [reds.pk, 1],
        [reds.pk, 2],
      ]);
      await expectQueries(1, async () => expect([await first.goals, await second.goals]).toEqual([5, 0]));
    }
    await refused(() => P.objects.defer('pk'), 'FieldDoesNotExist');
  });

  it('are found in bulk, by keys that are equal', async () => {
    const found = await P.objects.inBulk([
      [reds.pk, 1],
      [blues.pk, 3],
      [blues.pk, 99],
    ]);
    expect(found.size).toBe(2);
    expect(found.get([blues.pk, 3]).name).toBe('Eve');
    expect([found.has([reds.pk, 1]), found.has([reds.pk, 2])]).toEqual([true, false]);
    expect([...found.keys()]).toContainEqual([reds.pk, 1]);
    expect((await P.objects.inBulk()).size).toBe(5);
    expect(found.delete([reds.pk, 1])).toBe(true);
    expect([found.size, found.get([reds.pk, 1])]).toEqual([1, undefined]);
  });

  it('are combined', async () => {
    const both = P.objects.filter({ goals: 5 }).union(P.objects.filter({ pk: [reds.pk, 2] }));
    expect((await both.orderBy('-pk')).map((player: Any) => player.name)).toEqual(['Eve', 'Bea', 'Ann']);
    const values = P.objects
      .filter({ goals: 5 })
      .values('name', 'pk')
      .union(P.objects.filter({ goals: 0 }).values('name', 'pk'));
    expect(await values.orderBy('pk')).toEqual([
      { name: 'Ann', pk: [reds.pk, 1] },
      { name: 'Bea', pk: [reds.pk, 2] },
      { name: 'Eve', pk: [blues.pk, 3] },
    ]);
    expect(await both.count()).toBe(3);
  });

  it('are asked for by containment', async () => {
    const ann = await P.objects.get({ pk: [reds.pk, 1] });
    expect(await P.objects.filter({ team: reds }).contains(ann)).toBe(true);
    const loaded = P.objects.filter({ team: blues });
    await loaded;
    expect(await loaded.contains(ann)).toBe(false);
    await refused(() => P.objects.contains(new P({ shirt: 3 })), 'ValueError');
    expect(await P.objects.filter({ pk: ann.pk }).exists()).toBe(true);
  });
});

describe('writing', () => {
  it('inserts, updates and deletes by the whole key', async () => {
    const player = new P({ pk: [empty.pk, 5], name: 'Flo' });
    await expectQueries(2, () => player.save());
    player.goals = 3;
    await expectQueries(1, () => player.save());
    expect(await P.objects.filter({ team: empty }).values('pk', 'goals')).toEqual([{ pk: [empty.pk, 5], goals: 3 }]);
    player.goals = F('goals').add(1);
    await player.save();
    await player.refreshFromDb();
    expect(player.goals).toBe(4);
    await P.objects.filter({ pk: player.pk }).update({ goals: 9, name: 'Gus' });
    await player.refreshFromDb({ fields: ['goals'] });
    expect([player.goals, player.name]).toEqual([9, 'Flo']);
    expect(await player.delete()).toEqual([1, { 'league.Player': 1 }]);
    expect(player.pk).toEqual([null, null]);
    await refused(() => player.delete(), 'ValueError', /no primary key/);
  });

  it('inserts a row where the key was changed', async () => {
    const ann = await P.objects.get({ pk: [reds.pk, 1] });
    ann.shirt = 11;
    await expectQueries(2, () => ann.save());
    expect(await P.objects.filter({ name: 'Ann' }).count()).toBe(2);
    expect(await P.objects.filter({ pk: [reds.pk, 11] }).update({ shirt: 12 })).toBe(1);
  });

  it('refuses a key that is taken or not complete', async () => {
    await refused(() => P.objects.create({ team: reds, shirt: 1 }), 'IntegrityError');
    await refused(() => P.objects.create({ team: reds }), 'IntegrityError');
    await refused(() => new P({ shirt: 1 }).save(), 'IntegrityError');
    await refused(() => new P({ shirt: 1 }).save({ forceUpdate: true }), 'ValueError');
    await refused(() => P.objects.update({ pk: [1, 2] }), 'FieldError', /individually/);
    await refused(
      () => new P({ team: reds, shirt: 1 }).fullClean(),
      'ValidationError',
      /Team and Shirt already exists/,
    );
    await (await P.objects.get({ pk: [reds.pk, 1] })).fullClean();
  });

  it('updates many objects, each by its key', async () => {
    const players = await P.objects.filter({ team: reds }).orderBy('pk');
    for (const [index, player] of players.entries()) player.goals = index * 10;
    expect(await P.objects.bulkUpdate(players, ['goals'])).toBe(3);
    expect(await P.objects.orderBy('pk').valuesList('goals', { flat: true })).toEqual([0, 10, 20, 2, 5]);
    await refused(() => P.objects.bulkUpdate(players, ['shirt']), 'ValueError', /primary key/);
    await refused(
      () => P.objects.bulkUpdate([new P({ shirt: 1 })], ['goals']),
      'ValueError',
      /must have a primary key/,
    );
  });

  it('creates many objects, new ones and ones that are there', async () => {
    const rows = [new P({ team: reds, shirt: 1, goals: 50 }), new P({ team: empty, shirt: 1, goals: 60 })];
    // MySQL and MariaDB take any unique key for a conflict, and cannot be told which
    const takesAny = testDatabaseKind() === 'mysql';
    const unique = takesAny ? {} : { uniqueFields: ['team', 'shirt'] };
    await P.objects.bulkCreate(rows, { updateConflicts: true, updateFields: ['goals'], ...unique });
    expect(await P.objects.filter({ goals__gte: 50 }).orderBy('goals').valuesList('pk', { flat: true })).toEqual([
      [reds.pk, 1],
      [empty.pk, 1],
    ]);
    await P.objects.bulkCreate([new P({ team: reds, shirt: 1 })], { ignoreConflicts: true });
    expect(await P.objects.count()).toBe(6);
  });

  it('gets or creates by the key', async () => {
    const [found, isNew] = await P.objects.getOrCreate({ pk: [reds.pk, 1] }, { defaults: { name: 'X' } });
    expect([found.name, isNew]).toEqual(['Ann', false]);
    const [made] = await P.objects.getOrCreate({ pk: [empty.pk, 1] }, { defaults: { name: 'X' } });
    expect(made.pk).toEqual([empty.pk, 1]);
    const [changed] = await P.objects.updateOrCreate({ pk: [reds.pk, 1] }, { defaults: { goals: 99 } });
    expect((await P.objects.get({ pk: changed.pk })).goals).toBe(99);
  });

  it('deletes and updates rows that a condition over other tables finds', async () => {
    expect(await P.objects.filter({ team__name: 'Reds', goals: 0 }).update({ goals: 1 })).toBe(1);
    expect(await P.objects.filter({ team__name: 'Blues' }).delete()).toEqual([2, { 'league.Player': 2 }]);
    expect(
      await P.objects
        .filter({
          pk__in: [
            [reds.pk, 1],
            [reds.pk, 2],
          ],
        })
        .delete(),
    ).toEqual([2, { 'league.Player': 2 }]);
    expect(await reds.delete()).toEqual([2, { 'league.Player': 1, 'league.Team': 1 }]);
  });
});

describe('related objects', () => {
  it('are managed from the side of the other model', async () => {
    expect(await names(reds.players)).toEqual(['Ann', 'Bea', 'Cy']);
    const made = await reds.players.create({ shirt: 20, name: 'Zoe' });
    expect(made.pk).toEqual([reds.pk, 20]);
    const dee = await P.objects.get({ pk: [blues.pk, 1] });
    await empty.mentored.add(dee, made);
    expect(await names(empty.mentored)).toEqual(['Dee', 'Zoe']);
    await empty.mentored.set([dee]);
    expect(await names(empty.mentored)).toEqual(['Dee']);
    await empty.mentored.remove(dee);
    expect(await names(empty.mentored)).toEqual([]);
  });

  it('are loaded along and in advance', async () => {
    const [first] = await P.objects.selectRelated('team', 'mentor').orderBy('pk');
    await expectQueries(0, async () => expect([(await first.team).name, await first.mentor]).toEqual(['Reds', null]));
    const teams = await expectQueries(2, async () => await T.objects.prefetchRelated('players').orderBy('pk'));
    await expectQueries(0, async () =>
      expect(await Promise.all(teams.map(async (team: Any) => (await team.players.all()).length))).toEqual([3, 2, 0]),
    );
    const sets = await T.objects.orderBy('pk');
    expect(
      await Promise.all((await P.objects.orderBy('pk')).map(async (player: Any) => (await player.team).name)),
    ).toEqual(['Reds', 'Reds', 'Reds', 'Blues', 'Blues']);
    expect(sets).toHaveLength(3);
  });
});

describe('keys of texts, dates and decimals', () => {
  const day = (number: number): Any => Temporal.PlainDate.from({ year: 2024, month: 5, day: number });
  beforeEach(() =>
    R.objects.bulkCreate([
      new R({ currency: 'EUR', day: day(1), amount: '9.5', note: 'a' }),
      new R({ currency: 'EUR', day: day(1), amount: '10.25', note: 'b' }),
      new R({ currency: 'EUR', day: day(2), amount: '1', note: 'c' }),
      new R({ currency: 'USD', day: day(1), amount: '100', note: 'd' }),
    ]),
  );
  const notes = (rows: Any): Promise<string[]> => rows.orderBy('note').valuesList('note', { flat: true });

  it('are compared as values', async () => {
    expect(await notes(R.objects.filter({ pk: ['EUR', day(1), '10.25'] }))).toEqual(['b']);
    expect(await notes(R.objects.filter({ pk: ['EUR', '2024-05-01', 9.5] }))).toEqual(['a']);
    expect(
      await notes(
        R.objects.filter({
          pk__in: [
            ['EUR', day(1), '9.5'],
            ['USD', day(1), '100'],
          ],
        }),
      ),
    ).toEqual(['a', 'd']);
    expect(await notes(R.objects.filter({ pk__gt: ['EUR', day(1), '9.5'] }))).toEqual(['b', 'c', 'd']);
    expect(await notes(R.objects.filter({ pk__gt: ['EUR', day(1), '9.5'], note: 'b' }))).toEqual(['b']);
    expect(await notes(R.objects.filter({ pk__in: [F('pk'), ['EUR', day(1), '9.5']], note: 'b' }))).toEqual(['b']);
    expect(await notes(R.objects.filter({ pk__gte: ['EUR', day(1), '9.5'] }))).toEqual(['a', 'b', 'c', 'd']);
    expect(await notes(R.objects.filter({ pk__lt: ['EUR', day(1), '10.25'] }))).toEqual(['a']);
    expect(await notes(R.objects.filter({ pk__lte: ['EUR', day(1), '10.25'] }))).toEqual(['a', 'b']);
    expect(await notes(R.objects.filter({ pk__in: R.objects.filter({ note__in: ['b', 'c'] }) }))).toEqual(['b', 'c']);
    expect(await notes(R.objects.filter({ pk__in: [F('pk')] }))).toHaveLength(4);
    expect(await R.objects.orderBy('pk').valuesList('note', { flat: true })).toEqual(['a', 'b', 'c', 'd']);
    await refused(() => R.objects.get({ pk: ['EUR', 'bad', 1] }), 'ValidationError');
  });

  it('find objects again', async () => {
    const rate = await R.objects.get({ note: 'b' });
    rate.note = 'z';
    await expectQueries(1, () => rate.save());
    const found = await R.objects.inBulk([rate.pk]);
    expect(found.get(['EUR', day(1), rate.amount]).note).toBe('z');
    expect(rate.equals(await R.objects.get({ pk: rate.pk }))).toBe(true);
    expect(await R.objects.bulkUpdate([Object.assign(rate, { note: 'y' })], ['note'])).toBe(1);
    const lazy = await R.objects.only('currency').get({ pk: rate.pk });
    expect(await lazy.note).toBe('y');
    expect(await rate.delete()).toEqual([1, { 'league.Rate': 1 }]);
  });
});
