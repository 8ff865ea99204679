/**
 * The drivers for PostgreSQL, measured on what an ORM asks of them: `npx tsx bench/drivers/main.ts [url]`. Each round runs all
 * drivers one after the other, in an order of its own; what is printed is the median of the rounds: the processor's time of this
 * process, which other work on the machine disturbs least, and in parentheses the clock's.
 */
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import { createDriver } from '../../src/backends/postgres/driver.js';
import { parseSettings } from '../../src/backends/postgres/settings.js';
import { openPg } from './pg.js';
import { openPostgresJs } from './postgres-js.js';
import { INSERT, MANY, ONE, STREAM, type Tasks } from './tasks.js';

const url = process.argv[2] ?? process.env.NUAGES_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const ROUNDS = 9;
const ROWS = 100_000;

/** node-postgres by messages of the library's own, as the library itself drives it. */
async function openNuages(address: string): Promise<Tasks> {
  const driver = await createDriver(parseSettings({ url: address, options: {} }));
  const connection = await driver.connect('write');
  const keep = { prepare: true };
  return {
    one: async (key) => (await connection.run(ONE, [key], keep)).rows[0]!,
    many: async () => (await connection.run(MANY, [1000], keep)).rows.length,
    insert: async (name) => void (await connection.run(INSERT, [name, 7], keep)),
    async transaction(names) {
      await connection.control('BEGIN');
      await Promise.all(names.map((name) => connection.run(INSERT, [name, 7], keep)));
      await connection.control('COMMIT');
    },
    async stream() {
      let count = 0;
      for await (const rows of connection.stream(STREAM, [], 2000)) count += rows.length;
      return count;
    },
    async cancel() {
      const controller = new AbortController();
      const sent = connection.run('SELECT pg_sleep(5)', [], { signal: controller.signal });
      const waiting = Promise.resolve(sent).catch(() => {});
      setTimeout(() => controller.abort(), 20);
      await waiting;
    },
    close: () => connection.close(),
  };
}

const OPEN: Readonly<Record<string, (address: string) => Promise<Tasks>>> = {
  pg: openPg,
  'postgres.js': openPostgresJs,
  'pg, as Nuages drives it': openNuages,
};

interface Workload {
  readonly name: string;
  readonly times: number;
  run(tasks: Tasks, n: number): Promise<unknown>;
}
const WORKLOADS: readonly Workload[] = [
  { name: 'get by key, prepared', times: 1000, run: (tasks, n) => tasks.one((n % ROWS) + 1) },
  { name: '1,000 rows as arrays', times: 60, run: (tasks) => tasks.many() },
  { name: 'insert one', times: 400, run: (tasks, n) => tasks.insert(`name ${n}`) },
  {
    name: 'transaction of 10 inserts, sent at once',
    times: 80,
    run: (tasks, n) => tasks.transaction(Array.from({ length: 10 }, (_, index) => `name ${n} ${index}`)),
  },
  { name: 'stream of 100,000 rows, 2,000 at a time', times: 1, run: (tasks) => tasks.stream() },
  { name: 'cancellation, 20 ms after the start', times: 5, run: (tasks) => tasks.cancel() },
];

/** Microseconds of one run: of the clock, and of this process's processor. */
interface Sample {
  readonly wall: number;
  readonly cpu: number;
}

const shownTime = (microseconds: number): string =>
  microseconds > 2000 ? `${(microseconds / 1000).toFixed(1)} ms` : `${microseconds.toFixed(0)} µs`;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function main(): Promise<void> {
  const name = `nuages_drivers_${randomBytes(4).toString('hex')}`;
  const admin = (await createDriver(parseSettings({ url, options: {} }))).connect('write');
  const server = await admin;
  await server.control(`CREATE DATABASE ${name}`);
  const address = new URL(url);
  address.pathname = `/${name}`;
  try {
    const drivers = new Map<string, Tasks>();
    for (const [label, open] of Object.entries(OPEN)) drivers.set(label, await open(address.href));
    const first = await (await createDriver(parseSettings({ url: address.href, options: {} }))).connect('write');
    await first.control('CREATE TABLE item (id serial PRIMARY KEY, name text NOT NULL, price integer NOT NULL)');
    await first.control(
      `INSERT INTO item (name, price) SELECT 'item ' || n, n % 100 FROM generate_series(1, ${ROWS}) n`,
    );
    await first.control('ANALYZE item');
    await first.close();
    const { rows } = await server.run("SELECT current_setting('server_version')", []);
    console.log(
      `Node.js ${process.version}, PostgreSQL ${String(rows[0]![0])}, ${os.cpus().length} × ${os.cpus()[0]?.model}`,
    );
    console.log(`\n| workload | ${[...drivers.keys()].join(' | ')} |\n|---|${'---|'.repeat(drivers.size)}`);
    for (const workload of WORKLOADS) {
      const times = new Map<string, Sample[]>([...drivers.keys()].map((label) => [label, []]));
      for (let round = -2; round < ROUNDS; round += 1) {
        const order = [...drivers].sort(() => Math.random() - 0.5);
        for (const [label, tasks] of order) {
          const start = performance.now();
          const before = process.cpuUsage();
          for (let n = 0; n < workload.times; n += 1) await workload.run(tasks, n * 37);
          const { user, system } = process.cpuUsage(before);
          const wall = ((performance.now() - start) * 1000) / workload.times;
          if (round >= 0) times.get(label)!.push({ wall, cpu: (user + system) / workload.times });
        }
      }
      const shown = [...times.values()].map(
        (each) =>
          `${shownTime(median(each.map(({ cpu }) => cpu)))} (${shownTime(median(each.map(({ wall }) => wall)))})`,
      );
      console.log(`| ${workload.name} | ${shown.join(' | ')} |`);
    }
    for (const tasks of drivers.values()) await tasks.close();
  } finally {
    await server.control(`DROP DATABASE ${name} WITH (FORCE)`);
    await server.close();
  }
}

await main();
