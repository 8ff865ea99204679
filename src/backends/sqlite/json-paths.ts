import type { SqlWriter } from '../../compiler/dialect.js';
import { mapParam } from '../../sql/build.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import { identity, type ValueType } from '../../sql/value-type.js';

const text: ValueType<string> = { columnType: { name: 'text' }, toDb: identity, fromDb: identity };

/** `."key"`: quoted always, so that every key is one member whatever characters it has (sqlite.org/json1.html#path_arguments). */
const memberText = (key: string): string => `.${JSON.stringify(key)}`;

/** `$."a"[0]`; a negative index counts from the end. */
export function jsonPathText(path: readonly (string | number)[]): string {
  let written = '$';
  for (const step of path) {
    if (typeof step === 'string') written += memberText(step);
    else written += step < 0 ? `[#${step}]` : `[${step}]`;
  }
  return written;
}

/** The path of one key inside `start`, as a parameter. */
export function writeKeyPath(start: string, key: ExpressionNode, out: SqlWriter): void {
  if (key.kind === 'param') out.param(mapParam(key, (value) => start + memberText(String(value)), text));
  // A key that the database computes: quoted there.
  else out.bind(start).text(" || '.' || JSON_QUOTE(").node(key).text(')');
}
