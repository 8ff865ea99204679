import { Avg, Count, F, Max, Min, Sum } from 'nuages';
import { Album, Customer, Genre, Invoice } from '../models.js';
import { section } from '../section.js';

const step = section('Values and aggregates', import.meta.url);

step('values() gives plain rows, typed by the paths', () =>
  Album.objects
    .filter({ artist__name__startswith: 'Black' })
    .orderBy('title')
    .values('title', 'artist__name')
    .slice(0, 5),
);

step('valuesList() of one column, flat', () =>
  Genre.objects.filter({ name__contains: 'Rock' }).orderBy('name').valuesList('name', { flat: true }),
);

step('The years with invoices', () => Invoice.objects.datetimes('invoiceDate', 'year'));

step('aggregate(): one row for all of them; decimals stay exact', () =>
  Invoice.objects.aggregate({
    invoices: Count('id'),
    turnover: Sum('total'),
    smallest: Min('total'),
    average: Avg('total'),
    largest: Max('total'),
  }),
);

step('annotate(): a number for each row', () =>
  Genre.objects
    .annotate({ titles: Count('tracks'), longest: Max('tracks__milliseconds') })
    .orderBy('-titles')
    .values('name', 'titles', 'longest')
    .slice(0, 6),
);

step('values() before annotate() groups', () =>
  Invoice.objects
    .values('billingCountry')
    .annotate({ invoices: Count('id'), turnover: Sum('total') })
    .orderBy('-turnover')
    .slice(0, 5),
);

step('Arithmetic in the database', () =>
  Album.objects
    .annotate({ seconds: Sum(F('tracks__milliseconds').div(1000)) })
    .filter({ artist__name: 'Pink Floyd' })
    .values('title', 'seconds'),
);

step('HAVING: the ten customers who spent most, with their last order', () =>
  Customer.objects
    .annotate({ spent: Sum('invoices__total'), orders: Count('invoices'), lastOrder: Max('invoices__invoiceDate') })
    .filter({ spent__gt: 40 })
    .orderBy('-spent', 'lastName')
    .values('firstName', 'lastName', 'country', 'orders', 'spent', 'lastOrder')
    .slice(0, 10),
);
