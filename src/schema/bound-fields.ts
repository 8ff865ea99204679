import { FieldError } from '../errors.js';
import type { Field } from '../fields/field.js';
import { isGenerated } from '../fields/generated.js';
import { AutoField } from '../fields/numeric.js';
import { type CompositePrimaryKey, isForeignKey } from '../fields/relations.js';
import { snakeCase, words } from '../util/case.js';
import type { FieldDraft, MetaDraft } from './draft.js';
import { asMeta } from './draft.js';
import type { BoundField } from './model-meta.js';

/** How a field belongs to the primary key: it is the whole key, one of several columns, or none. */
export type KeyPart = 'whole' | 'part' | 'none';

/** A field in its place. `type` of a foreign key is set by linking. */
export function bind(name: string, field: Field, meta: MetaDraft, key: KeyPart): FieldDraft {
  const { options } = field;
  const isKey = isForeignKey(field);
  const attname = isKey ? `${name}Id` : name;
  const column = options.dbColumn ?? (name === '_order' ? '_order' : snakeCase(attname));
  if (typeof column !== 'string' || column === '' || column.includes('\u0000')) {
    throw new FieldError('column-name', `${meta.label}.${name}: the column has no usable name.`);
  }
  const generated = isGenerated(field);
  const primaryKey = key !== 'none';
  return {
    name,
    attname,
    column,
    field,
    type: generated ? field.options.outputField : field,
    model: asMeta(meta),
    nullable: field.nullable && !primaryKey,
    primaryKey,
    unique: key === 'whole' || options.unique === true || (isKey && field.isUnique),
    generated,
    auto: field instanceof AutoField,
    relation: null,
    verboseName: options.verboseName ?? words(name),
  };
}

/** Puts together own and inherited fields and their names; finds the primary key. */
export function finishFields(
  meta: MetaDraft,
  parents: readonly MetaDraft[],
  composite: CompositePrimaryKey | null,
): void {
  const seen = new Set<BoundField>();
  for (const parent of parents) {
    for (const field of parent.fields) if (!seen.has(field)) seen.add(field);
    for (const [name, field] of parent.fieldsByName)
      if (name !== 'pk' && !meta.fieldsByName.has(name)) meta.fieldsByName.set(name, field);
  }
  meta.fields = [...seen, ...meta.localFields];
  const columns = new Map<string, string>();
  for (const field of meta.localFields) {
    for (const name of new Set([field.name, field.attname])) {
      const other = meta.fieldsByName.get(name);
      if (other !== undefined) {
        throw new FieldError(
          'field-clash',
          `${meta.label}: the fields '${other.name}' and '${field.name}' both have the attribute '${name}'.`,
        );
      }
      meta.fieldsByName.set(name, field);
    }
    const same = columns.get(field.column.toLowerCase());
    if (same !== undefined) {
      throw new FieldError(
        'column-clash',
        `${meta.label}: the fields '${same}' and '${field.name}' have the same column '${field.column}'.`,
      );
    }
    columns.set(field.column.toLowerCase(), field.name);
  }
  const pk = composite === null ? meta.localFields.find((field) => field.primaryKey) : compositeKey(meta, composite);
  if (pk === undefined) throw new FieldError('primary-key', `${meta.label} has no primary key.`);
  meta.pk = pk;
  meta.fieldsByName.set('pk', pk);
  meta.pkFields = composite === null ? [pk] : composite.names.map((name) => meta.fieldsByName.get(name)!);
}

function compositeKey(meta: MetaDraft, field: CompositePrimaryKey): FieldDraft {
  for (const name of field.names) {
    const part = meta.fieldsByName.get(name);
    if (part === undefined || part.model !== asMeta(meta)) {
      throw new FieldError(
        'composite-key',
        `${meta.label}: the composite key names '${name}', which is no field of its table.`,
      );
    }
    if (part.field.nullable)
      throw new FieldError('composite-key', `${meta.label}: '${name}' is part of the primary key and cannot be null.`);
  }
  return {
    name: 'pk',
    attname: 'pk',
    column: '',
    field,
    type: field,
    model: asMeta(meta),
    nullable: false,
    primaryKey: true,
    unique: true,
    generated: false,
    auto: false,
    relation: null,
    verboseName: 'pk',
  };
}
