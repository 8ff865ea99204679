import { BinaryField } from '../fields/binary.js';
import { BooleanField } from '../fields/boolean.js';
import { DurationField } from '../fields/duration.js';
import { JSONField } from '../fields/json.js';
import { BigIntegerField, DecimalField, FloatField, IntegerField } from '../fields/numeric.js';
import { DateField, DateTimeField, InstantField, TimeField } from '../fields/temporal.js';
import { CharField, TextField } from '../fields/text.js';

/** The types that expressions have when nobody gave them one; shared, so that shapes and plans are too. */
export const booleanField = new BooleanField();
export const integerField = new IntegerField();
export const bigIntegerField = new BigIntegerField();
export const floatField = new FloatField();
export const decimalField = new DecimalField();
export const charField = new CharField();
export const textField = new TextField();
export const dateField = new DateField();
export const dateTimeField = new DateTimeField();
export const instantField = new InstantField();
export const timeField = new TimeField();
export const durationField = new DurationField();
export const binaryField = new BinaryField();
export const jsonField = new JSONField();
