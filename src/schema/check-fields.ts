import { BinaryField } from '../fields/binary.js';
import { flatChoices, isGroup } from '../fields/choices.js';
import type { Field } from '../fields/field.js';
import { FileField, FilePathField } from '../fields/files.js';
import { isGenerated } from '../fields/generated.js';
import { JSONField } from '../fields/json.js';
import { AutoField, DecimalField, integerRange } from '../fields/numeric.js';
import { isForeignKey, isManyToMany } from '../fields/relations.js';
import { DateField, DateTimeField, TimeField } from '../fields/temporal.js';
import { CharField, GenericIPAddressField } from '../fields/text.js';
import { type CheckMessage, finding } from './check-message.js';
import type { BoundField, ModelMeta } from './model-meta.js';

type Check = (field: Field, obj: string) => readonly (CheckMessage | null)[];

/** Options of every field that contradict each other or cannot be. */
export function checkFields(models: readonly ModelMeta[]): readonly CheckMessage[] {
  return models
    .filter((meta) => !meta.proxy && !meta.autoCreated)
    .flatMap((meta) => [
      ...meta.localFields.flatMap((field) => checkBound(field)),
      ...meta.manyToMany
        .filter((relation) => relation.from === meta)
        .flatMap(({ field, name }) =>
          checkName(name, `${meta.label}.${name}`).concat(
            ...general.map((check) => found(check(field, `${meta.label}.${name}`))),
          ),
        ),
    ]);
}

const found = (messages: readonly (CheckMessage | null)[]): CheckMessage[] =>
  messages.filter((message) => message !== null);

function checkBound(field: BoundField): readonly CheckMessage[] {
  const obj = `${field.model.label}.${field.name}`;
  const messages = checkName(field.name, obj);
  for (const check of general) messages.push(...found(check(field.field, obj)));
  for (const [type, check] of byType) if (field.field instanceof type) messages.push(...found(check(field.field, obj)));
  if (field.primaryKey && field.field.options.null === true) {
    messages.push(
      finding('fields.E007', obj, 'A primary key cannot be null.', 'Take out null: true or primaryKey: true.'),
    );
  }
  return messages;
}

function checkName(name: string, obj: string): CheckMessage[] {
  return found([
    name.endsWith('_') ? finding('fields.E001', obj, 'Names of fields must not end with an underscore.') : null,
    name.includes('__')
      ? finding('fields.E002', obj, "Names of fields must not contain '__': it separates names in lookups.")
      : null,
  ]);
}

const checkChoices: Check = (field, obj) => {
  const { choices } = field.options;
  if (choices === undefined || typeof choices === 'function') return [];
  let list: ReturnType<typeof flatChoices>;
  try {
    const given = field.choices ?? [];
    if (
      given.some(
        (entry) => !Array.isArray(entry) || entry.length !== 2 || (!isGroup(entry) && typeof entry[1] !== 'string'),
      )
    ) {
      return [finding('fields.E005', obj, 'Choices must be [value, label] pairs, or groups of them.')];
    }
    list = flatChoices(given);
  } catch {
    return [finding('fields.E004', obj, 'choices must be pairs, an object value → label, or what choices() gives.')];
  }
  const longest = Math.max(0, ...list.map(([value]) => (typeof value === 'string' ? value.length : 0)));
  const limit = field instanceof CharField ? (field as CharField).maxLength : null;
  if (limit === null || longest <= limit) return [];
  return [finding('fields.E009', obj, `maxLength is ${limit}, but the longest choice has ${longest} characters.`)];
};

const general: readonly Check[] = [
  checkChoices,
  (field, obj) => [
    isGenerated(field) && field.options.null !== undefined
      ? finding('fields.W225', obj, 'null says nothing about a computed column.')
      : null,
  ],
  ({ options: { dbIndex } }, obj) => [
    dbIndex !== undefined && typeof dbIndex !== 'boolean'
      ? finding('fields.E006', obj, 'dbIndex must be true or false.')
      : null,
  ],
  ({ options: { validators } }, obj) =>
    (validators ?? []).map((validator, index) =>
      typeof validator === 'function' ? null : finding('fields.E008', obj, `Validator ${index} is no function.`),
    ),
  (field, obj) => {
    const maxLength = (field.options as { maxLength?: unknown }).maxLength;
    if (maxLength === undefined || maxLength === null) return [];
    if (isNumeric(field)) {
      return [finding('fields.W122', obj, `maxLength means nothing for ${field.kind}.`, 'Take out maxLength.')];
    }
    const fits = typeof maxLength === 'number' && Number.isInteger(maxLength) && maxLength > 0;
    return [fits ? null : finding('fields.E121', obj, 'maxLength must be a whole number above 0.')];
  },
];

/** Relations have no column type of their own to ask. */
const isNumeric = (field: Field): boolean =>
  !isForeignKey(field) && !isManyToMany(field) && integerRange(field.columnType) !== null;

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);

const byType: readonly (readonly [abstract new (...args: any[]) => unknown, Check])[] = [
  [
    AutoField,
    (field, obj) => [
      field.options.primaryKey === true
        ? null
        : finding('fields.E100', obj, 'An automatic field must be the primary key.', 'Give it primaryKey: true.'),
    ],
  ],
  [
    DecimalField,
    ({ options }, obj) => {
      const { maxDigits, decimalPlaces } = options as { maxDigits?: unknown; decimalPlaces?: unknown };
      if (maxDigits === undefined && decimalPlaces === undefined) return [];
      if (maxDigits === undefined || decimalPlaces === undefined) {
        return [finding('fields.E135', obj, 'maxDigits and decimalPlaces are given both or neither.')];
      }
      const messages = [
        isWhole(decimalPlaces) && decimalPlaces >= 0
          ? null
          : finding('fields.E131', obj, 'decimalPlaces must be a whole number from 0.'),
        isWhole(maxDigits) && maxDigits > 0
          ? null
          : finding('fields.E133', obj, 'maxDigits must be a whole number above 0.'),
      ];
      const tooFew = isWhole(maxDigits) && isWhole(decimalPlaces) && maxDigits < decimalPlaces;
      return [
        ...messages,
        tooFew ? finding('fields.E134', obj, 'maxDigits must not be less than decimalPlaces.') : null,
      ];
    },
  ],
  [
    FilePathField,
    ({ options }, obj) => {
      const { allowFiles = true, allowFolders = false } = options as { allowFiles?: boolean; allowFolders?: boolean };
      return [
        allowFiles || allowFolders
          ? null
          : finding('fields.E140', obj, 'Either allowFiles or allowFolders must be true.'),
      ];
    },
  ],
  [
    GenericIPAddressField,
    (field, obj) => [
      field.blank && !field.nullable
        ? finding(
            'fields.E150',
            obj,
            'An address that may be blank must be allowed to be null: blank is stored as null.',
          )
        : null,
    ],
  ],
  [
    BinaryField,
    ({ options }, obj) => [
      typeof options.default === 'string'
        ? finding('fields.E170', obj, 'The default of bytes must be bytes, not text.')
        : null,
    ],
  ],
  [
    FileField,
    ({ options }, obj) => {
      const { uploadTo } = options as { uploadTo?: unknown };
      const absolute = typeof uploadTo === 'string' && /^(?:[/\\]|[A-Za-z]:)/.test(uploadTo);
      return [
        absolute
          ? finding('fields.E202', obj, 'uploadTo must be a relative path.', `It is below the storage's own folder.`)
          : null,
      ];
    },
  ],
  [
    JSONField,
    ({ options }, obj) => {
      const shared = typeof options.default === 'object' && options.default !== null && isPlain(options.default);
      return [
        shared
          ? finding(
              'fields.E010',
              obj,
              'The default is one object that all instances would share.',
              'Use a function: default: () => ({}).',
            )
          : null,
      ];
    },
  ],
  ...[DateField, DateTimeField, TimeField].map(
    (type) =>
      [
        type,
        ({ options, kind }: Field, obj: string) => [
          isNearNow(options.default)
            ? finding(
                'fields.W161',
                obj,
                `The default of this ${kind} is the moment of the program's start.`,
                'Use a function, or autoNowAdd: true.',
              )
            : null,
        ],
      ] as const,
  ),
];

const isPlain = (value: object): boolean => Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;

/** A fixed default within ten seconds of now was meant to be the present. */
const isNearNow = (value: unknown): boolean => value instanceof Date && Math.abs(Date.now() - value.getTime()) < 10_000;
