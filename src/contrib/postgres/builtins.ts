/**
 * Which fields have which lookups and transforms of PostgreSQL alone. Importing this file registers them; nothing else says it.
 */
import { BigAutoField, BigIntegerField, DecimalField, FloatField, IntegerField } from '../../fields/numeric.js';
import { DateField, DateTimeField, InstantField } from '../../fields/temporal.js';
import { registerAnyName, registerLookups } from '../../lookups/registry.js';
import { registerCheck } from '../../schema/checks.js';
import { ArrayFieldType } from './array-field.js';
import { arrayLength, arrayLookups, positionTransform } from './array-lookups.js';
import { checkSharedDefaults } from './checks.js';
import { HStoreFieldType } from './hstore-field.js';
import { hstoreKey, hstoreLookups, hstoreTransforms } from './hstore-lookups.js';
import {
  BigIntegerRangeField,
  DateRangeField,
  DateTimeRangeField,
  DecimalRangeField,
  IntegerRangeField,
  RangeFieldType,
} from './range-fields.js';
import { rangeLookups, rangeTransforms, valueContainedBy } from './range-lookups.js';

registerLookups(ArrayFieldType, ...arrayLookups, arrayLength);
registerAnyName(ArrayFieldType, positionTransform);
registerLookups(HStoreFieldType, ...hstoreLookups, ...hstoreTransforms);
registerAnyName(HStoreFieldType, hstoreKey);
registerLookups(RangeFieldType, ...rangeLookups, ...rangeTransforms);

registerLookups(IntegerField, valueContainedBy(IntegerRangeField()));
for (const field of [BigIntegerField, BigAutoField]) registerLookups(field, valueContainedBy(BigIntegerRangeField()));
for (const field of [DecimalField, FloatField]) registerLookups(field, valueContainedBy(DecimalRangeField()));
for (const field of [DateTimeField, InstantField]) registerLookups(field, valueContainedBy(DateTimeRangeField()));
registerLookups(DateField, valueContainedBy(DateRangeField()));

registerCheck(checkSharedDefaults);
