import { F, FieldError, not, or, Q } from 'nuages';
import { Artist, Customer, Employee, Invoice, Track } from '../models.js';
import { section } from '../section.js';

const step = section('Finding rows', import.meta.url);

step('The first artists, by name', () => Artist.objects.orderBy('name').slice(0, 4));

step('Conditions in one object are ANDed; the lookup follows the field', () =>
  Track.objects
    .filter({ name__icontains: 'love', milliseconds__gt: 300_000 })
    .orderBy('-milliseconds')
    .values('name', 'composer', 'milliseconds')
    .slice(0, 5),
);

step('Lookups of dates, ranges and sets', () =>
  Invoice.objects
    .filter({ invoiceDate__year: 2025, total__range: [8, 16], billingCountry__in: ['France', 'Germany', 'USA'] })
    .orderBy('invoiceDate')
    .values('invoiceDate', 'billingCountry', 'billingCity', 'total'),
);

step('or() and not() compose', () =>
  Customer.objects
    .filter(or({ country: 'Brazil' }, { country: 'Canada', state: 'QC' }), not({ city: 'São Paulo' }))
    .orderBy('country', 'city')
    .values('firstName', 'lastName', 'city', 'country'),
);

step('A condition that grows in a loop', () => {
  let wanted = Q();
  for (const word of ['blues', 'jazz', 'soul']) wanted = or(wanted, { name__iendswith: word });
  return Track.objects.filter(wanted).orderBy('name').values('name', 'album__title').slice(0, 6);
});

step('F() compares a column with another one, here over a relation', () =>
  Employee.objects
    .filter({ hireDate__lt: F('reportsTo__hireDate') })
    .values('firstName', 'hireDate', 'reportsTo__firstName', 'reportsTo__hireDate'),
);

step('A path that does not exist fails at the call, before any query', () => {
  try {
    // @ts-expect-error: the compiler says it too
    return Track.objects.filter({ albun__title: 'Facelift' });
  } catch (error) {
    if (error instanceof FieldError) return error.message;
    throw error;
  }
});
