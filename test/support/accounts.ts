import { CASCADE, CharField, createTables, defineConfig, ForeignKey, IntegerField } from 'nuages';
import { type Any, model, untyped } from './untyped.js';

/** Two small tables for tests of connections and transactions. */
export class Account extends model('bank.Account', {
  name: CharField({ maxLength: 64, unique: true }),
  balance: IntegerField({ default: 0 }),
}) {}
export class Entry extends model('bank.Entry', {
  account: untyped(ForeignKey)('Account', { onDelete: CASCADE, relatedName: 'entries' }),
  amount: IntegerField(),
}) {}

/** Configures the databases and makes the tables in `default`. */
export async function openBank(databases: Record<string, unknown>): Promise<void> {
  defineConfig({ apps: { bank: { Account, Entry } as Any }, databases: databases as never });
  await createTables();
}

/** Empties the tables and opens two accounts, 1 and 2. */
export async function twoAccounts(): Promise<void> {
  await Entry.objects.all().delete();
  await Account.objects.all().delete();
  await Account.objects.create({ id: 1, name: 'a' });
  await Account.objects.create({ id: 2, name: 'b' });
}
