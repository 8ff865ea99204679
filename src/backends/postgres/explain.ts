import { ValueError } from '../../errors.js';
import { closest } from '../../util/closest.js';

const FORMATS: readonly string[] = ['TEXT', 'JSON', 'YAML', 'XML'];
const OPTIONS: readonly string[] = [
  'ANALYZE',
  'VERBOSE',
  'COSTS',
  'SETTINGS',
  'GENERIC_PLAN',
  'BUFFERS',
  'WAL',
  'TIMING',
  'SUMMARY',
  'MEMORY',
];

/** `EXPLAIN (ANALYZE true, FORMAT JSON) …`; what is not on the lists is refused, since it would be SQL. */
export function explain(sql: string, options: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    return [name.toLowerCase() === 'format' ? `FORMAT ${formatOf(value)}` : optionOf(name, value)];
  });
  return `EXPLAIN ${words.length === 0 ? '' : `(${words.join(', ')}) `}${sql}`;
}

function formatOf(value: unknown): string {
  const format = typeof value === 'string' ? value.toUpperCase() : '';
  if (FORMATS.includes(format)) return format;
  throw new ValueError('invalid-explain-format', `PostgreSQL explains in these formats: ${FORMATS.join(', ')}.`);
}

function optionOf(name: string, value: unknown): string {
  const option = name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  if (!OPTIONS.includes(option)) {
    const near = closest(option, OPTIONS);
    throw new ValueError(
      'invalid-explain-option',
      `EXPLAIN has no such option.${near === null ? '' : ` Did you mean '${near.toLowerCase()}'?`} Options are: ${OPTIONS.join(', ').toLowerCase()}.`,
    );
  }
  if (typeof value !== 'boolean')
    throw new ValueError('invalid-explain-option', `The option '${option.toLowerCase()}' of EXPLAIN is true or false.`);
  return `${option} ${value}`;
}
