import { isDecimal } from '../util/decimal.js';

/** How long a decimal is as it was written: trailing zeros count. */
export interface DecimalParts {
  readonly digits: number;
  readonly decimals: number;
  readonly whole: number;
}

/** The parts of a finite number; null for anything else. */
export function decimalParts(value: unknown): DecimalParts | null {
  const text = isDecimal(value) ? (value.isFinite() ? value.toFixed() : '') : String(value);
  const match = /^-?(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return null;
  const decimals = match[2]?.length ?? 0;
  const whole = match[1]!.replace(/^0+/, '').length;
  // 0.05 has two digits in total, as its places say
  return { digits: Math.max(whole + decimals, decimals), decimals, whole };
}
