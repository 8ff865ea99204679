import { FieldError, typeError, ValueError } from '../errors.js';
import type { ModelMeta } from '../schema/model-meta.js';
import { lettersOfAnyScript } from '../util/letters.js';

/** Names of expressions: letters, digits and underscores; they become SQL identifiers and properties of rows. */
const isName = lettersOfAnyScript(/^[A-Za-z_]\w*$/, String.raw`^[\p{L}_][\p{L}\p{N}_]*$`);
const MAX_LENGTH = 63;
/** Names that rows and promises give a meaning of their own. */
const RESERVED = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'then',
  'toJSON',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'pk',
]);

/**
 * Checks a name given to an expression. Throws FieldError for what is no name and ValueError for one that would hide a field,
 * a relation or (where rows are instances) a method.
 */
export function checkAlias(meta: ModelMeta, name: string, hidesMethods: boolean): void {
  checkName(name, 'an expression');
  if (meta.fieldsByName.has(name) || meta.relations.has(name) || meta.accessors.has(name)) {
    throw new ValueError('alias-conflict', `The annotation '${name}' conflicts with a field of ${meta.label}.`);
  }
  if (hidesMethods && name in meta.modelClass.prototype) {
    throw new ValueError('alias-conflict', `The annotation '${name}' would hide a member of ${meta.label}.`);
  }
}

function checkName(name: string, what: string): void {
  if (!isName(name) || name.length > MAX_LENGTH) {
    throw new ValueError(
      'bad-alias',
      `'${name.slice(0, MAX_LENGTH)}' cannot name ${what}: a name has letters, digits and underscores, at most ${MAX_LENGTH}.`,
    );
  }
  if (RESERVED.has(name))
    throw new ValueError('reserved-alias', `'${name}' cannot name ${what}: it has a meaning of its own.`);
}

/** Checks a name in the result of aggregate(), which hides nothing. Throws ValueError. */
export const checkResultName = (name: string): void => checkName(name, 'an aggregate');

/** Checks the name of a common table; two underscores would part it from its columns. Throws TypeError and ValueError. */
export function checkTableName(name: unknown): asserts name is string {
  if (typeof name !== 'string') throw typeError('not-a-name', 'A common table expression has a name, as text.');
  checkName(name, 'a common table expression');
  if (name.includes('__'))
    throw new ValueError(
      'bad-alias',
      `'${name}' cannot name a common table expression: two underscores part it from the names of its columns.`,
    );
}

/** Checks that a list holds names and nothing else. */
export function checkNames(method: string, names: readonly unknown[]): asserts names is readonly string[] {
  for (const name of names) {
    if (typeof name !== 'string' || name === '')
      throw new FieldError('not-a-name', `${method}() takes names of fields, each a text that is not empty.`);
  }
}
