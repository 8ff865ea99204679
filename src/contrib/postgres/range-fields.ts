import { ValueError } from '../../errors.js';
import { dateField, decimalField } from '../../expressions/types.js';
import { Field, type FieldOptions, refuse } from '../../fields/field.js';
import { BigIntegerField, IntegerField, integerRange } from '../../fields/numeric.js';
import { DateTimeField } from '../../fields/temporal.js';
import type { ColumnType, DbRange, DbValue } from '../../sql/value-type.js';
import { callable } from '../../util/callable.js';
import { contrib } from './nodes.js';
import { compareBounds, type RangeBounds, RangeValue } from './range.js';

export interface RangeFieldOptions extends FieldOptions {
  /** Which bounds belong to a range that is given as `[lower, upper]`: `[)` unless said otherwise. */
  readonly defaultBounds?: RangeBounds;
}

/** The base of the range fields: what stands between two values of one field. */
export abstract class RangeFieldType extends Field<RangeValue<any>, RangeFieldOptions> {
  /** The field of the bounds. */
  abstract readonly baseField: Field;

  override get defaultErrorMessages(): Readonly<Record<string, string>> {
    return {
      ...super.defaultErrorMessages,
      invalid: 'Value must be a Range, or a list of its two bounds.',
      bound_ordering: 'The start of the range must not exceed the end of the range.',
    };
  }

  override toDb({ lower, upper, bounds, isEmpty }: RangeValue): DbValue {
    const bound = (value: unknown): DbValue => (value === null ? null : this.baseField.toDb(value));
    return isEmpty ? { lower: null, upper: null, bounds: null } : { lower: bound(lower), upper: bound(upper), bounds };
  }
  override fromDb = ({ lower, upper, bounds }: DbRange): RangeValue<any> => {
    if (bounds === null) return RangeValue.empty();
    const { baseField } = this;
    const bound = (value: DbValue): unknown => (value === null ? null : baseField.fromDb(value));
    return new RangeValue(bound(lower), bound(upper), bounds);
  };

  override prepare(value: unknown, name?: string): RangeValue<any> {
    if (value instanceof RangeValue && value.isEmpty) return value;
    const { lower, upper, bounds } =
      Array.isArray(value) && value.length === 2
        ? { lower: value[0] as unknown, upper: value[1] as unknown, bounds: this.options.defaultBounds ?? '[)' }
        : value instanceof RangeValue
          ? value
          : notARange(value, name);
    const range = new RangeValue(this.prepareBound(lower, name), this.prepareBound(upper, name), bounds);
    if (range.lower === null || range.upper === null || compareBounds(range.lower, range.upper) <= 0) return range;
    const subject = name === undefined ? 'This range' : `The range for '${name}'`;
    throw new ValueError('range-order', `${subject} ends before it begins.`);
  }
  /** A bound, or a value that is looked for in ranges, as the base field takes it; null stays. */
  prepareBound(value: unknown, name?: string): unknown {
    if (value === null) return null;
    const prepared = this.baseField.prepare(value, name) as unknown;
    const limits = integerRange(this.baseField.columnType);
    const isInside =
      limits === null || (BigInt(prepared as number) >= limits.min && BigInt(prepared as number) <= limits.max);
    if (isInside) return prepared;
    throw refuse(name, `a number from ${limits.min} to ${limits.max}`, value, 'range-bound');
  }
}

const notARange = (value: unknown, name: string | undefined): never => {
  throw refuse(name, 'a Range, or an array of its two bounds,', value, 'not-a-range');
};

const type = (name: string, base: Field): ColumnType => Object.freeze({ name, element: base.columnType, contrib });

const integers = new IntegerField();
const bigIntegers = new BigIntegerField();
const moments = new DateTimeField();
const INTEGERS = type('integerRange', integers);
const BIG_INTEGERS = type('bigintRange', bigIntegers);
const DECIMALS = type('decimalRange', decimalField);
const MOMENTS = type('datetimeRange', moments);
const DATES = type('dateRange', dateField);

/** Whole numbers of 32 bits: int4range. */
export const IntegerRangeField = callable(
  class IntegerRangeField extends RangeFieldType {
    readonly baseField = integers;
    readonly columnType = INTEGERS;
  },
);
/** Whole numbers of 64 bits: int8range. */
export const BigIntegerRangeField = callable(
  class BigIntegerRangeField extends RangeFieldType {
    readonly baseField = bigIntegers;
    readonly columnType = BIG_INTEGERS;
  },
);
/** Decimal numbers: numrange. */
export const DecimalRangeField = callable(
  class DecimalRangeField extends RangeFieldType {
    readonly baseField = decimalField;
    readonly columnType = DECIMALS;
  },
);
/** Instants: tstzrange. */
export const DateTimeRangeField = callable(
  class DateTimeRangeField extends RangeFieldType {
    readonly baseField = moments;
    readonly columnType = MOMENTS;
  },
);
/** Days: daterange. */
export const DateRangeField = callable(
  class DateRangeField extends RangeFieldType {
    readonly baseField = dateField;
    readonly columnType = DATES;
  },
);
