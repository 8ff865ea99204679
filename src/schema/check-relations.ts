import { isForeignKey, isOneToOne, type RelationOptions } from '../fields/relations.js';
import { type CheckMessage, finding } from './check-message.js';
import type { BoundField, ModelMeta, Relation } from './model-meta.js';

/** Relations whose options do not go together. */
export function checkRelations(models: readonly ModelMeta[]): readonly CheckMessage[] {
  return models
    .filter((meta) => !meta.proxy && !meta.autoCreated)
    .flatMap((meta) => [
      ...meta.localFields.flatMap((field) => (field.relation === null ? [] : checkKey(field, field.relation))),
      ...meta.manyToMany.filter((relation) => relation.from === meta).flatMap((relation) => checkMany(meta, relation)),
      ...checkActions(meta),
    ]);
}

const found = (messages: readonly (CheckMessage | null)[]): CheckMessage[] =>
  messages.filter((message) => message !== null);

function checkKey(field: BoundField, relation: Relation): readonly CheckMessage[] {
  const obj = `${field.model.label}.${field.name}`;
  const target = relation.hops[0]!.toField;
  const { action } = relation.onDelete;
  const { options } = field.field;
  return [
    ...checkReverseName(relation, obj),
    ...found([
      isUnique(target)
        ? null
        : finding(
            'fields.E311',
            obj,
            `${target.model.label}.${target.name} must be unique: a foreign key refers to it.`,
            `Give it unique: true.`,
          ),
      (action === 'SET_NULL' || action === 'DB_SET_NULL') && !field.nullable
        ? finding(
            'fields.E320',
            obj,
            `onDelete is ${action}, but the field cannot be null.`,
            'Give it null: true, or another onDelete.',
          )
        : null,
      action === 'SET_DEFAULT' && !field.field.hasDefault
        ? finding(
            'fields.E321',
            obj,
            'onDelete is SET_DEFAULT, but the field has no default.',
            'Give it a default, or another onDelete.',
          )
        : null,
      action === 'DB_SET_DEFAULT' && !field.field.hasDbDefault
        ? finding(
            'fields.E322',
            obj,
            'onDelete is DB_SET_DEFAULT, but the field has no dbDefault.',
            'Give it a dbDefault, or another onDelete.',
          )
        : null,
      isForeignKey(field.field) && !isOneToOne(field.field) && options.unique === true
        ? finding('fields.W342', obj, 'A unique ForeignKey is a OneToOneField.', 'Use OneToOneField.')
        : null,
    ]),
  ];
}

/** Whether no two rows share the column's value: by itself, or by a constraint without condition. */
function isUnique(field: BoundField): boolean {
  if (field.unique) return true;
  return (
    field.model.uniqueTogether.some((names) => names.length === 1 && names[0] === field.name) ||
    field.model.constraints.some((constraint) => {
      const { fields, isTotal } = constraint as { fields?: readonly string[]; isTotal?: boolean };
      return isTotal === true && fields?.length === 1 && fields[0] === field.name;
    })
  );
}

function checkReverseName({ inverse }: Relation, obj: string): readonly CheckMessage[] {
  if (inverse.name.endsWith('+')) return [];
  return found([
    inverse.name.endsWith('_')
      ? finding(
          'fields.E308',
          obj,
          `The reverse query name '${inverse.name}' must not end with an underscore.`,
          'Give it another relatedName or relatedQueryName.',
        )
      : null,
    inverse.name.includes('__')
      ? finding(
          'fields.E309',
          obj,
          `The reverse query name '${inverse.name}' must not contain '__'.`,
          'Give it another relatedName or relatedQueryName.',
        )
      : null,
  ]);
}

function checkMany(meta: ModelMeta, relation: Relation): readonly CheckMessage[] {
  const obj = `${meta.label}.${relation.name}`;
  const options = relation.field.options as RelationOptions;
  const twin = meta.manyToMany.find(
    (other) =>
      other !== relation &&
      other.from === meta &&
      other.through === relation.through &&
      other.to === relation.to &&
      other.sourceKey === relation.sourceKey &&
      other.targetKey === relation.targetKey,
  );
  return [
    ...(relation.symmetrical ? [] : checkReverseName(relation, obj)),
    ...found([
      options.null !== undefined ? finding('fields.W340', obj, 'null says nothing about a ManyToManyField.') : null,
      options.validators !== undefined ? finding('fields.W341', obj, 'A ManyToManyField has no validators.') : null,
      options.dbComment !== undefined
        ? finding('fields.W346', obj, 'dbComment says nothing about a ManyToManyField.')
        : null,
      relation.symmetrical && options.relatedName !== undefined
        ? finding('fields.W345', obj, 'relatedName says nothing about a relation that holds both ways.')
        : null,
      twin !== undefined && twin.name > relation.name
        ? finding('models.E003', obj, `The model has two many-to-many relations over ${relation.through!.label}.`)
        : null,
    ]),
  ];
}

/** The database's own actions and those of the library do not see each other's work. */
function checkActions(meta: ModelMeta): readonly CheckMessage[] {
  const actions = meta.localFields.flatMap((field) =>
    field.relation === null || field.relation.parentLink ? [] : [field.relation.onDelete.action],
  );
  const byDatabase = actions.some((action) => action.startsWith('DB_'));
  const byLibrary = actions.some((action) => !action.startsWith('DB_') && action !== 'DO_NOTHING');
  if (!byDatabase || !byLibrary) return [];
  return [
    finding(
      'models.E050',
      meta.label,
      'onDelete mixes actions of the database (DB_…) with those of the library.',
      'Use one kind for all foreign keys of the model.',
    ),
  ];
}
