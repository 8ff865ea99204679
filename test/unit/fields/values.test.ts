import { describe, expect, it } from 'vitest';
import { ValidationError, ValueError } from '../../../src/errors.js';
import { BinaryField } from '../../../src/fields/binary.js';
import { BooleanField } from '../../../src/fields/boolean.js';
import { choices } from '../../../src/fields/choices.js';
import { JSONField, JSONNull } from '../../../src/fields/json.js';
import { IntegerField } from '../../../src/fields/numeric.js';
import {
  CharField,
  EmailField,
  GenericIPAddressField,
  SlugField,
  TextField,
  URLField,
} from '../../../src/fields/text.js';
import { UUIDField } from '../../../src/fields/uuid.js';
import { Decimal } from '../../../src/util/decimal.js';

describe('a field class', () => {
  it('is called with and without new, and extended', () => {
    class Name extends CharField {
      override preSave(value: unknown) {
        return String(value).trim();
      }
    }
    const field = new Name({ maxLength: 5 });
    expect(CharField({ maxLength: 5 })).toBeInstanceOf(CharField);
    expect(field).toBeInstanceOf(CharField);
    expect(field.kind).toBe('Name');
    expect(field.columnType).toMatchObject({ name: 'varchar', maxLength: 5 });
    expect(CharField().constructor).toBe(CharField);
  });

  it('refuses options that it does not have, with the nearest one; a class of one’s own takes what it likes', () => {
    expect(() => CharField({ maxLenght: 5 } as never)).toThrow(
      "CharField has no option 'maxLenght'. Did you mean 'maxLength'?",
    );
    expect(() => CharField('name' as never)).toThrow(TypeError);
    class Name extends CharField {}
    expect(() => new Name({ trim: true } as never)).not.toThrow();
  });

  it('comes apart into its class and the options that say something', () => {
    expect(CharField({ maxLength: 5, null: false, unique: true, verboseName: 'name' }).deconstruct()).toEqual({
      kind: 'CharField',
      args: [],
      options: { maxLength: 5, unique: true, verboseName: 'name' },
    });
    const changed = CharField({ maxLength: 5 }).with({ null: true });
    expect([changed.nullable, changed.columnType?.maxLength]).toEqual([true, 5]);
  });

  it('starts text as "" and other values as null, unless a default is given', () => {
    expect([TextField().getDefault(), TextField({ null: true }).getDefault(), IntegerField().getDefault()]).toEqual([
      '',
      null,
      null,
    ]);
    const field = JSONField({ default: () => ({}) });
    expect(field.getDefault()).not.toBe(field.getDefault());
  });
});

describe('text fields', () => {
  it('write out numbers and refuse everything that is no scalar', () => {
    expect([5, 5n, new Decimal('1.50'), 'x'].map((value) => TextField().prepare(value))).toEqual([
      '5',
      '5',
      '1.5',
      'x',
    ]);
    for (const value of [{}, [], { toString: () => 'x' }, () => 'x', Symbol('x'), new Date(), new String('x')]) {
      expect(() => TextField().prepare(value, 'title')).toThrow(TypeError);
    }
  });

  it('refuse half of a surrogate pair, which no database holds, and keep every other text', () => {
    expect(() => CharField().prepare('a\ud800')).toThrow(ValueError);
    for (const text of ["'", '\\', '\0', '%_', '\ufeff', '😀', '--', '$1 ? :a'])
      expect(CharField().prepare(text)).toBe(text);
  });

  it('count characters, not UTF-16 units', () => {
    expect(CharField({ maxLength: 2 }).clean('😀😀')).toBe('😀😀');
    expect(() => CharField({ maxLength: 2 }).clean('abc')).toThrow('at most 2 characters (it has 3)');
  });

  it('have Django’s lengths where none is given', () => {
    expect([EmailField(), URLField(), SlugField()].map((field) => field.columnType.maxLength)).toEqual([254, 200, 50]);
    expect([SlugField().indexed, SlugField({ dbIndex: false }).indexed]).toEqual([true, false]);
  });
});

describe('validation', () => {
  it('knows null, blank and choices by Django’s codes', () => {
    const codes = (call: () => unknown) => {
      try {
        call();
      } catch (error) {
        return (error as ValidationError).errorList.map(({ code }) => code);
      }
      return [];
    };
    const size = CharField({
      maxLength: 1,
      choices: [
        ['s', 'Small'],
        ['Other', [['l', 'Large']]],
      ],
    });
    expect(codes(() => size.clean(null))).toEqual(['null']);
    expect(codes(() => size.clean(''))).toEqual(['blank']);
    expect(codes(() => size.clean('x'))).toEqual(['invalid_choice']);
    expect(size.clean('l')).toBe('l');
    expect(size.displayOf('l')).toBe('Large');
  });

  it('takes the field’s own messages before a validator’s', () => {
    const field = CharField({ maxLength: 1, errorMessages: { max_length: 'Too long by %(show_value)s.' } });
    expect(() => field.clean('abc')).toThrow('Too long by 3.');
  });
});

describe('choices()', () => {
  const Status = choices({ DRAFT: 'draft', IN_PRINT: 'print', LIVE: ['live', 'On line'] });

  it('has the values by name, labels made or given', () => {
    expect(Status.DRAFT).toBe('draft');
    expect(Status.choices).toEqual([
      ['draft', 'Draft'],
      ['print', 'In print'],
      ['live', 'On line'],
    ]);
    expect([Status.names, Status.values.length, Status.labelOf('live')]).toEqual([
      ['DRAFT', 'IN_PRINT', 'LIVE'],
      3,
      'On line',
    ]);
  });

  it('is a field’s choices', () => {
    expect(CharField({ choices: Status }).displayOf('print')).toBe('In print');
    expect(IntegerField({ choices: choices([[1, 'One']]) }).choices).toEqual([[1, 'One']]);
  });

  it('refuses two members of one value', () => {
    expect(() => choices({ A: 1, B: 1 })).toThrow(TypeError);
  });
});

describe('BooleanField', () => {
  it('takes Django’s spellings of true and false', () => {
    expect([true, 1, 't', 'True', '1'].map((value) => BooleanField().prepare(value))).toEqual(Array(5).fill(true));
    expect([false, 0, 'f', 'False', '0'].map((value) => BooleanField().prepare(value))).toEqual(Array(5).fill(false));
    for (const value of ['x', 2, '']) expect(() => BooleanField().prepare(value)).toThrow(ValidationError);
    expect(() => BooleanField().prepare({})).toThrow(TypeError);
  });
});

describe('UUIDField', () => {
  it('makes every usual form canonical', () => {
    const canonical = '12345678-1234-5678-1234-567812345678';
    const forms = [
      canonical,
      canonical.toUpperCase(),
      canonical.replaceAll('-', ''),
      `{${canonical}}`,
      `urn:uuid:${canonical}`,
    ];
    expect(forms.map((form) => UUIDField().prepare(form))).toEqual(Array(5).fill(canonical));
    expect(UUIDField().prepare(5n)).toBe('00000000-0000-0000-0000-000000000005');
    for (const value of ['nope', 'x'.repeat(10_000_000), ''])
      expect(() => UUIDField().prepare(value)).toThrow(ValidationError);
  });
});

describe('GenericIPAddressField', () => {
  it.each([
    ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['::FFFF:0a00:0001', '::ffff:10.0.0.1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    [' 10.0.0.1 ', '10.0.0.1'],
  ])('writes %s as %s', (text, normal) => {
    expect(GenericIPAddressField().prepare(text)).toBe(normal);
  });

  it('stores no address at all as null', () => {
    expect(GenericIPAddressField().prepareSave(' ')).toBeNull();
    expect(GenericIPAddressField().prepareSave('10.0.0.1')).toBe('10.0.0.1');
  });

  it('unpacks IPv4 where it is told to', () => {
    expect(GenericIPAddressField({ unpackIpv4: true }).prepare('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(() => GenericIPAddressField({ unpackIpv4: true, protocol: 'IPv6' })).toThrow(ValueError);
  });

  it.each([
    '010.0.0.1',
    '256.1.1.1',
    '1.2.3',
    'fe80::1%eth0',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    `${'1:'.repeat(1_000_000)}`,
  ])('does not validate %s', (text) => {
    expect(() => GenericIPAddressField().clean(text)).toThrow(ValidationError);
  });
});

describe('BinaryField', () => {
  it('takes bytes and gives plain Uint8Arrays', () => {
    const bytes = BinaryField().fromDb(Buffer.from('abc'));
    expect(bytes.constructor).toBe(Uint8Array);
    expect(Buffer.from(bytes).toString()).toBe('abc');
    expect(BinaryField().prepare(new Uint8Array([1]).buffer)).toEqual(new Uint8Array([1]));
    expect(() => BinaryField().prepare('abc')).toThrow(TypeError);
  });
});

describe('JSONField', () => {
  const field = JSONField();

  it('stores documents as text and gives them back', () => {
    const document = { a: [1, 'x', null, true], "b'c": { $: 0 } };
    expect(field.fromDb(field.toDb(field.prepare(document)) as string)).toEqual(document);
    expect(field.toDb(field.prepare(JSONNull))).toBe('null');
  });

  it('keeps a key called __proto__ a key', () => {
    const document = JSON.parse('{"__proto__": {"x": 1}}') as object;
    const back = field.fromDb(field.toDb(field.prepare(document)) as string) as object;
    expect(Object.keys(back)).toEqual(['__proto__']);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('refuses what JSON would drop, change or never end', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    let deep: unknown = 1;
    for (let level = 0; level < 1000; level += 1) deep = [deep];
    for (const value of [
      { a: undefined },
      [() => 1],
      5n,
      [Number.NaN],
      new Date(),
      new Map(),
      { toJSON: () => 1 },
      cycle,
      deep,
    ]) {
      expect(() => field.prepare(value)).toThrow();
    }
  });

  it('lets an encoder and a decoder answer for other values', () => {
    const dates = JSONField({
      encoder: (_key, value) => value,
      decoder: (key, value) => (key === 'at' ? new Date(value as string) : value),
    });
    const text = dates.toDb(dates.prepare({ at: new Date(0) })) as string;
    expect(dates.fromDb(text)).toEqual({ at: new Date(0) });
  });
});
