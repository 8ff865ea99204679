import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../../src/compiler/compile.js';
import { column, equal, isIn, param, select } from '../../../src/sql/build.js';
import type { InsertNode, StatementNode } from '../../../src/sql/statement-nodes.js';
import type { ColumnDef, TableDef } from '../../../src/sql/table.js';
import type { DbValue, ValueType } from '../../../src/sql/value-type.js';
import { types } from '../../sql/dialects.js';
import { type Opened, targets } from './open.js';

/** Values that are easily changed on the way, by type: in the neutral form, as they must come back. */
const values: readonly (readonly [name: string, type: ValueType, values: readonly Exclude<DbValue, null>[]])[] = [
  ['integer', types.integer, [0, -1, 2147483647, -2147483648]],
  ['bigint', types.bigint, [0n, 9007199254740993n, 9223372036854775807n, -9223372036854775808n]],
  ['float', types.float, [0, 0.1, -1.5, 1e100, 5e-300, 0.30000000000000004]],
  ['decimal', types.decimal, ['0.00', '12.50', '-999999.99', '999999.99']],
  ['boolean', types.boolean, [true, false]],
  [
    'varchar',
    types.varchar,
    ["'", "''", '\\', "\\'", '"', '`', '%_', '$1', '?', ':name', '--', '/*', 'a\nb', 'ÿ→😀', '\ufeff', 'x '],
  ],
  ['text', types.text, ['', 'x'.repeat(100_000), '\r\n\t\u001a']],
  ['date', types.date, ['2024-02-29', '0001-01-01', '9999-12-31']],
  ['time', types.time, ['00:00:00', '23:59:59.999999']],
  ['datetime', types.datetime, ['2024-02-29 12:30:45.123', '1000-01-01 00:00:00', '9999-12-31 23:59:59.999']],
  ['duration', types.duration, [0n, -1n, 86_400_000_001n, -86_399_999_999n, 31_557_600_000_000n]],
  ['uuid', types.uuid, ['123e4567-e89b-12d3-a456-426614174000', '00000000-0000-0000-0000-000000000000']],
  ['inet', types.inet, ['127.0.0.1', '::1', '::ffff:10.0.0.1']],
  ['binary', types.binary, [new Uint8Array(0), new Uint8Array([0, 1, 92, 39, 255])]],
];

/** Trailing zeros of a fraction do not matter. */
const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'string' ? value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : value;
};

const columnDef = (name: string, type: ValueType, primaryKey = false): ColumnDef => ({
  name,
  type: type.columnType,
  nullable: !primaryKey,
  primaryKey,
  unique: false,
});
const table: TableDef = {
  name: 'all_types',
  columns: [columnDef('id', types.key, true), ...values.map(([name, type]) => columnDef(`a ${name}`, type))],
  constraints: [],
  indexes: [],
};

for (const target of targets) {
  describe.skipIf(!target.isThere)(`values on ${target.name}`, () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await target.open();
      for (const statement of opened.backend.schemaEditor.createTable(table))
        await opened.connection.control(statement);
    }, 60_000);
    afterAll(async () => {
      await opened?.close();
    }, 60_000);

    /** Runs a statement as the library does and decodes its rows. */
    const run = async (node: StatementNode): Promise<unknown[][]> => {
      const { sql, params, decoders, wideColumns } = compile(node, opened.backend.dialect);
      const { rows } = await opened.connection.run(
        sql,
        params.map(({ value }) => value),
        { prepare: true, wideColumns },
      );
      return rows.map((row) =>
        row.map((value, index) => (value === null ? null : (decoders[index]?.(value) ?? value))),
      );
    };
    const from = { kind: 'table', name: 'all_types', alias: 'all_types' } as const;

    for (const [name, type, examples] of values) {
      it(`of type ${name} come back as they went in, and are found`, async () => {
        await opened.connection.control('DELETE FROM all_types');
        const own = column('all_types', `a ${name}`, type);
        for (const [index, value] of examples.entries()) {
          const node: InsertNode = {
            kind: 'insert',
            table: 'all_types',
            columns: ['id', own.name],
            rows: [[param(index + 1, types.key), param(value, type)]],
            conflict: null,
            returning: [],
          };
          await run(node);
        }
        const all = await run(
          select({
            columns: [{ expression: own, alias: null }],
            from,
            orderBy: [
              { kind: 'order', expression: column('all_types', 'id', types.key), descending: false, nulls: null },
            ],
          }),
        );
        expect(all.map(([value]) => plain(value))).toEqual(examples.map(plain));

        const key = { expression: column('all_types', 'id', types.key), alias: null };
        for (const [index, value] of examples.entries()) {
          const found = await run(select({ columns: [key], from, where: equal(own, param(value, type)) }));
          expect(found.map(([id]) => id)).toContain(index + 1);
        }
        const list = { kind: 'listParam', values: examples, elementType: type, source: null, map: null } as const;
        expect(await run(select({ columns: [key], from, where: isIn(own, list) }))).toHaveLength(examples.length);
        const selected = await run(select({ columns: [{ expression: param(examples[0], type), alias: null }] }));
        expect(selected.map(([value]) => plain(value))).toEqual([plain(examples[0])]);
      });
    }

    it('that are NULL come back as null', async () => {
      await opened.connection.control('DELETE FROM all_types');
      await run({
        kind: 'insert',
        table: 'all_types',
        columns: ['id'],
        rows: [[param(1, types.key)]],
        conflict: null,
        returning: [],
      });
      const columns = values.map(([name, type]) => ({
        expression: column('all_types', `a ${name}`, type),
        alias: null,
      }));
      expect(await run(select({ columns, from }))).toEqual([values.map(() => null)]);
    });

    it('that are no Unicode text are refused', () => {
      expect(() =>
        compile(
          select({ columns: [{ expression: param('\ud800', types.text), alias: null }] }),
          opened.backend.dialect,
        ),
      ).toThrow('half a surrogate pair');
    });

    it('are found in a list of 20,000', async () => {
      await opened.connection.control('DELETE FROM all_types');
      await run({
        kind: 'insert',
        table: 'all_types',
        columns: ['id', 'a integer'],
        rows: [[param(1, types.key), param(777, types.integer)]],
        conflict: null,
        returning: [],
      });
      const list = {
        kind: 'listParam',
        values: Array.from({ length: 20_000 }, (_, index) => index),
        elementType: types.integer,
        source: null,
        map: null,
      } as const;
      const where = isIn(column('all_types', 'a integer', types.integer), list);
      expect(
        await run(
          select({ columns: [{ expression: column('all_types', 'id', types.key), alias: null }], from, where }),
        ),
      ).toEqual([[1]]);
    });
  });
}
