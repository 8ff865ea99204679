import {
  atomic,
  CharField,
  CompositePrimaryKey,
  Count,
  closeDatabases,
  connection,
  createTables,
  DateField,
  defineConfig,
  F,
  IntegerField,
  Model,
  Sum,
} from 'nuages';
import { captureQueries } from 'nuages/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Any } from '../support/library.js';
import { PostgresServer } from './postgres-server.js';

/** A table in parts: PostgreSQL wants the column that rows are divided by in its primary key. */
class Reading extends (Model as Any)(
  'metering.Reading',
  {
    pk: CompositePrimaryKey('day', 'meter'),
    day: DateField(),
    meter: IntegerField(),
    value: IntegerField(),
    note: CharField({ maxLength: 20, default: '' }),
  },
  { managed: false, dbTable: 'reading' },
) {}
/** Rows that stand on other servers; the key decides on which. */
class Account extends (Model as Any)(
  'metering.Account',
  { id: IntegerField({ primaryKey: true }), name: CharField({ maxLength: 20 }), balance: IntegerField({ default: 0 }) },
  { managed: false, dbTable: 'account' },
) {}
const R: Any = Reading;
const A: Any = Account;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start(['max_prepared_transactions = 10']);
  await server.sql('CREATE DATABASE shop');
  defineConfig({ apps: { metering: { Reading, Account } }, databases: { default: server.url('shop') } } as Any);
  await createTables();
}, 60_000);
afterAll(async () => {
  await closeDatabases();
  await server?.remove();
}, 30_000);

describe('a table in parts', () => {
  beforeAll(async () => {
    await server.sql(
      `CREATE TABLE reading (day date NOT NULL, meter integer NOT NULL, value integer NOT NULL, note varchar(20) NOT NULL,
         PRIMARY KEY (day, meter)) PARTITION BY RANGE (day);
       CREATE TABLE reading_2025 PARTITION OF reading FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
       CREATE TABLE reading_2026 PARTITION OF reading FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
      'shop',
    );
    await R.objects.bulkCreate(
      Array.from(
        { length: 200 },
        (_, n) => new R({ day: `${2025 + (n % 2)}-03-${String((n % 28) + 1).padStart(2, '0')}`, meter: n, value: n }),
      ),
    );
  });
  const partOf = async (pk: Any): Promise<string> => {
    const [row] = await connection().execute`
      SELECT tableoid::regclass::text AS part FROM reading WHERE day = ${pk[0].toString()}::date AND meter = ${pk[1]}`;
    return String(row!.part);
  };

  it('is read and written as any other table, each row in its part', async () => {
    const reading = await R.objects.create({ day: '2026-05-01', meter: 900, value: 5 });
    expect(await partOf(reading.pk)).toBe('reading_2026');
    expect((await R.objects.get({ pk: reading.pk })).value).toBe(5);
    reading.value = 6;
    await reading.save();
    await R.objects.filter({ meter: 900 }).update({ value: F('value').add(1) });
    await reading.refreshFromDb();
    expect(reading.value).toBe(7);
    expect(await reading.delete()).toEqual([1, { 'metering.Reading': 1 }]);
  });

  it('moves a row to another part when an UPDATE changes what rows are divided by', async () => {
    const reading = await R.objects.create({ day: '2025-06-01', meter: 901, value: 1 });
    expect(await partOf(reading.pk)).toBe('reading_2025');
    await R.objects.filter({ pk: reading.pk }).update({ day: '2026-06-01' });
    const moved = await R.objects.get({ meter: 901 });
    expect(await partOf(moved.pk)).toBe('reading_2026');
    await moved.delete();
  });

  it('upserts, locks, groups and streams', async () => {
    const [, isNew] = await R.objects.updateOrCreate({ day: '2025-07-01', meter: 902 }, { defaults: { value: 3 } });
    expect(isNew).toBe(true);
    await R.objects.bulkCreate([new R({ day: '2025-07-01', meter: 902, value: 9 })], {
      updateConflicts: true,
      updateFields: ['value'],
      uniqueFields: ['day', 'meter'],
    });
    expect((await R.objects.get({ meter: 902 })).value).toBe(9);
    await R.objects.filter({ meter: 902 }).delete();
    const byYear = await R.objects
      .values('day__year')
      .annotate({ n: Count('*'), sum: Sum('value') })
      .orderBy('day__year');
    expect(byYear.map((row: Any) => [row.day__year, row.n])).toEqual([
      [2025, 100],
      [2026, 100],
    ]);
    let streamed = 0;
    for await (const _ of R.objects.iterator({ chunkSize: 50 })) streamed += 1;
    expect(streamed).toBe(200);
  });

  it('looks into one part alone where the condition says which', async () => {
    const plan = await R.objects.filter({ day__gte: '2026-01-01' }).explain();
    expect(plan).toContain('reading_2026');
    expect(plan).not.toContain('reading_2025');
    const year = await R.objects.filter({ day__year: 2025 }).explain();
    expect(year).toContain('reading_2025');
    expect(year).not.toContain('reading_2026');
  });

  it('refuses a row that no part is for', async () => {
    await expect(R.objects.create({ day: '2030-01-01', meter: 1, value: 1 })).rejects.toMatchObject({
      name: 'IntegrityError',
    });
  });
});

describe('a table whose parts stand on other servers, by postgres_fdw', () => {
  beforeAll(async () => {
    const parts = [];
    for (const shard of [0, 1]) {
      await server.sql(`CREATE DATABASE shard${shard}`);
      await server.sql(
        'CREATE TABLE account (id integer NOT NULL, name varchar(20) NOT NULL, balance integer NOT NULL, PRIMARY KEY (id))',
        `shard${shard}`,
      );
      parts.push(
        `CREATE SERVER shard${shard} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '${server.port}',
           dbname 'shard${shard}', async_capable 'true', fetch_size '2000', batch_size '500');
         CREATE USER MAPPING FOR CURRENT_USER SERVER shard${shard} OPTIONS (user 'postgres');
         CREATE FOREIGN TABLE account_${shard} PARTITION OF account FOR VALUES WITH (MODULUS 2, REMAINDER ${shard})
           SERVER shard${shard} OPTIONS (table_name 'account')`,
      );
    }
    await server.sql(
      `CREATE EXTENSION postgres_fdw;
       CREATE TABLE account (id integer NOT NULL, name varchar(20) NOT NULL, balance integer NOT NULL) PARTITION BY HASH (id);
       ${parts.join(';')}`,
      'shop',
    );
  }, 60_000);
  const inShard = async (shard: number): Promise<number> =>
    Number(await server.sql('SELECT count(*) FROM account', `shard${shard}`));

  it('spreads rows, and gives them back as if they were in one place', async () => {
    const { queries } = await captureQueries(() =>
      A.objects.bulkCreate(Array.from({ length: 1000 }, (_, id) => new A({ id: id + 1, name: `n${id % 7}` }))),
    );
    expect(queries.length).toBeLessThan(10);
    const [first, second] = [await inShard(0), await inShard(1)];
    expect(first + second).toBe(1000);
    expect(Math.min(first, second)).toBeGreaterThan(400);
    expect(await A.objects.count()).toBe(1000);
    expect((await A.objects.get({ pk: 77 })).name).toBe('n6');
    const groups = await A.objects
      .values('name')
      .annotate({ n: Count('*') })
      .orderBy('name');
    expect(groups.reduce((sum: number, { n }: Any) => sum + n, 0)).toBe(1000);
    expect((await A.objects.orderBy('-id').slice(0, 3)).map((each: Any) => each.id)).toEqual([1000, 999, 998]);
    let streamed = 0;
    for await (const _ of A.objects.iterator({ chunkSize: 100 })) streamed += 1;
    expect(streamed).toBe(1000);
  });

  it('asks one shard alone for one key', async () => {
    const plan = await A.objects.filter({ pk: 77 }).explain();
    expect(new Set(plan.match(/account_\d/g))).toHaveProperty('size', 1);
  });

  it('changes rows in several shards in one transaction', async () => {
    const move = async (fails: boolean): Promise<void> => {
      await atomic(async () => {
        await A.objects.filter({ pk__in: [1, 2, 3, 4] }).update({ balance: F('balance').add(10) });
        const one = await A.objects.selectForUpdate().get({ pk: 5 });
        one.balance -= 40;
        await one.save();
        if (fails) throw new Error('back');
      });
    };
    await expect(move(true)).rejects.toThrow('back');
    expect((await A.objects.aggregate({ sum: Sum('balance') })).sum).toBe(0);
    expect(await A.objects.exclude({ balance: 0 }).count()).toBe(0);
    await move(false);
    expect((await A.objects.aggregate({ sum: Sum('balance') })).sum).toBe(0);
    expect(await A.objects.exclude({ balance: 0 }).count()).toBe(5);
  });

  it('deletes by key and by condition', async () => {
    expect(await (await A.objects.get({ pk: 1000 })).delete()).toEqual([1, { 'metering.Account': 1 }]);
    expect((await A.objects.filter({ id__gt: 990 }).delete())[0]).toBe(9);
    expect(await A.objects.count()).toBe(990);
  });

  it('has no rules across shards: keys come from elsewhere, and upserts are refused', async () => {
    await expect(A.objects.create({ id: 77, name: 'again' })).rejects.toMatchObject({ name: 'IntegrityError' });
    await expect(
      A.objects.bulkCreate([new A({ id: 77, name: 'x' })], {
        updateConflicts: true,
        updateFields: ['name'],
        uniqueFields: ['id'],
      }),
    ).rejects.toThrow();
  });
});
