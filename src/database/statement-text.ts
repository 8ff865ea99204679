import type { Dialect } from '../compiler/dialect.js';
import { encodePlain } from '../compiler/plain-values.js';
import { SqlFragment, SqlName } from '../sql/template.js';

/** A statement in the driver's form. */
export interface StatementText {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** The text of a tagged template: values become parameters, names are quoted, pieces are put in. */
export function statementText(fragment: SqlFragment, dialect: Dialect): StatementText {
  const params: unknown[] = [];
  const write = ({ texts, values }: SqlFragment): string =>
    texts.reduce((before, text, index) => before + part(values[index - 1]) + text);
  const part = (value: unknown): string => {
    if (value instanceof SqlFragment) return write(value);
    if (value instanceof SqlName) return value.parts.map((name) => dialect.quoteName(name)).join('.');
    params.push(encodePlain(value, dialect));
    return dialect.placeholder(params.length);
  };
  return { sql: write(fragment), params };
}
