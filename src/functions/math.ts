import { floatField } from '../expressions/types.js';
import { defineFunction, firstType, numericType, sameType, WholeNumber } from './define.js';

/** Of one number, giving a float, or a decimal of a decimal. */
const numeric = (label: string, sql: string) =>
  defineFunction<[expression: unknown, options?: object]>(label, {
    sql,
    arity: 1,
    type: numericType,
    transform: label.toLowerCase(),
  });
/** Of one number, giving its type. */
const same = (label: string, sql: string) =>
  defineFunction<[expression: unknown, options?: object]>(label, {
    sql,
    arity: 1,
    type: sameType,
    transform: label.toLowerCase(),
  });
/** Of two numbers. */
const binary = (label: string, sql: string) =>
  defineFunction<[first: unknown, second: unknown, options?: object]>(label, { sql, arity: 2, type: numericType });
/** Of none. */
const constant = (label: string, sql: string) =>
  defineFunction<[options?: object]>(label, { sql, arity: 0, type: floatField });

/** The number without its sign. SQL: `ABS(x)` @example Abs("balance") */
export const Abs = same('Abs', 'ABS');
/** The angle, in radians, of a cosine. SQL: `ACOS(x)` @example ACos("x") */
export const ACos = numeric('ACos', 'ACOS');
/** The angle, in radians, of a sine. SQL: `ASIN(x)` @example ASin("x") */
export const ASin = numeric('ASin', 'ASIN');
/** The angle, in radians, of a tangent. SQL: `ATAN(x)` @example ATan("x") */
export const ATan = numeric('ATan', 'ATAN');
/** The angle, in radians, of the point (x, y). SQL: `ATAN2(y, x)` @example ATan2("y", "x") */
export const ATan2 = binary('ATan2', 'ATAN2');
/** The smallest whole number that is not smaller. SQL: `CEILING(x)` @example Ceil("price") */
export const Ceil = same('Ceil', 'CEILING');
/** The cosine of an angle in radians. SQL: `COS(x)` @example Cos("angle") */
export const Cos = numeric('Cos', 'COS');
/** The cotangent of an angle in radians. SQL: `COT(x)` @example Cot("angle") */
export const Cot = numeric('Cot', 'COT');
/** Radians as degrees. SQL: `DEGREES(x)` @example Degrees("angle") */
export const Degrees = numeric('Degrees', 'DEGREES');
/** e to the power of x. SQL: `EXP(x)` @example Exp("x") */
export const Exp = numeric('Exp', 'EXP');
/** The largest whole number that is not larger. SQL: `FLOOR(x)` @example Floor("price") */
export const Floor = same('Floor', 'FLOOR');
/** The natural logarithm. SQL: `LN(x)` @example Ln("x") */
export const Ln = numeric('Ln', 'LN');
/** The logarithm of the second to the base of the first. SQL: `LOG(base, x)` @example Log(Value(2), "x") */
export const Log = binary('Log', 'LOG');
/** The remainder of a division, with the sign of the dividend. SQL: `MOD(a, b)` @example Mod("pages", 16) */
export const Mod = binary('Mod', 'MOD');
/** The number π. SQL: `PI()` @example Pi() */
export const Pi = constant('Pi', 'PI');
/** The first to the power of the second. SQL: `POWER(a, b)` @example Power("side", 2) */
export const Power = binary('Power', 'POWER');
/** Degrees as radians. SQL: `RADIANS(x)` @example Radians("angle") */
export const Radians = numeric('Radians', 'RADIANS');
/** A random number from 0 up to but not including 1. SQL: `RANDOM()` @example orderBy(Random()) */
export const Random = constant('Random', 'RANDOM');
/**
 * The number rounded to a number of decimal places, 0 when not given: `Round(x, 2)` or `Round(x, { precision: 2 })`.
 * SQL: `ROUND(x, precision)`
 *
 * @example
 * await Book.objects.annotate({ about: Round("price", { precision: 1 }) });
 */
export const Round = defineFunction<[expression: unknown, precision?: unknown, options?: object]>('Round', {
  sql: 'ROUND',
  arity: 2,
  type: firstType,
  transform: 'round',
  read: ([expression, given, ...more], options) => {
    const precision = given ?? options.precision ?? 0;
    return [expression, typeof precision === 'number' ? new WholeNumber(precision) : precision, ...more];
  },
});
/** −1, 0 or 1. SQL: `SIGN(x)` @example Sign("balance") */
export const Sign = same('Sign', 'SIGN');
/** The sine of an angle in radians. SQL: `SIN(x)` @example Sin("angle") */
export const Sin = numeric('Sin', 'SIN');
/** The square root. SQL: `SQRT(x)` @example Sqrt("area") */
export const Sqrt = numeric('Sqrt', 'SQRT');
/** The tangent of an angle in radians. SQL: `TAN(x)` @example Tan("angle") */
export const Tan = numeric('Tan', 'TAN');
