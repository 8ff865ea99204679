/**
 * Which fields have which lookups and transforms. Importing this file registers them; nothing else says it.
 */
import { IsoYearNumber, YearNumber } from '../expressions/date-parts.js';
import { JsonPart } from '../expressions/json-path.js';
import { BooleanField } from '../fields/boolean.js';
import { Field } from '../fields/field.js';
import { JSONField } from '../fields/json.js';
import { DateField, DateTimeField, InstantField, TimeField } from '../fields/temporal.js';
import { TupleField } from '../fields/tuple.js';
import { dateAndTime, dateParts, isoYearLookups, timeParts, yearLookups } from './date-parts.js';
import { comparing } from './general.js';
import { hasAnyKeys, hasKey, hasKeys, jsonContainedBy, jsonContains, jsonExact, jsonIn, keyTransform } from './json.js';
import { isnull } from './null.js';
import { registerAnyName, registerColumnType, registerLookups } from './registry.js';
import { tupleLookups } from './tuple.js';

const general = [...comparing, isnull];
registerLookups(Field, ...general);
registerLookups(TupleField, ...tupleLookups(general));
registerLookups(DateField, ...dateParts);
registerLookups(DateTimeField, ...dateParts, ...timeParts, ...dateAndTime);
registerLookups(InstantField, ...dateParts, ...timeParts, ...dateAndTime);
registerLookups(TimeField, ...timeParts);
registerLookups(YearNumber, ...yearLookups);
registerLookups(IsoYearNumber, ...isoYearLookups);

registerLookups(JSONField, jsonExact, jsonContains, jsonContainedBy, hasKey, hasKeys, hasAnyKeys);
registerAnyName(JSONField, keyTransform);
registerLookups(JsonPart, jsonIn);

// Conditions have a type that is no field.
registerColumnType('boolean', BooleanField);
