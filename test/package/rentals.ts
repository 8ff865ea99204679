import { CharField, Model } from 'nuages';
import { ArrayField, IntegerRangeField } from 'nuages/postgres';

/** A model of PostgreSQL alone, which no table is made for here. */
export class House extends Model('rentals.House', {
  tags: ArrayField(CharField({ maxLength: 20 })),
  guests: IntegerRangeField(),
}) {}
