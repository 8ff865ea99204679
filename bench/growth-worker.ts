/** One part of `growth.ts`. Prints what it measured. */
import {
  CASCADE,
  CharField,
  closeDatabases,
  createTables,
  DateTimeField,
  defineConfig,
  ForeignKey,
  IntegerField,
  Model,
} from 'nuages';
import { captureQueries } from 'nuages/testing';
import { median } from './median.js';

/** What something costs at one size. */
export interface Growth {
  readonly size: number;
  /** By the name of a cost with its unit. */
  readonly costs: Readonly<Record<string, number>>;
}

/** Microseconds of the processor that one call takes: the least of some samples of `repeat` calls. */
async function cost(repeat: number, call: (n: number) => unknown, samples = 5): Promise<number> {
  const spent: number[] = [];
  let calls = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const before = process.cpuUsage();
    for (let n = 0; n < repeat; n += 1) await call(calls++);
    const { user, system } = process.cpuUsage(before);
    spent.push((user + system) / repeat);
  }
  return Math.min(...spent);
}

/** Microseconds that one call takes when nothing of what it needs is in the processor's caches: so much other memory was touched before. */
async function costUncached(megabytes: number, call: () => unknown): Promise<number> {
  const others = new Int32Array(megabytes * 2 ** 18);
  const spent: number[] = [];
  for (let sample = 0; sample < 300; sample += 1) {
    // one number of each cache line
    for (let at = 0; at < others.length; at += 16) others[at] = sample;
    const start = performance.now();
    await call();
    spent.push((performance.now() - start) * 1000);
  }
  return median(spent);
}

const open = async (models: Readonly<Record<string, any>>): Promise<void> => {
  defineConfig({ apps: { growth: models }, databases: { default: 'sqlite::memory:' } } as any);
  await createTables();
};

const fields = () => ({
  name: CharField({ maxLength: 100 }),
  amount: IntegerField(),
  createdAt: DateTimeField(),
});
const valuesOf = (n: number) => ({ name: `item ${n}`, amount: n % 1000, createdAt: new Date(1.7e12 + n * 1000) });

const SIZES = [1000, 10_000, 100_000, 1_000_000];

/** A row that is inserted, read in a list and streamed, with so many others. */
async function rows(): Promise<Growth[]> {
  const Item: any = class Item extends Model('growth.Item', fields()) {};
  await open({ Item });
  // what runs for the first time is not compiled yet
  for (let n = 0; n < 20; n += 1) {
    await Item.objects.bulkCreate(Array.from({ length: 1000 }, (_, each) => new Item(valuesOf(each))));
    await Item.objects.all();
    await Item.objects.all().delete();
  }
  const results: Growth[] = [];
  let stored = 0;
  for (const size of SIZES) {
    const from = stored;
    const before = process.cpuUsage();
    for (; stored < size; stored += 1000) {
      const items = Array.from({ length: 1000 }, (_, n) => new Item(valuesOf(stored + n)));
      await Item.objects.bulkCreate(items);
    }
    const { user, system } = process.cpuUsage(before);
    const times = Math.max(1, Math.round(20_000 / size));
    const list = await cost(times, () => Item.objects.slice(0, size));
    const stream = await cost(times, async () => {
      for await (const _ of Item.objects.slice(0, size).iterator());
    });
    const costs = { 'insert, µs/row': (user + system) / (size - from), 'list, µs/row': list / size };
    results.push({ size, costs: { ...costs, 'stream, µs/row': stream / size } });
  }
  return results;
}

/** A query in a project of so many models. */
async function models(count: number): Promise<Growth[]> {
  const made: Record<string, any> = {};
  const before = process.cpuUsage();
  for (let n = 0; n < count; n += 1) {
    const name = `Item${n}`;
    const next = ForeignKey(`Item${(n + 1) % count}`, { onDelete: CASCADE, null: true, relatedName: `from${n}` });
    made[name] = { [name]: class extends Model(`growth.${name}`, { ...fields(), next }) {} }[name];
  }
  defineConfig({ apps: { growth: made }, databases: { default: 'sqlite::memory:' } } as any);
  const { user, system } = process.cpuUsage(before);
  await createTables();
  const all = Object.values(made);
  for (const each of all) await each.objects.create({ ...valuesOf(1), next: null });
  const get = (n: number) => all[n % count].objects.get({ id: 1 });
  const across = (n: number) => all[n % count].objects.filter({ next__next__name: 'x', amount__gt: n }).toSql();
  // every model has been asked some times: the first calls run code that is not compiled yet, some of it of the model's own class
  await cost(count * 25, get, 1);
  await cost(count * 25, across, 1);
  const costs = {
    'define and link, µs/model': (user + system) / count,
    'get() of one model, µs': await cost(2000, () => get(0)),
    'get() of all in turn, µs': await cost(2000, get),
    'get() of one model after 32 MB of other memory were touched, µs': await costUncached(32, () => get(0)),
    'filter() across two relations to SQL, all in turn, µs': await cost(2000, across),
  };
  return [{ size: count, costs }];
}

/** `in` with so many values. */
async function lists(): Promise<Growth[]> {
  const Item: any = class Item extends Model('growth.Item', fields()) {};
  await open({ Item });
  const items = Array.from({ length: 100_000 }, (_, n) => new Item(valuesOf(n)));
  await Item.objects.bulkCreate(items);
  const results: Growth[] = [];
  const texts = new Set<string>();
  for (const size of [10, 100, 1000, 10_000]) {
    const find = (n: number) =>
      Item.objects.filter({ id__in: Array.from({ length: size }, (_, each) => 1 + ((each * 7 + n) % 100_000)) });
    const times = Math.max(3, Math.round(20_000 / size));
    const { queries } = await captureQueries(() => find(0));
    for (const { sql } of queries) texts.add(sql);
    const toSql = (await cost(times, (n) => find(n).toSql())) / size;
    const fetched = (await cost(times, find)) / size;
    results.push({
      size,
      costs: { 'to SQL, µs/value': toSql, 'fetch, µs/value': fetched, 'different statements so far': texts.size },
    });
  }
  return results;
}

const [, , part, count] = process.argv;
const result = part === 'rows' ? await rows() : part === 'models' ? await models(Number(count)) : await lists();
console.log(JSON.stringify(result));
await closeDatabases();
