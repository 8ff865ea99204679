import {
  CASCADE,
  Case,
  Cast,
  CharField,
  Concat,
  Count,
  F,
  ForeignKey,
  IntegerField,
  RawSQL,
  Upper,
  Value,
  When,
} from 'nuages';
import { captureQueries } from 'nuages/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { model, targets } from './databases.js';

class Team extends model('race.Team', { name: CharField({ maxLength: 20 }) }) {}
class Run extends model('race.Run', {
  team: ForeignKey('race.Team', { onDelete: CASCADE, relatedName: 'runs' }),
  seconds: IntegerField(),
  runner: CharField({ maxLength: 20 }),
}) {}

describe.each(targets)('DISTINCT ON, on $name', ({ setUp }) => {
  setUp({ race: { Team, Run } });
  beforeAll(async () => {
    for (const name of ['Reds', 'Blues']) {
      const team = await Team.objects.create({ name });
      for (const [runner, seconds] of [
        ['Ann', 12],
        ['Bea', 10],
        ['Cy', 11],
      ])
        await Run.objects.create({ team, runner, seconds: (seconds as number) + name.length });
    }
  });

  test('the first row of each group is kept', async () => {
    const fastest = Run.objects.orderBy('team', 'seconds').distinct('team');
    const { queries } = await captureQueries(async () => {
      expect((await fastest).map(({ runner }: any) => runner)).toEqual(['Bea', 'Bea']);
    });
    expect(queries).toHaveLength(1);
    expect(queries[0]!.sql).toContain('SELECT DISTINCT ON ("race_run"."team_id") ');
    expect(await fastest.count()).toBe(2);
    expect(await fastest.values('runner', 'seconds')).toEqual([
      { runner: 'Bea', seconds: 14 },
      { runner: 'Bea', seconds: 15 },
    ]);
    expect((await fastest.slice(1, 2))[0].seconds).toBe(15);
  });

  test('names may lead over relations, and be several', async () => {
    const rows = Run.objects.orderBy('team__name', 'runner', '-seconds').distinct('team__name', 'runner');
    expect(await rows.valuesList('team__name', 'runner')).toHaveLength(6);
    expect(
      await Run.objects.orderBy('team__name', '-seconds').distinct('team__name').valuesList('team__name', 'runner'),
    ).toEqual([
      ['Blues', 'Ann'],
      ['Reds', 'Ann'],
    ]);
  });

  test('a subquery and an annotation see the rows that are kept', async () => {
    const fastest = Run.objects.orderBy('team', 'seconds').distinct('team');
    expect(await Run.objects.filter({ id__in: fastest.values('id') }).count()).toBe(2);
    const initials = Run.objects
      .annotate({ upper: Upper('runner') })
      .orderBy('upper', 'id')
      .distinct('upper');
    expect(await initials.valuesList('upper', { flat: true })).toEqual(['ANN', 'BEA', 'CY']);
  });

  test('rows are told apart by an expression that has values', async () => {
    const named = Run.objects
      .annotate({ called: Concat('runner', Value('!'), Upper(Value('a'))) })
      .orderBy('called', 'id')
      .distinct('called');
    expect(await named.valuesList('called', { flat: true })).toEqual(['Ann!A', 'Bea!A', 'Cy!A']);
    expect(await named.count()).toBe(3);
    const raw = Run.objects.annotate({ half: RawSQL`seconds / ${2}::int` });
    expect(await raw.orderBy('half').distinct('half').valuesList('half', { flat: true })).toEqual([7, 8]);
  });

  test('rows are told apart by conditions, whose values may be others the next time', async () => {
    const paces = (slow: number, walk: number, names: readonly string[]) =>
      Run.objects
        .annotate({
          pace: Case(
            [
              When({ seconds__gte: walk }, Value('walk')),
              When({ seconds__gte: slow }, Value('slow')),
              When({ runner__in: names }, Value('known')),
              When({ runner__startswith: 'C' }, Value('C')),
            ],
            { default: Value('fast') },
          ),
        })
        .orderBy('pace')
        .distinct('pace')
        .valuesList('pace', { flat: true });
    // Reds: 16, 14, 15; Blues: 17, 15, 16
    expect(await paces(16, 16, ['Bea'])).toEqual(['C', 'known', 'walk']);
    expect(await paces(16, 17, [])).toEqual(['C', 'fast', 'slow', 'walk']);
    expect(await paces(15, 16, ['Bea', 'Cy'])).toEqual(['known', 'slow', 'walk']);
  });

  test('groups are made of an expression that has values, which others are made of', async () => {
    const groups = Run.objects
      .annotate({ called: Concat('runner', Value('!')) })
      .values('called')
      .annotate({ n: Count('id'), twice: Concat('called', Value('?'), 'called') })
      .orderBy('-twice');
    expect(await groups).toEqual([
      { called: 'Cy!', n: 2, twice: 'Cy!?Cy!' },
      { called: 'Bea!', n: 2, twice: 'Bea!?Bea!' },
      { called: 'Ann!', n: 2, twice: 'Ann!?Ann!' },
    ]);
    const { queries } = await captureQueries(async () => {
      const texts = Run.objects.annotate({ called: Concat('runner', Value('!')) }).values('called');
      const counted = texts
        .annotate({ text: Concat(F('called'), Value(': '), Cast(Count('id'), CharField())) })
        .orderBy('text');
      expect(await counted.valuesList('text', { flat: true })).toEqual(['Ann!: 2', 'Bea!: 2', 'Cy!: 2']);
    });
    expect(queries).toHaveLength(1);
  });
});
