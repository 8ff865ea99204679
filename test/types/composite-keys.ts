import { CompositePrimaryKey, type Decimal } from 'nuages';
import { check, type Same } from './assertions.js';
import { Doc, Price } from './library/keys.js';

type Key = [string, string, Decimal];

export async function instances() {
  const price = await Price.objects.get({ pk: ['6f1e…', 'EUR', '1.50'] });
  check<Same<typeof price.pk, Key>>();
  check<Same<typeof price.docId, string>>();
  price.pk = ['6f1e…', 'USD', price.amount];
  // @ts-expect-error three parts
  price.pk = ['6f1e…', 'USD'];
  // @ts-expect-error it has no id of its own
  price.id;
}

export function lookups() {
  const prices = Price.objects;
  prices.filter({ pk: ['6f1e…', 'EUR', 2] });
  prices.filter({
    pk__in: [
      ['6f1e…', 'EUR', 2],
      ['6f1e…', 'USD', '3.10'],
    ],
  });
  prices.filter({ pk__gte: ['6f1e…', 'EUR', 2], pk__isnull: false });
  prices.filter({ pk__in: Price.objects.values('pk') });
  Doc.objects.filter({ prices__pk: ['6f1e…', 'EUR', 2] });
  // @ts-expect-error three parts
  prices.filter({ pk: ['6f1e…', 'EUR'] });
  // @ts-expect-error the second part is a text
  prices.filter({ pk: ['6f1e…', 978, 2] });
  // @ts-expect-error no array
  prices.filter({ pk: 1 });
  // @ts-expect-error tuples have no pattern lookups
  prices.filter({ pk__icontains: 'x' });
}

export async function rows() {
  const pairs = await Price.objects.valuesList('pk', 'note');
  check<Same<(typeof pairs)[number], [Key, string]>>();
  const row = (await Price.objects.values())[0]!;
  const whole: { docId: string; currency: string; amount: Decimal; note: string } = row;
  // @ts-expect-error the key is no column
  row.pk;
  Price.objects.orderBy('-pk');
  return whole;
}

export async function writes(doc: Doc) {
  await Price.objects.create({ doc, currency: 'EUR', amount: 2 });
  await Price.objects.create({ pk: [doc.pk, 'EUR', 2] });
  await doc.prices.create({ currency: 'EUR', amount: '2' });
  new Price({ pk: [doc.pk, 'EUR', 2], note: 'new' });
  new Price({ doc, currency: 'EUR', amount: 2 });
  // @ts-expect-error the currency is missing
  await Price.objects.create({ doc, amount: 2 });
  // @ts-expect-error three parts
  await Price.objects.create({ pk: [doc.pk, 'EUR'] });
  // @ts-expect-error its parts are updated
  await Price.objects.update({ pk: [doc.pk, 'EUR', 2] });
}

// @ts-expect-error at least two fields
CompositePrimaryKey('doc');
