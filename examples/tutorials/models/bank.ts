import { CASCADE, CharField, CheckConstraint, DecimalField, ForeignKey, Model } from 'nuages';

/** The whole ORM: accounts, and transfers with two keys to one model. */
export class Account extends Model(
  'bank.Account',
  {
    owner: CharField({ maxLength: 50 }),
    balance: DecimalField({ maxDigits: 12, decimalPlaces: 2 }),
  },
  { constraints: [CheckConstraint({ condition: { balance__gte: 0 }, name: 'balance_not_negative' })] },
) {}

export class Transfer extends Model('bank.Transfer', {
  fromAccount: ForeignKey('Account', { onDelete: CASCADE, relatedName: 'outgoingTransfers' }),
  toAccount: ForeignKey('Account', { onDelete: CASCADE, relatedName: 'incomingTransfers' }),
  amount: DecimalField({ maxDigits: 12, decimalPlaces: 2 }),
}) {}
