import { CASCADE, CharField, ForeignKey, IntegerField, Upper } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { model, targets } from './databases.js';

class Team extends model('race.Team', { name: CharField({ maxLength: 20 }) }) {}
class Run extends model('race.Run', {
  team: ForeignKey('race.Team', { onDelete: CASCADE, relatedName: 'runs' }),
  seconds: IntegerField(),
  runner: CharField({ maxLength: 20 }),
}) {}

describe.each(targets)('DISTINCT ON, on $name', ({ open }) => {
  let close: () => Promise<void>;
  beforeAll(async () => {
    close = await open({ race: { Team, Run } });
    for (const name of ['Reds', 'Blues']) {
      const team = await Team.objects.create({ name });
      for (const [runner, seconds] of [
        ['Ann', 12],
        ['Bea', 10],
        ['Cy', 11],
      ])
        await Run.objects.create({ team, runner, seconds: (seconds as number) + name.length });
    }
  }, 60_000);
  afterAll(() => close());

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
});
