import type { Temporal } from 'temporal-polyfill';
import type {
  AnyExpression,
  ArrayOf,
  CallOf,
  FirstOf,
  MaybeCall,
  NumberFrom,
  ObjectOf,
  Operation,
  PathTo,
  SameAs,
  SureCall,
  ValueOf,
  ValueOrNull,
} from '../descriptions.js';
import type { Field } from '../field-types.js';
import type { Expression, FieldType, OutputOptions } from './expressions.js';

/** An argument: a path, an expression, or a value that is no text. */
export type Argument = string | number | bigint | boolean | Date | object | AnyExpression;

/** What a function with options `O` and argument `E` gives: the type of `outputField`, where it is given, else as `D` says. */
export type Output<O, E, D> = O extends { readonly outputField: infer X extends Field } ? CallOf<FieldType<X>, E> : D;

/** A function of one argument that gives `T`; null of null. */
export interface UnaryFunction<out T> {
  <const E extends Argument, const O extends OutputOptions = {}>(
    expression: E,
    options?: O,
  ): Expression<Output<O, E, CallOf<T, E>>>;
  new <const E extends Argument>(expression: E): Expression<CallOf<T, E>>;
}
/** A function of one argument that gives its type; null of null. */
export interface SameTypeFunction {
  <const E extends Argument, const O extends OutputOptions = {}>(
    expression: E,
    options?: O,
  ): Expression<Output<O, E, SameAs<E>>>;
  new <const E extends Argument>(expression: E): Expression<SameAs<E>>;
}
/** A function of one argument that gives a float, or a Decimal of a Decimal; null of null. */
export interface FloatFunction {
  <const E extends Argument, const O extends OutputOptions = {}>(
    expression: E,
    options?: O,
  ): Expression<Output<O, E, NumberFrom<E>>>;
  new <const E extends Argument>(expression: E): Expression<NumberFrom<E>>;
}
/** A function of two arguments that gives a float, or a Decimal where one is; null where one is. */
export interface FloatFunction2 {
  <const E extends Argument, const E2 extends Argument, const O extends OutputOptions = {}>(
    first: E,
    second: E2,
    options?: O,
  ): Expression<Output<O, E | E2, NumberFrom<E | E2>>>;
}
/** A function without arguments. */
export type Constant<out T> = () => Expression<ValueOf<T>>;

/** Round: the type of its argument. */
export interface RoundFunction {
  <const E extends Argument>(
    expression: E,
    options?: number | AnyExpression | { readonly precision?: number },
  ): Expression<SameAs<E>>;
}
/** Mod: null also where the divisor is zero (SQLite, MySQL). */
export type ModFunction = <const E extends Argument, const E2 extends Argument>(
  dividend: E,
  divisor: E2,
) => Expression<Operation<'mod', Expression<NumberFrom<E>>, E2 extends string ? Expression<PathTo<E2>> : E2>>;

/** Cast. */
export interface CastFunction {
  <const E extends Argument, const X extends Field>(expression: E, outputField: X): Expression<CallOf<FieldType<X>, E>>;
}
/** Coalesce: null only where every argument can be. */
export interface CoalesceFunction {
  <const A extends readonly [Argument, Argument, ...Argument[]]>(...expressions: A): Expression<FirstOf<A>>;
}
/** Greatest and Least. */
export interface ExtremeFunction {
  <const A extends readonly [Argument, Argument, ...Argument[]]>(...expressions: A): Expression<SameAs<A[number]>>;
}
/** NullIf. */
export interface NullIfFunction {
  <const E extends Argument, const E2 extends Argument>(first: E, second: E2): Expression<ValueOrNull<E, {}>>;
}
/** Collate. */
export interface CollateFunction {
  <const E extends Argument>(expression: E, collation: string): Expression<SameAs<E>>;
}

/** Options of date functions. */
export interface ZoneOptions extends OutputOptions {
  /** An IANA name; else the current time zone. */
  readonly tzinfo?: string;
}
/** ExtractYear and its like: a number. */
export interface ExtractFunction {
  <const E extends Argument>(expression: E, options?: ZoneOptions): Expression<CallOf<number, E>>;
}
/** Extract, with the part's name. */
export interface NamedExtractFunction {
  <const E extends Argument>(expression: E, lookupName: string, options?: ZoneOptions): Expression<CallOf<number, E>>;
}
/** TruncYear and its like: the type of the argument. */
export interface TruncFunction {
  <const E extends Argument, const O extends ZoneOptions = {}>(
    expression: E,
    options?: O,
  ): Expression<TruncDescription<E, O>>;
}
/** Trunc, with the kind's name. */
export interface NamedTruncFunction {
  <const E extends Argument, const O extends ZoneOptions = {}>(
    expression: E,
    kind: string,
    options?: O,
  ): Expression<TruncDescription<E, O>>;
}
type TruncDescription<E, O> = O extends { readonly outputField: infer X extends Field }
  ? CallOf<FieldType<X>, E>
  : SameAs<E>;
/** TruncDate. */
export type TruncDateFunction = <const E extends Argument>(
  expression: E,
  options?: ZoneOptions,
) => Expression<CallOf<Temporal.PlainDate, E>>;
/** TruncTime. */
export type TruncTimeFunction = <const E extends Argument>(
  expression: E,
  options?: ZoneOptions,
) => Expression<CallOf<Temporal.PlainTime, E>>;

/** JSONObject. */
export interface JSONObjectFunction {
  <const A extends Readonly<Record<string, Argument>>>(fields: A): Expression<ObjectOf<A>>;
}
/** JSONArray. */
export type JSONArrayFunction = <const A extends readonly Argument[]>(...items: A) => Expression<ArrayOf<A>>;
/** KT: text under a path of a JSON field. */
export interface KTFunction {
  <const P extends string>(path: P): Expression<MaybeCall<string, P>>;
}

/** Concat: never null, for null counts as empty. */
export interface ConcatFunction {
  <const A extends readonly [Argument, Argument, ...Argument[]]>(
    ...expressions: A
  ): Expression<SureCall<string, A[number]>>;
}
/** A function of a text and numbers that gives text: Left, Right, Repeat. */
export interface TextAndLengthFunction {
  <const E extends Argument>(expression: E, length: number | AnyExpression): Expression<CallOf<string, E>>;
}
/** LPad and RPad. */
export interface PadFunction {
  <const E extends Argument>(
    expression: E,
    length: number | string | AnyExpression,
    fill?: string | AnyExpression,
  ): Expression<CallOf<string, E>>;
}
/** Replace. */
export interface ReplaceFunction {
  <const E extends Argument>(
    expression: E,
    text: string | AnyExpression,
    replacement?: string | AnyExpression,
  ): Expression<CallOf<string, E>>;
}
/** StrIndex: 1 for the first character, 0 where the text is not found. */
export type StrIndexFunction = <const E extends Argument, const E2 extends Argument>(
  expression: E,
  substring: E2,
) => Expression<CallOf<number, E | E2>>;
/** Substr: positions count from 1. */
export interface SubstrFunction {
  <const E extends Argument>(
    expression: E,
    position: number | AnyExpression,
    length?: number | AnyExpression | null,
  ): Expression<CallOf<string, E>>;
}
