import { type CheckMessage, finding } from '../../schema/check-message.js';
import type { ModelMeta } from '../../schema/model-meta.js';
import { ArrayFieldType } from './array-field.js';
import { HStoreFieldType } from './hstore-field.js';

/** A default that all new instances would share, so that a change of one would be a change of all. */
export const checkSharedDefaults = (models: readonly ModelMeta[]): readonly CheckMessage[] =>
  models.flatMap((meta) =>
    meta.localFields.flatMap(({ field, name }) => {
      const isShared = typeof field.options.default === 'object' && field.options.default !== null;
      if (!isShared || !(field instanceof ArrayFieldType || field instanceof HStoreFieldType)) return [];
      const example = field instanceof ArrayFieldType ? '[]' : '({})';
      return [
        finding(
          'fields.E010',
          `${meta.label}.${name}`,
          'The default is one object that all instances would share.',
          `Use a function: default: () => ${example}.`,
        ),
      ];
    }),
  );
