import { atomic, closeDatabases, createTables, DateTimeField, defineConfig, UUIDField } from 'nuages';
import { RandomUUID, TransactionNow } from 'nuages/postgres';
import { captureQueries } from 'nuages/testing';
import { describe, expect, test } from 'vitest';
import { model, targets } from './databases.js';

class Ticket extends model('tickets.Ticket', {
  key: UUIDField({ primaryKey: true, dbDefault: RandomUUID() }),
  at: DateTimeField({ null: true }),
}) {}
const apps = { tickets: { Ticket } };

describe.each(targets)('on $name', ({ setUp }) => {
  setUp(apps);

  test('RandomUUID makes a UUID in a query and as a default', async () => {
    const ticket = await Ticket.objects.create({});
    expect(ticket.key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const [row] = await Ticket.objects.annotate({ other: RandomUUID() }).values('key', 'other');
    expect(row!.other).toMatch(/^[0-9a-f-]{36}$/);
    expect(row!.other).not.toBe(row!.key);
  });

  test('TransactionNow is the same moment in all statements of a transaction', async () => {
    const sent = await captureQueries(() =>
      atomic(async () => {
        await Ticket.objects.create({ at: TransactionNow() });
        await Ticket.objects.create({ at: TransactionNow() });
      }),
    );
    expect(sent.queries.filter(({ sql }) => sql.includes('CURRENT_TIMESTAMP'))).toHaveLength(2);
    const moments = await Ticket.objects.filter({ at__isnull: false }).valuesList('at', { flat: true });
    expect(moments).toHaveLength(2);
    expect(moments[0]).toEqual(moments[1]);
  });
});

test('another database refuses them before anything is sent', async () => {
  defineConfig({ apps, databases: { default: 'sqlite::memory:' } });
  const refused = /Functions such as GEN_RANDOM_UUID come with nuages\/postgres, and SQLite does not have them\./;
  await expect(createTables()).rejects.toThrow(refused);
  const sent = await captureQueries(() =>
    expect(Ticket.objects.annotate({ other: RandomUUID() })).rejects.toThrow(refused),
  );
  expect(sent.queries).toEqual([]);
  await closeDatabases();
});
