import { describe, expect, it } from 'vitest';
import { BinaryField } from '../../../src/fields/binary.js';
import type { Field } from '../../../src/fields/field.js';
import { FileField, FilePathField } from '../../../src/fields/files.js';
import { JSONField } from '../../../src/fields/json.js';
import { AutoField, DecimalField, IntegerField } from '../../../src/fields/numeric.js';
import { CASCADE, DB_CASCADE, DB_SET_DEFAULT, SET_DEFAULT, SET_NULL } from '../../../src/fields/on-delete.js';
import { ForeignKey, ManyToManyField } from '../../../src/fields/relations.js';
import { DateTimeField } from '../../../src/fields/temporal.js';
import { CharField, GenericIPAddressField } from '../../../src/fields/text.js';
import { registerCheck, runChecks } from '../../../src/schema/checks.js';
import { UniqueConstraint } from '../../../src/schema/constraints.js';
import { Index } from '../../../src/schema/indexes.js';
import type { MetaOptions } from '../../../src/schema/meta-options.js';
import { World } from './world.js';

function idsOf(fields: Record<string, Field>, options: MetaOptions = {}): string[] {
  const world = new World();
  world.model('library.Tag', { name: CharField() });
  world.model('library.Book', fields, options);
  world.link();
  return runChecks(world.registry.models()).map(({ id }) => id);
}

describe('system checks', () => {
  it('find nothing in models that are in order', () => {
    expect(
      idsOf(
        {
          title: CharField({ maxLength: 9 }),
          tags: ManyToManyField('Tag'),
          tag: ForeignKey('Tag', { onDelete: CASCADE, relatedName: 'firsts' }),
        },
        { ordering: ['-title', 'tag__name', '?', 'pk'] },
      ),
    ).toEqual([]);
  });

  it.each<[string, Record<string, Field>]>([
    ['fields.E001', { title_: CharField() }],
    ['fields.E002', { a__b: CharField() }],
    ['fields.E005', { a: CharField({ choices: ['xy', 'z'] as never }) }],
    ['fields.E006', { a: CharField({ dbIndex: 'yes' as never }) }],
    ['fields.E007', { a: CharField({ primaryKey: true, null: true }) }],
    ['fields.E008', { a: CharField({ validators: [5 as never] }) }],
    ['fields.E009', { a: CharField({ maxLength: 2, choices: [['abc', 'Abc']] }) }],
    ['fields.E010', { a: JSONField({ default: {} }) }],
    ['fields.E100', { a: AutoField() }],
    ['fields.E121', { a: CharField({ maxLength: -1 }) }],
    ['fields.W122', { a: IntegerField({ maxLength: 5 } as never) }],
    ['fields.E134', { a: DecimalField({ maxDigits: 2, decimalPlaces: 3 }) }],
    ['fields.E135', { a: DecimalField({ maxDigits: 2 }) }],
    ['fields.E140', { a: FilePathField({ allowFiles: false }) }],
    ['fields.E150', { a: GenericIPAddressField({ blank: true }) }],
    ['fields.W161', { a: DateTimeField({ default: new Date() }) }],
    ['fields.E170', { a: BinaryField({ default: 'x' }) }],
    ['fields.E202', { a: FileField({ uploadTo: '/etc' }) }],
    ['fields.E308', { a: ForeignKey('Tag', { onDelete: CASCADE, relatedName: 'x_' }) }],
    ['fields.E309', { a: ForeignKey('Tag', { onDelete: CASCADE, relatedName: 'x__y' }) }],
    ['fields.E311', { a: ForeignKey('Tag', { onDelete: CASCADE, toField: 'name' }) }],
    ['fields.E320', { a: ForeignKey('Tag', { onDelete: SET_NULL }) }],
    ['fields.E321', { a: ForeignKey('Tag', { onDelete: SET_DEFAULT }) }],
    ['fields.E322', { a: ForeignKey('Tag', { onDelete: DB_SET_DEFAULT }) }],
    ['fields.W340', { a: ManyToManyField('Tag', { null: true }) }],
    ['fields.W341', { a: ManyToManyField('Tag', { validators: [] }) }],
    ['fields.W342', { a: ForeignKey('Tag', { onDelete: CASCADE, unique: true }) }],
    ['fields.W345', { a: ManyToManyField('self', { relatedName: 'x' }) }],
    ['fields.E340', { a: ManyToManyField('Tag', { dbTable: 'library_tag' }) }],
    [
      'models.E050',
      { a: ForeignKey('Tag', { onDelete: CASCADE }), b: ForeignKey('Tag', { onDelete: DB_CASCADE, relatedName: '+' }) },
    ],
  ])('find %s', (id, fields) => {
    expect(idsOf(fields)).toEqual([id]);
  });

  it.each<[string, MetaOptions]>([
    ['models.E012', { uniqueTogether: ['nope'] }],
    ['models.E013', { uniqueTogether: [['tags']] }],
    ['models.E012', { indexes: [Index({ fields: ['nope'] })] }],
    ['models.E012', { constraints: [UniqueConstraint({ name: 'x', fields: ['nope'] })] }],
    ['models.E015', { ordering: ['tags__nope'] }],
    ['models.E028', { dbTable: 'library_tag' }],
    ['models.E029', { indexes: [Index({ name: 'x', fields: ['title'] }), Index({ name: 'x', fields: ['id'] })] }],
    ['models.E033', { indexes: [Index({ name: '_x', fields: ['title'] })] }],
    ['models.E034', { indexes: [Index({ name: 'x'.repeat(31), fields: ['title'] })] }],
  ])('find %s', (id, options) => {
    expect(idsOf({ title: CharField(), tags: ManyToManyField('Tag') }, options)).toEqual([id]);
  });

  it('take more checks and leave out the silenced ones', () => {
    registerCheck(() => [{ id: 'mine.W001', level: 'warning', message: 'x', hint: null, obj: 'y' }]);
    const world = new World();
    world.model('library.Book', { title_: CharField() });
    world.link();
    expect(runChecks(world.registry.models(), ['fields.E001']).map(({ id }) => id)).toEqual(['mine.W001']);
  });
});
