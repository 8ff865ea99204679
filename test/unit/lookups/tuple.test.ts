import { describe, expect, it } from 'vitest';
import { F } from '../../../src/expressions/f.js';
import { IntegerField } from '../../../src/fields/numeric.js';
import { CharField } from '../../../src/fields/text.js';
import { TupleField } from '../../../src/fields/tuple.js';
import '../../../src/lookups/builtins.js';
import { lookupFor, lookupNames } from '../../../src/lookups/registry.js';
import { column, param, select, tuple } from '../../../src/sql/build.js';
import type { ExpressionNode } from '../../../src/sql/expression-nodes.js';

const [number, text] = [new IntegerField(), new CharField({ maxLength: 5 })];
const type = new TupleField(['shelf', 'label'], [number, text]);
const context = { timeZone: 'UTC', subject: 'Book.pk' };
const left = tuple([column('t', 'shelf', number), column('t', 'label', text)], type);

const prepare = (name: string, value: unknown): unknown => lookupFor(type, name)!.prepare(value, type, context);
const nodeOf = (name: string, value: unknown): ExpressionNode =>
  lookupFor(type, name)!.toNode(left, param(prepare(name, value), type), context);

describe('the values of a composite key', () => {
  it('are prepared part by part', () => {
    expect(prepare('exact', ['3', 'a'])).toEqual([3, 'a']);
    expect(prepare('gt', [3, null])).toEqual([3, null]);
    expect(
      prepare('in', [
        ['3', 'a'],
        [null, 'b'],
        [4, 'c'],
      ]),
    ).toEqual([
      [3, 'a'],
      [4, 'c'],
    ]);
  });

  it('keep expressions', () => {
    const shelf = F('shelf');
    expect(prepare('exact', [shelf, 'a'])).toEqual([shelf, 'a']);
    expect(prepare('in', [[1, 'a'], shelf])).toEqual([[1, 'a'], shelf]);
  });

  it.each([
    ['exact', 3],
    ['exact', null],
    ['exact', [3]],
    ['gt', [3, 'a', 'b']],
    ['lte', 'ab'],
    ['in', 3],
    ['in', [3, 4]],
    ['in', [[3]]],
  ])('are arrays of the right length (%s %j)', (name, value) => {
    expect(() => prepare(name, value)).toThrow(expect.objectContaining({ name: 'ValueError' }));
  });

  it('name the part that does not fit', () => {
    expect(() => prepare('exact', ['x', 'a'])).toThrow(/'shelf' expected a number/);
  });
});

describe('lookups of composite keys', () => {
  it('are those of an order; the others refuse', () => {
    expect(lookupNames(type)).toEqual(expect.arrayContaining(['exact', 'gt', 'gte', 'in', 'isnull', 'lt', 'lte']));
    for (const name of ['contains', 'iexact', 'range', 'regex', 'startswith'])
      expect(() => prepare(name, ['a', 'b'])).toThrow(
        expect.objectContaining({ name: 'FieldError', code: 'tuple-lookup' }),
      );
  });

  it('compare the parts for equality', () => {
    const node = nodeOf('exact', [3, 'a']);
    if (node.kind !== 'logical') throw new Error(node.kind);
    expect(node.connector).toBe('AND');
    expect(node.operands).toMatchObject([
      { left: left.items[0], operator: '=', right: { kind: 'param', value: 3, type: number } },
      { left: left.items[1], operator: '=', right: { kind: 'param', value: 'a', type: text } },
    ]);
  });

  it('compare rows for an order', () => {
    expect(nodeOf('gte', [3, 'a'])).toMatchObject({
      kind: 'comparison',
      operator: '>=',
      left,
      right: { kind: 'tuple', items: [{ value: 3 }, { value: 'a' }] },
    });
  });

  it('read the next value from the same source', () => {
    const source = {};
    const node = lookupFor(type, 'gt')!.toNode(left, param([3, 'a'], type, source), context);
    if (node.kind !== 'comparison' || node.right.kind !== 'tuple') throw new Error(node.kind);
    const parts = node.right.items.map((item) =>
      item.kind === 'param' ? [item.source === source, item.map!([4, 'b'])] : null,
    );
    expect(parts).toEqual([
      [true, 4],
      [true, 'b'],
    ]);
  });

  it('take a list as one parameter, and nothing from an empty one', () => {
    expect(nodeOf('in', [[3, 'a']])).toMatchObject({
      kind: 'in',
      operand: left,
      choices: { kind: 'listParam', values: [[3, 'a']], elementType: type },
    });
    expect(nodeOf('in', [[null, 'a']])).toMatchObject({ kind: 'literal', value: false });
    expect(lookupFor(type, 'in')!.shapeOf!([], type)).not.toBe(lookupFor(type, 'in')!.shapeOf!([[1, 'a']], type));
  });

  it('take statements, for equality those of one row', () => {
    const columns = left.items.map((expression) => ({ expression, alias: null }));
    const slice = { kind: 'slice', limit: 1, offset: 0, offsetSource: null } as const;
    const exact = lookupFor(type, 'exact')!;
    expect(exact.toNode(left, select({ columns, slice }), context)).toMatchObject({
      kind: 'comparison',
      right: { kind: 'subquery' },
    });
    expect(() => exact.toNode(left, select({ columns }), context)).toThrow(/limited to one/);
    expect(lookupFor(type, 'in')!.toNode(left, select({ columns }), context)).toMatchObject({
      kind: 'in',
      operand: left,
    });
  });

  it('are null when any part is', () => {
    expect(nodeOf('isnull', true)).toMatchObject({
      connector: 'OR',
      operands: [{ kind: 'isNull' }, { kind: 'isNull' }],
    });
    expect(nodeOf('isnull', false)).toMatchObject({
      connector: 'AND',
      operands: [{ negated: true }, { negated: true }],
    });
  });

  it('refuse the expression of one column', () => {
    expect(() => lookupFor(type, 'exact')!.toNode(left, column('t', 'shelf', number), context)).toThrow(
      /composite key/,
    );
  });
});
