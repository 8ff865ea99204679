import { FieldError, typeError } from '../errors.js';
import { Field } from '../fields/field.js';
import { isCompositeKey } from '../fields/relations.js';
import { lettersOfAnyScript } from '../util/letters.js';
import { show } from '../util/show.js';
import type { MetaOptions } from './meta-options.js';
import { checkOptions } from './options.js';

/** A model as the user wrote it: nothing inherited, nothing resolved. */
export interface ModelDefinition {
  /** `library.Book`; for abstract models '' (they have no name of their own). */
  readonly label: string;
  readonly appLabel: string;
  readonly name: string;
  readonly abstract: boolean;
  readonly parents: readonly ModelDefinition[];
  /** Own fields by name; null takes out a field of an abstract parent. */
  readonly fields: ReadonlyMap<string, Field | null>;
  readonly options: MetaOptions;
  /** Counts definitions: fields of abstract parents come in the order in which they were written. */
  readonly sequence: number;
}

let definitions = 0;
const LABEL = /^(?:([A-Za-z_]\w*)\.)?([A-Za-z]\w*)$/;
const isIdentifier = lettersOfAnyScript(/^[A-Za-z_]\w*$/, String.raw`^[\p{ID_Start}_][\p{ID_Continue}]*$`);

/** What nothing may be called: it would hide what every object has. */
const RESERVED: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'then', 'prototype']);

/**
 * Checks and freezes what the user wrote. `label` null makes an abstract model.
 * Throws TypeError for a label, field, parent or option that cannot be.
 */
export function defineModel(
  label: string | null,
  parents: readonly ModelDefinition[],
  fields: Readonly<Record<string, unknown>>,
  options: MetaOptions = {},
): ModelDefinition {
  const match = label === null ? ['', '', ''] : LABEL.exec(String(label));
  if (match === null) {
    throw typeError(
      'model-label',
      `Model(): the first argument names app and model, as in 'library.Book'; it is ${show(label)}.`,
    );
  }
  const [, appLabel = 'models', name] = match as unknown as [string, string | undefined, string];
  const subject = label === null ? 'AbstractModel' : `${appLabel}.${name}`;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields) || fields instanceof Field) {
    throw typeError('model-fields', `${subject}: the fields must be an object, name → field; it is ${show(fields)}.`);
  }
  const own = new Map<string, Field | null>();
  for (const [fieldName, field] of Object.entries(fields)) own.set(fieldName, checkField(subject, fieldName, field));
  definitions += 1;
  return Object.freeze({
    label: label === null ? '' : `${appLabel}.${name}`,
    appLabel: label === null ? '' : appLabel,
    name: label === null ? '' : name,
    abstract: label === null,
    parents: Object.freeze([...parents]),
    fields: own,
    options: checkOptions(subject, options),
    sequence: definitions,
  });
}

function checkField(subject: string, name: string, field: unknown): Field | null {
  if (!isIdentifier(name) || name.length > 200) {
    throw typeError('field-name', `${subject}: a field cannot be called ${show(name)}; names are identifiers.`);
  }
  if (RESERVED.has(name))
    throw typeError('field-name', `${subject}: a field cannot be called '${name}'; every object has that already.`);
  if (field === null) return null;
  if (!(field instanceof Field)) {
    throw typeError('model-fields', `${subject}.${name} is not a field but ${show(field)}.`);
  }
  if (isCompositeKey(field) !== (name === 'pk')) {
    throw new FieldError(
      'pk-name',
      `${subject}: 'pk' is the name of the primary key, whichever it is; only a CompositePrimaryKey is called so.`,
    );
  }
  return field;
}
