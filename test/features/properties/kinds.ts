import fc from 'fast-check';
import {
  BigIntegerField,
  BinaryField,
  BooleanField,
  CASCADE,
  CharField,
  createTables,
  DateField,
  DateTimeField,
  Decimal,
  DecimalField,
  DurationField,
  defineConfig,
  FloatField,
  ForeignKey,
  GenericIPAddressField,
  InstantField,
  IntegerField,
  JSONField,
  PositiveBigIntegerField,
  PositiveIntegerField,
  SmallIntegerField,
  TextField,
  TimeField,
  UUIDField,
} from 'nuages';
import { Temporal } from 'temporal-polyfill';
import { openTestDatabase } from '../../support/test-database.js';
import { type Any, model } from '../../support/untyped.js';

export type { Any };

/** A kind of field, the values that it is tried with, and what paths a value of it can take. */
export interface Kind {
  readonly name: string;
  readonly field: (options: object) => Any;
  readonly values: fc.Arbitrary<unknown>;
  /** As text, to compare what came back with what went in. */
  readonly show: (value: Any) => unknown;
  /** Min() and Max() are known by every database. */
  readonly isOrdered?: boolean;
  /** Sum() of one value is the value. */
  readonly isSummed?: boolean;
  /** A document holds it as it is. */
  readonly isJson?: boolean;
}

const hostileTexts = [
  '',
  ' ',
  'x ',
  ' x',
  "'",
  "''",
  '"',
  '`',
  '\\',
  "\\'",
  '\\\\',
  '%',
  '_',
  '?',
  '$1',
  ':a',
  '--',
  '/*',
  '#',
  '\n',
  '\r\n',
  '\t',
  '\0',
  'a\0b',
  '\u001a',
  '\u2028',
  '\ufeff',
  '\ufffe',
  '\uffff',
  'e\u0301',
  'é',
  'ß',
  'İ',
  '😀',
  '👨‍👩‍👧‍👦',
  '\ud800',
  '\udc00x',
  '\u202eabc',
  'null',
  'NULL',
  'NaN',
  'true',
  '1',
  '1e3',
  '0x10',
  '__proto__',
  '{"a":1}',
  '[]',
  '2024-02-29',
];
const texts = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
);
const around = (...borders: readonly bigint[]): fc.Arbitrary<bigint> =>
  fc.tuple(fc.constantFrom(...borders), fc.bigInt({ min: -2n, max: 2n })).map(([border, step]) => border + step);
const wholes = fc.oneof(
  around(0n, 2n ** 15n, -(2n ** 15n), 2n ** 16n, 2n ** 31n, -(2n ** 31n), 2n ** 32n, 2n ** 53n, -(2n ** 53n)),
  around(2n ** 63n, -(2n ** 63n), 2n ** 64n),
  fc.bigInt({ min: -(2n ** 15n), max: 2n ** 15n }),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }),
);
const numbers = fc.oneof(
  wholes.filter((value) => Number.isSafeInteger(Number(value))).map(Number),
  fc.constantFrom(-0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e300),
);
const floats = fc.oneof(
  fc.double(),
  fc.constantFrom(-0, 0.1 + 0.2, 1e-320, Number.MIN_VALUE, Number.MAX_VALUE, Number.EPSILON, 2 ** 53 + 2, 1e22, 1e21),
);
const decimals = fc.oneof(
  fc
    .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: 0, max: 12 }))
    .map(([digits, places]) => new Decimal(String(digits)).div(new Decimal(10).pow(places))),
  fc
    .tuple(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 4 }))
    .map(([digits, places]) => new Decimal(digits).div(10 ** places)),
  fc
    .constantFrom('-0', '0.0000', '1e3', '0.00005', '1E-20', '99999999.9999', '1e400', 'NaN', 0.1)
    .map((value) => value),
);
const years = fc.oneof(
  fc.constantFrom(-1, 0, 1, 4, 99, 100, 999, 1000, 1582, 1900, 1969, 1970, 2000, 2024, 9999, 10_000),
  fc.integer({ min: 1, max: 9999 }),
);
const days = fc.oneof(
  fc.tuple(years, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 })),
  fc.tuple(years, fc.constant(2), fc.constant(29)),
);
const dates = days.map(([year, month, day]) => Temporal.PlainDate.from({ year, month, day }));
const clocks = fc.oneof(
  fc.integer({ min: 0, max: 86_399_999_999 }),
  fc.constantFrom(0, 1, 999_999, 86_399_999_999, 7_200_000_000, 9_000_000_001),
);
const times = clocks.map((micros) => new Temporal.PlainTime().add({ microseconds: micros }));
const moments = fc
  .tuple(dates, clocks)
  .map(([date, micros]) => date.toZonedDateTime('UTC').toInstant().add({ microseconds: micros }));
/** Moments around which clocks somewhere change. */
const changes = fc
  .tuple(
    fc.constantFrom('2024-03-31T01:00:00Z', '2024-10-27T01:00:00Z', '1970-01-01T00:00:00Z', '2038-01-19T03:14:07Z'),
    fc.integer({ min: -2, max: 2 }),
  )
  .map(([moment, step]) => Temporal.Instant.from(moment).add({ milliseconds: step }));
const instants = fc.oneof(moments, changes);
const spans = fc
  .oneof(
    fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
    fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
    fc.constantFrom(0n, 1n, -1n, 86_399_999_999n, 86_400_000_000n),
  )
  .map((micros) =>
    Temporal.Duration.from({ seconds: Number(micros / 1_000_000n), microseconds: Number(micros % 1_000_000n) }),
  );
const documents: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.letrec((tie) => ({
    node: fc.oneof({ maxDepth: 4 }, texts, floats, fc.constant(null), fc.boolean(), tie('list'), tie('object')),
    list: fc.array(tie('node'), { maxLength: 3 }),
    object: fc
      .array(fc.tuple(fc.oneof(texts, fc.constantFrom('__proto__', 'constructor', 'toJSON', '')), tie('node')), {
        maxLength: 3,
      })
      .map((entries) => Object.fromEntries(entries)),
  })).node,
);

/** As the URL standard writes it. */
const canonicalAddress = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);

const micros = (span: Temporal.Duration): bigint =>
  BigInt(
    span.total('seconds') < 9e9 && span.total('seconds') > -9e9
      ? Math.round(span.total('microseconds'))
      : Math.trunc(span.total('seconds')),
  );
/** Keys in one order, since a document has none, and no zero below zero, which JSON.stringify does not know. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, canonical(each)] as const);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
};
const plainNumber = (value: unknown): number => Number(value) + 0;
const rounded = (value: unknown, places: number): string =>
  new Decimal(value as Any).toFixed(places).replace(/^-(0\.0*)$/, '$1');

/** Every kind of field that holds a value. */
export const kinds: readonly Kind[] = [
  {
    name: 'char',
    field: (options) => CharField({ maxLength: 64, ...options }),
    values: texts,
    show: String,
    isOrdered: true,
    isJson: true,
  },
  { name: 'text', field: TextField, values: texts, show: String, isOrdered: true, isJson: true },
  {
    name: 'small',
    field: SmallIntegerField,
    values: numbers,
    show: plainNumber,
    isOrdered: true,
    isSummed: true,
    isJson: true,
  },
  {
    name: 'whole',
    field: IntegerField,
    values: numbers,
    show: plainNumber,
    isOrdered: true,
    isSummed: true,
    isJson: true,
  },
  {
    name: 'positive',
    field: PositiveIntegerField,
    values: numbers,
    show: plainNumber,
    isOrdered: true,
    isSummed: true,
    isJson: true,
  },
  { name: 'big', field: BigIntegerField, values: wholes, show: BigInt, isOrdered: true, isSummed: true },
  {
    name: 'positiveBig',
    field: PositiveBigIntegerField,
    values: wholes,
    show: BigInt,
    isOrdered: true,
    isSummed: true,
  },
  {
    name: 'ratio',
    field: FloatField,
    values: floats,
    show: plainNumber,
    isOrdered: true,
    isSummed: true,
  },
  {
    name: 'price',
    field: (options) => DecimalField({ maxDigits: 12, decimalPlaces: 4, ...options }),
    values: decimals,
    show: (value) => rounded(value, 4),
    isOrdered: true,
    isSummed: true,
  },
  {
    name: 'exact',
    field: (options) => DecimalField({ maxDigits: 38, decimalPlaces: 10, ...options }),
    values: decimals,
    show: (value) => rounded(value, 10),
    isOrdered: true,
    isSummed: true,
  },
  { name: 'flag', field: BooleanField, values: fc.boolean(), show: (value) => value, isJson: true },
  { name: 'day', field: DateField, values: dates, show: String, isOrdered: true },
  { name: 'clock', field: TimeField, values: times, show: String, isOrdered: true },
  {
    name: 'at',
    field: DateTimeField,
    values: instants.map((moment) => new Date(moment.epochMilliseconds)),
    show: (value: Date) => value.getTime(),
    isOrdered: true,
  },
  { name: 'moment', field: InstantField, values: instants, show: String, isOrdered: true },
  {
    name: 'span',
    field: DurationField,
    values: spans,
    show: (value) => micros(Temporal.Duration.from(String(value) as never)),
    isOrdered: true,
    isSummed: true,
  },
  { name: 'code', field: UUIDField, values: fc.uuid(), show: String },
  {
    name: 'address',
    field: GenericIPAddressField,
    values: fc.oneof(fc.ipV4(), fc.ipV6().map(canonicalAddress)),
    show: String,
  },
  {
    name: 'bytes',
    field: BinaryField,
    values: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(new Uint8Array())),
    show: (value: Uint8Array) => Buffer.from(value).toString('hex'),
  },
  {
    name: 'data',
    field: JSONField,
    values: documents,
    show: (value) => JSON.stringify(canonical(value)),
    isJson: true,
  },
];

/** A row for a value of each kind, and beside each a twin to copy it to. */
export class Parent extends model('kinds.Parent', { name: CharField({ maxLength: 8, default: '' }) }) {}
export class Holder extends model('kinds.Holder', {
  parent: (ForeignKey as Any)('Parent', { onDelete: CASCADE, relatedName: 'holders' }),
  ...Object.fromEntries(
    kinds.flatMap(({ name, field }) => [
      [name, field({ null: true })],
      [`${name}Twin`, field({ null: true })],
    ]),
  ),
}) {}

export async function openKinds(): Promise<void> {
  defineConfig({ apps: { kinds: { Parent, Holder } }, databases: { default: await openTestDatabase() } } as Any);
  await createTables();
}
