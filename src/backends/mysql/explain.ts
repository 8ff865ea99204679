import { ValueError } from '../../errors.js';

const FORMATS: readonly string[] = ['TEXT', 'TRADITIONAL', 'JSON', 'TREE'];
const MARIADB_FORMATS = FORMATS.filter((format) => format !== 'TREE');

/** `EXPLAIN FORMAT=JSON …`, or `ANALYZE …`, which runs the statement; what is not on the lists is refused, since it would be SQL. */
export const explainFor =
  (isMariaDB: boolean) =>
  (sql: string, options: Readonly<Record<string, unknown>>): string => {
    const { format, analyze, ...others } = options;
    const [unknown] = Object.keys(others).filter((name) => others[name] !== undefined);
    if (unknown !== undefined)
      throw new ValueError('invalid-explain-option', 'EXPLAIN has no such option. Options are: format, analyze.');
    if (analyze !== undefined && typeof analyze !== 'boolean')
      throw new ValueError('invalid-explain-option', "The option 'analyze' of EXPLAIN is true or false.");
    const formats = isMariaDB ? MARIADB_FORMATS : FORMATS;
    const wanted = typeof format === 'string' ? format.toUpperCase() : (format ?? 'TEXT');
    if (!formats.includes(wanted as string))
      throw new ValueError('invalid-explain-format', `The server explains in these formats: ${formats.join(', ')}.`);
    const shape = wanted === 'TEXT' ? '' : `FORMAT=${wanted} `;
    if (analyze === true) return isMariaDB ? `ANALYZE ${shape}${sql}` : `EXPLAIN ANALYZE ${shape}${sql}`;
    return `EXPLAIN ${shape}${sql}`;
  };
