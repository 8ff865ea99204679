import { Count, connection, Max, Min, Sum } from 'nuages';
import { Account, Entry, START, Transfer } from './bank.js';
import { allMoney, EXPECTED } from './transfers.js';

/** What was asked of the database at the end, and whether it holds. */
export interface Finding {
  readonly what: string;
  readonly holds: boolean;
  readonly seen: string;
}

const finding = (what: string, holds: boolean, seen: unknown): Finding => ({ what, holds, seen: String(seen) });

/** Compares the database with itself and with what the clients were told. */
export async function prove(told: {
  readonly paid: ReadonlySet<string>;
  readonly unknown: ReadonlySet<string>;
  readonly halfSeen: number;
}): Promise<Finding[]> {
  const money = await allMoney();
  const accounts = await Account.objects.annotate({ moved: Sum('entries__amount') });
  const wrong = accounts.filter(
    ({ balance, moved }: { balance: number; moved: number | null }) => balance !== START + Number(moved ?? 0),
  );
  const poor = accounts.filter(({ balance }: { balance: number }) => balance < 0);
  const halves = await Entry.objects
    .values('transferId')
    .annotate({ parts: Count('id'), sum: Sum('amount'), least: Min('amount'), most: Max('amount') })
    .exclude({ parts: 2, sum: 0 });
  const transfers: string[] = await Transfer.objects.valuesList('pk', { flat: true });
  const withEntries = await Entry.objects.values('transferId').distinct().count();
  const there = new Set(transfers);
  const missing = [...told.paid].filter((id) => !there.has(id));
  const extra = transfers.filter((id) => !told.paid.has(id) && !told.unknown.has(id));
  const { lent, waiting, open, size } = connection().pool!;
  return [
    finding('the money is all there', money === EXPECTED, `${money} of ${EXPECTED}`),
    finding('no reader ever saw more or less of it', told.halfSeen === 0, `${told.halfSeen} times`),
    finding('each balance is what its entries say', wrong.length === 0, `${wrong.length} of ${accounts.length} differ`),
    finding('no balance is below zero', poor.length === 0, `${poor.length} are`),
    finding('each transfer has two entries that cancel out', halves.length === 0, `${halves.length} have not`),
    finding(
      'no transfer is without entries',
      withEntries === transfers.length,
      `${withEntries} of ${transfers.length} have some`,
    ),
    finding(
      'each transfer that was confirmed is there',
      missing.length === 0,
      `${told.paid.size - missing.length} of ${told.paid.size}`,
    ),
    finding('no transfer is there that was refused or failed', extra.length === 0, `${extra.length} are`),
    finding(
      'no connection is lent any more',
      lent.length === 0 && waiting === 0,
      `${lent.length} lent, ${waiting} wait`,
    ),
    finding('no more connections are open than may be', open <= size, `${open} of ${size}`),
  ];
}
