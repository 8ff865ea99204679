import {
  CASCADE,
  CharField,
  CompositePrimaryKey,
  createTables,
  defineConfig,
  F,
  ForeignKey,
  IntegerField,
  ManyToManyField,
  type QuerySet,
} from 'nuages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueryHolder } from '../../../src/query/query-holder.js';
import { toSelect } from '../../../src/query/to-select.js';
import type { SelectNode } from '../../../src/sql/statement-nodes.js';
import { closeTestDatabase, openTestDatabase } from '../../support/test-database.js';
import { type Any, model, untyped } from '../../support/untyped.js';

class Team extends model('onerow.Team', {
  name: CharField({ maxLength: 20 }),
  tags: untyped(ManyToManyField)('Tag', { relatedName: 'teams' }),
}) {}
class Tag extends model('onerow.Tag', { label: CharField({ maxLength: 20, unique: true }) }) {}
class Player extends model('onerow.Player', {
  pk: CompositePrimaryKey('team', 'shirt'),
  team: untyped(ForeignKey)('Team', { onDelete: CASCADE, relatedName: 'players' }),
  shirt: IntegerField(),
}) {}
/** A view of another program, whose key is what somebody said of it. */
class Listed extends model('onerow.Listed', { name: CharField({ maxLength: 20 }) }, { managed: false }) {}

const isOneRow = (querySet: QuerySet<Any>): boolean =>
  (toSelect((querySet as unknown as QueryHolder).query).node as SelectNode).oneRow;

describe('a query whose conditions leave one row at most', () => {
  beforeAll(async () => {
    defineConfig({
      apps: { onerow: { Team, Tag, Player, Listed } },
      databases: { default: await openTestDatabase() },
    } as Any);
    await createTables();
  });
  afterAll(closeTestDatabase);

  it.each<[string, () => QuerySet<Any>]>([
    ['the key', () => Team.objects.filter({ id: 1 })],
    ['pk, with more conditions', () => Team.objects.filter({ pk: 1 }).filter({ name: 'Lions' })],
    ['the key, with a row joined', () => Player.objects.selectRelated('team').filter({ pk: [1, 7] })],
    ['the parts of a composite key, one by one', () => Player.objects.filter({ team: 1 }).filter({ shirt: 7 })],
  ])('is known by %s', (_, query) => {
    expect(isOneRow(query())).toBe(true);
  });

  it.each<[string, () => QuerySet<Any>]>([
    ['nothing', () => Team.objects.all()],
    ['another comparison', () => Team.objects.filter({ id__lte: 1 })],
    ['a list of keys', () => Team.objects.filter({ id__in: [1, 2] })],
    ['an alternative', () => Team.objects.filter({ id: 1 }).or(Team.objects.filter({ id: 2 }))],
    ['a negation', () => Team.objects.exclude({ id: 1 })],
    ['a column that is no key', () => Tag.objects.filter({ label: 'a' })],
    ['a part of a composite key', () => Player.objects.filter({ team: 1 })],
    ['a value of the row itself', () => Player.objects.filter({ team: 1, shirt: F('team') })],
    ['the key of a row among several', () => Tag.objects.filter({ teams__id: 1 })],
    ['the key, with several rows joined', () => Team.objects.filter({ id: 1, tags__label__gt: '' })],
    ['the key of a table that is not ours', () => Listed.objects.filter({ id: 1 })],
  ])('is not taken for one with %s', (_, query) => {
    expect(isOneRow(query())).toBe(false);
  });

  it('still tells of several rows where several are joined', async () => {
    const team = await Team.objects.create({ name: 'Lions' });
    await team.tags.add(await Tag.objects.create({ label: 'a' }), await Tag.objects.create({ label: 'b' }));
    await expect(Team.objects.get({ id: team.id, tags__label__gt: '' })).rejects.toBeInstanceOf(
      Team.MultipleObjectsReturned,
    );
    expect((await Team.objects.get({ id: team.id, tags__label: 'b' })).name).toBe('Lions');
    await expect(Team.objects.get({ id: -1 })).rejects.toBeInstanceOf(Team.DoesNotExist);
    expect(await Team.objects.filter({ id: team.id }).values('name')).toEqual([{ name: 'Lions' }]);
  });
});
