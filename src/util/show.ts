const LIMIT = 80;

/** A value as a message shows it: `'x'`, `3`, `[object Map]`; cut short, and never by code of the value's own. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > LIMIT ? `'${value.slice(0, LIMIT)}…'` : `'${value}'`;
    case 'bigint':
      return value > 10n ** 40n || value < -(10n ** 40n) ? 'a very long number' : String(value);
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    default:
      if (value === null) return 'null';
      return Array.isArray(value) ? 'an array' : 'an object';
  }
}
