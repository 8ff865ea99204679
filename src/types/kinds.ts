import type { Decimal } from 'decimal.js';
import type { Temporal } from 'temporal-polyfill';
import type { FieldFile } from './public/field-file.js';
import type { valueKind } from './symbols.js';

/** What lookups and transforms a field has, and which values it takes. Several field classes share a kind. */
export type Kind = keyof KindTypes;

/** What a value of each kind is in JavaScript. */
export interface KindTypes {
  readonly text: string;
  readonly number: number;
  readonly bigint: bigint;
  readonly decimal: Decimal;
  readonly boolean: boolean;
  readonly datetime: Date;
  readonly instant: Temporal.Instant;
  readonly date: Temporal.PlainDate;
  readonly time: Temporal.PlainTime;
  readonly duration: Temporal.Duration;
  readonly uuid: string;
  readonly json: unknown;
  readonly binary: Uint8Array;
  readonly file: FieldFile;
}

/** What each kind takes where a value is given, beside the value itself. */
export interface KindInputs {
  readonly text: never;
  readonly number: never;
  readonly bigint: number;
  readonly decimal: Decimal | number | string;
  readonly boolean: never;
  readonly datetime: string;
  readonly instant: string;
  readonly date: string;
  readonly time: string;
  readonly duration: string;
  readonly uuid: never;
  readonly json: never;
  readonly binary: never;
  readonly file: string;
}

/** A Temporal value, told by its tag: comparing whole interfaces would be dear. */
type Tagged<Name extends string> = { readonly [Symbol.toStringTag]: `Temporal.${Name}` };

/** A value whose class says of which kind it is. */
export interface OfKind<out K> {
  readonly [valueKind]: K;
}

/** The kind of a value of type `T` (not null); `json` for what is none of the others. */
export type KindOf<T> = [T] extends [number]
  ? 'number'
  : [T] extends [string]
    ? 'text'
    : [T] extends [boolean]
      ? 'boolean'
      : [T] extends [Date]
        ? 'datetime'
        : [T] extends [bigint]
          ? 'bigint'
          : [T] extends [Decimal]
            ? 'decimal'
            : [T] extends [Tagged<'PlainDate'>]
              ? 'date'
              : [T] extends [Tagged<'Instant'>]
                ? 'instant'
                : [T] extends [Tagged<'PlainTime'>]
                  ? 'time'
                  : [T] extends [Tagged<'Duration'>]
                    ? 'duration'
                    : [T] extends [Uint8Array]
                      ? 'binary'
                      : [T] extends [OfKind<infer K extends Kind>]
                        ? K
                        : 'json';

/** `T`, or null where `N` is true. */
export type OrNull<T, N> = N extends true ? T | null : T;
