import { Decimal } from 'decimal.js';
import { Temporal as Polyfill } from 'temporal-polyfill';
import type { Json, JsonObject } from './corpus.js';
import type { Dynamic, Library } from './dynamic.js';

/** Native Temporal where the runtime has it, as the library itself chooses. */
export const Temporal: typeof Polyfill = (globalThis as { Temporal?: typeof Polyfill }).Temporal ?? Polyfill;

/** Whether a JSON value is an object (not an array, not null). */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The encoded form an object stands for: `$decimal` of `{"$decimal": "1"}`; undefined for a plain object. */
export function formOf(value: Json | undefined): string | undefined {
  return isObject(value) ? Object.keys(value).find((key) => key.startsWith('$')) : undefined;
}

/** Whether a JSON value is a set of keyword arguments. */
export function isKeywords(value: Json | undefined): value is JsonObject {
  return isObject(value) && formOf(value) === undefined;
}

/** What each encoded scalar is in JavaScript, as the library takes it. */
export const scalarForms: Readonly<Record<string, (argument: Json, nuages: Library) => Dynamic>> = {
  $bigint: (text) => BigInt(text as string),
  $float: (text) => floatOf(text as string),
  $decimal: (text) => new Decimal(text as string),
  $date: (text) => Temporal.PlainDate.from(text as string),
  $time: (text) => Temporal.PlainTime.from(text as string),
  $datetime: (text) => new Date(instantText(text as string)),
  $duration: (seconds) => durationOf(seconds as string),
  $uuid: (text) => text,
  $bytes: (base64) => Uint8Array.from(Buffer.from(base64 as string, 'base64')),
  $tz: (name) => name,
  $json: (value, nuages) => (value === null ? nuages.JSONNull : plainJson(value)),
};

function floatOf(text: string): number {
  return text === 'inf' ? Number.POSITIVE_INFINITY : text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text);
}

/** A naive datetime of the corpus is in UTC, which is the time zone of the whole corpus. */
export function instantText(text: string): string {
  return /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
}

/** `"-86400.5"` seconds as a Duration whose parts all have one sign. */
export function durationOf(seconds: string): Polyfill.Duration {
  const micro = microseconds(seconds);
  return Temporal.Duration.from({
    seconds: Number(micro / 1_000_000n),
    milliseconds: Number((micro % 1_000_000n) / 1_000n),
    microseconds: Number(micro % 1_000n),
  });
}

/** Decimal seconds as whole microseconds. */
export function microseconds(seconds: string): bigint {
  return BigInt(new Decimal(seconds).times(1_000_000).toFixed(0));
}

/** A JSON document as it is; its numbers are JavaScript's, which are floats. */
export function plainJson(value: Json): Dynamic {
  if (Array.isArray(value)) return value.map(plainJson);
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const form = formOf(value);
  if (form === '$float' || form === '$bigint') return floatOf(value[form] as string);
  return Object.fromEntries(entries.map(([key, item]) => [key, plainJson(item)]));
}
