import { CASCADE, CharField, ForeignKey, IntegerField, Model, UUIDField } from 'nuages';

// Without types: only one set of models is registered with the compiler in a program, and this one is checked with the tests.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Any = any;
const untyped = (made: unknown): Any => made;
const model = (label: string, ...rest: unknown[]): Any => (Model as Any)(label, ...rest);

/** Whoever has money. `version` grows with each change, for those who write what they read before. */
export class Account extends model('bank.Account', {
  name: CharField({ maxLength: 32 }),
  balance: IntegerField(),
  version: IntegerField({ default: 0 }),
}) {}

/** One payment, with a key that its client knows before it is sent. */
export class Transfer extends model('bank.Transfer', {
  id: UUIDField({ primaryKey: true }),
  way: CharField({ maxLength: 16 }),
}) {}

/** What a payment did to one account. The entries of an account are the story of its balance. */
export class Entry extends model('bank.Entry', {
  transfer: untyped(ForeignKey)('Transfer', { onDelete: CASCADE, relatedName: 'entries' }),
  account: untyped(ForeignKey)('Account', { onDelete: CASCADE, relatedName: 'entries' }),
  amount: IntegerField(),
}) {}

export const models = { Account, Transfer, Entry };

export const ACCOUNTS = 20;
export const START = 1000;

/** Opens the accounts, each with the same money. */
export async function openAccounts(): Promise<void> {
  for (let id = 1; id <= ACCOUNTS; id++) await Account.objects.create({ id, name: `account ${id}`, balance: START });
}
