import type { Validator } from './field.js';

/** A validator that knows what it was made of, so that two of them can be compared and written into a migration. */
export interface KnownValidator extends Validator {
  /** Its public name: `MinValueValidator`. */
  readonly kind: string;
  readonly args: readonly unknown[];
  readonly code: string;
}

/** What may be said otherwise of a validator. */
export interface ValidatorOptions {
  readonly message?: string;
  readonly code?: string;
}

/** Makes a validator of a check. */
export function known(kind: string, args: readonly unknown[], code: string, check: Validator): KnownValidator {
  return Object.freeze(Object.assign(check, { kind, args: Object.freeze([...args]), code }));
}

/** Whether two validators check the same. */
export function sameValidator(a: Validator, b: Validator): boolean {
  if (a === b) return true;
  const [left, right] = [a as Partial<KnownValidator>, b as Partial<KnownValidator>];
  if (left.kind === undefined || left.kind !== right.kind || left.code !== right.code) return false;
  const [mine, theirs] = [left.args ?? [], right.args ?? []];
  return (
    mine.length === theirs.length &&
    mine.every((arg, index) => Object.is(arg, theirs[index]) || String(arg) === String(theirs[index]))
  );
}
