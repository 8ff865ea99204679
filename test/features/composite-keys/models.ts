import {
  CASCADE,
  CharField,
  CompositePrimaryKey,
  createTables,
  DateField,
  DecimalField,
  defineConfig,
  ForeignKey,
  IntegerField,
  SET_NULL,
} from 'nuages';
import { closeTestDatabase, openTestDatabase } from '../../support/test-database.js';
import { type Any, model } from '../../support/untyped.js';

export type { Any };

const key = (to: string, options: unknown): Any => (ForeignKey as Any)(to, options);

export class Team extends model('league.Team', { name: CharField({ maxLength: 20 }) }) {}

/** A key of a foreign key and a number. */
export class Player extends model('league.Player', {
  pk: CompositePrimaryKey('team', 'shirt'),
  team: key('Team', { onDelete: CASCADE, relatedName: 'players' }),
  shirt: IntegerField(),
  name: CharField({ maxLength: 20, default: '', blank: true }),
  goals: IntegerField({ default: 0 }),
  mentor: key('Team', { onDelete: SET_NULL, null: true, blank: true, relatedName: 'mentored' }),
}) {}

/** A key of a text, a date and a decimal, whose values are objects in JavaScript. */
export class Rate extends model('league.Rate', {
  pk: CompositePrimaryKey('currency', 'day', 'amount'),
  currency: CharField({ maxLength: 3 }),
  day: DateField(),
  amount: DecimalField({ maxDigits: 30, decimalPlaces: 12 }),
  note: CharField({ maxLength: 20, default: '' }),
}) {}

export async function openLeague(): Promise<void> {
  defineConfig({
    apps: { league: { Team, Player, Rate } },
    databases: { default: await openTestDatabase() },
  } as Any);
  await createTables();
}
export const closeLeague = closeTestDatabase;
