import { type CheckMessage, finding } from './check-message.js';
import { UniqueConstraint } from './constraints.js';
import { ExclusionConstraint } from './exclusion-constraint.js';
import { MAX_INDEX_NAME } from './indexes.js';
import type { ModelMeta } from './model-meta.js';

/** Names and options of models that do not go together. */
export function checkModels(models: readonly ModelMeta[]): readonly CheckMessage[] {
  const own = models.filter((meta) => !meta.autoCreated);
  return [
    ...own.flatMap((meta) => [
      ...checkName(meta),
      ...checkOrdering(meta),
      ...(meta.proxy ? [] : [...checkTogether(meta), ...checkIndexes(meta), ...checkConstraints(meta)]),
    ]),
    ...checkTables(models),
    ...checkAcross(own, 'models.E030', 'index', (meta) => meta.indexes),
    ...checkAcross(own, 'models.E032', 'constraint', (meta) => meta.constraints),
  ];
}

function checkName({ name, label }: ModelMeta): readonly CheckMessage[] {
  const messages: CheckMessage[] = [];
  if (name.startsWith('_') || name.endsWith('_')) {
    messages.push(
      finding('models.E023', label, 'Names of models must not begin or end with an underscore: they stand in lookups.'),
    );
  }
  if (name.includes('__'))
    messages.push(finding('models.E024', label, "Names of models must not contain '__': they stand in lookups."));
  return messages;
}

/** Every name of the default ordering must lead to a field; what follows it is the query's to check. */
function checkOrdering(meta: ModelMeta): readonly CheckMessage[] {
  return meta.ordering.flatMap((term) => {
    if (typeof term !== 'string' || term === '?') return [];
    const path = term.replace(/^[-+]/, '');
    return leadsToField(meta, path)
      ? []
      : [finding('models.E015', meta.label, `ordering names '${path}', which is no field or relation.`)];
  });
}

function leadsToField(meta: ModelMeta, path: string): boolean {
  let here = meta;
  for (const name of path.split('__')) {
    const relation = here.fieldsByName.get(name)?.relation ?? here.relations.get(name);
    if (relation === undefined || relation === null) return here.fieldsByName.has(name);
    here = relation.to;
  }
  return true;
}

/** What `names` of an option are wrong: missing, many-to-many, or of a parent's table. */
function checkNames(meta: ModelMeta, option: string, names: readonly string[]): readonly CheckMessage[] {
  return names.flatMap((name) => {
    const field = meta.fieldsByName.get(name);
    if (field === undefined) {
      const many = meta.relations.get(name);
      return many?.kind === 'manyToMany'
        ? [finding('models.E013', meta.label, `${option} names the many-to-many field '${name}', which has no column.`)]
        : [finding('models.E012', meta.label, `${option} names '${name}', which is no field.`)];
    }
    if (field.model === meta) return [];
    return [
      finding(
        'models.E016',
        meta.label,
        `${option} names '${name}', which stands in the table of ${field.model.label}.`,
      ),
    ];
  });
}

const checkTogether = (meta: ModelMeta): readonly CheckMessage[] =>
  meta.uniqueTogether.flatMap((names) =>
    Array.isArray(names)
      ? checkNames(meta, 'uniqueTogether', names)
      : [finding('models.E011', meta.label, 'uniqueTogether must hold lists of names.')],
  );

function checkIndexes(meta: ModelMeta): readonly CheckMessage[] {
  return meta.indexes.flatMap((index) => {
    const messages = [...checkNames(meta, 'indexes', [...index.fields.map(({ name }) => name), ...index.include])];
    if (/^[_\d]/.test(index.name))
      messages.push(
        finding(
          'models.E033',
          meta.label,
          `The name of the index '${index.name}' must not begin with an underscore or a digit.`,
        ),
      );
    if (index.name.length > MAX_INDEX_NAME)
      messages.push(
        finding(
          'models.E034',
          meta.label,
          `The name of the index '${index.name}' must not have more than ${MAX_INDEX_NAME} characters.`,
        ),
      );
    return messages;
  });
}

const fieldsOf = ({ terms }: ExclusionConstraint): string[] =>
  terms.flatMap(([expression]) => (typeof expression === 'string' ? [expression] : []));

const checkConstraints = (meta: ModelMeta): readonly CheckMessage[] =>
  meta.constraints.flatMap((constraint) =>
    constraint instanceof UniqueConstraint
      ? checkNames(meta, 'constraints', [...constraint.fields, ...constraint.include])
      : constraint instanceof ExclusionConstraint
        ? checkNames(meta, 'constraints', [...constraint.include, ...fieldsOf(constraint)])
        : [],
  );

/** Two models must not have one table, join tables included. */
function checkTables(models: readonly ModelMeta[]): readonly CheckMessage[] {
  const tables = new Map<string, ModelMeta>();
  return models.flatMap((meta) => {
    if (meta.proxy || !meta.managed) return [];
    const other = tables.get(meta.dbTable.toLowerCase());
    if (other === undefined) {
      tables.set(meta.dbTable.toLowerCase(), meta);
      return [];
    }
    const id = meta.autoCreated || other.autoCreated ? 'fields.E340' : 'models.E028';
    return [
      finding(
        id,
        meta.label,
        `The table '${meta.dbTable}' belongs to ${other.label} and ${meta.label}.`,
        'Give one of them a dbTable of its own.',
      ),
    ];
  });
}

/** Names of indexes and constraints belong to the whole database. */
function checkAcross(
  models: readonly ModelMeta[],
  id: string,
  kind: string,
  of: (meta: ModelMeta) => readonly { readonly name: string }[],
): readonly CheckMessage[] {
  const owners = new Map<string, ModelMeta>();
  return models.flatMap((meta) => {
    if (meta.proxy) return [];
    return of(meta).flatMap(({ name }) => {
      const other = owners.get(name);
      if (other === undefined) {
        owners.set(name, meta);
        return [];
      }
      const same = other === meta ? (kind === 'index' ? 'models.E029' : 'models.E031') : id;
      return [
        finding(
          same,
          meta.label,
          `The ${kind} name '${name}' is used twice${other === meta ? '' : `, by ${other.label} too`}.`,
        ),
      ];
    });
  });
}
