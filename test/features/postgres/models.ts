import {
  BigIntegerField,
  BinaryField,
  BooleanField,
  CASCADE,
  CharField,
  DateField,
  DateTimeField,
  DecimalField,
  DurationField,
  FloatField,
  ForeignKey,
  InstantField,
  IntegerField,
  JSONField,
  TextField,
  TimeField,
  UUIDField,
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
import type { Any } from '../../support/library.js';
import { model } from './databases.js';

/** An array of each kind of value, all of which may hold null. */
export const elementFields = {
  texts: TextField({ null: true }),
  words: CharField({ maxLength: 40, null: true }),
  integers: IntegerField({ null: true }),
  bigints: BigIntegerField({ null: true }),
  decimals: DecimalField({ maxDigits: 30, decimalPlaces: 10, null: true }),
  floats: FloatField({ null: true }),
  booleans: BooleanField({ null: true }),
  dates: DateField({ null: true }),
  times: TimeField({ null: true }),
  datetimes: DateTimeField({ null: true }),
  instants: InstantField({ null: true }),
  durations: DurationField({ null: true }),
  uuids: UUIDField({ null: true }),
  documents: JSONField({ null: true }),
  bytes: BinaryField({ null: true, editable: true }),
};

/** One field for each of them, arrays. */
const arrays: Any = {};
for (const [name, field] of Object.entries(elementFields)) arrays[name] = (ArrayField as Any)(field, { null: true });

export class Shelf extends model('shelves.Shelf', {
  ...arrays,
  grid: ArrayField(ArrayField(DecimalField({ maxDigits: 8, decimalPlaces: 2 })), { null: true }),
  short: ArrayField(CharField({ maxLength: 5 }), { size: 3, null: true, blank: true }),
}) {}

export class Span extends model('shelves.Span', {
  shelf: (ForeignKey as Any)('Shelf', { onDelete: CASCADE, null: true, relatedName: 'spans' }),
  integers: IntegerRangeField({ null: true }),
  bigints: BigIntegerRangeField({ null: true }),
  decimals: DecimalRangeField({ null: true, defaultBounds: '[]' }),
  datetimes: DateTimeRangeField({ null: true }),
  dates: DateRangeField({ null: true }),
}) {}

export class Labelled extends model('shelves.Labelled', {
  labels: HStoreField({ null: true }),
}) {}

export const apps: Any = { shelves: { Shelf, Span, Labelled } };
