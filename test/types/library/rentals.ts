import {
  BooleanField,
  CASCADE,
  CharField,
  DateField,
  DecimalField,
  ForeignKey,
  IntegerField,
  JSONField,
  Model,
} from 'nuages';
import {
  ArrayField,
  BigIntegerRangeField,
  DateRangeField,
  DateTimeRangeField,
  DecimalRangeField,
  HStoreField,
  IntegerRangeField,
} from 'nuages/postgres';

/** Models with fields of PostgreSQL alone. */
export class House extends Model('rentals.House', {
  name: CharField({ maxLength: 64 }),
  tags: ArrayField(CharField({ maxLength: 20 }), { default: () => [] }),
  scores: ArrayField(IntegerField({ null: true }), { null: true }),
  prices: ArrayField(DecimalField({ maxDigits: 8, decimalPlaces: 2 })),
  grid: ArrayField(ArrayField(IntegerField()), { null: true }),
  status: ArrayField(
    CharField({
      choices: [
        ['a', 'A'],
        ['b', 'B'],
      ],
    }),
    { default: () => [] },
  ),
  openDays: ArrayField(DateField(), { default: () => [] }),
  notes: ArrayField(JSONField<{ text: string }>(), { default: () => [] }),
  labels: HStoreField({ default: () => ({}) }),
  isOpen: BooleanField({ default: true }),
}) {}

export class Booking extends Model('rentals.Booking', {
  house: ForeignKey('House', { onDelete: CASCADE, relatedName: 'bookings' }),
  stay: DateRangeField(),
  held: DateTimeRangeField({ null: true }),
  guests: IntegerRangeField({ null: true }),
  code: BigIntegerRangeField({ null: true }),
  price: DecimalRangeField({ null: true, defaultBounds: '[]' }),
}) {}
