import fc from 'fast-check';
import { Count, F, JSONObject, Max, Min, NuagesError, Sum } from 'nuages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeTestDatabase } from '../../support/test-database.js';
import { type Any, Holder, type Kind, kinds, openKinds, Parent } from './kinds.js';

/** The same values each time, unless others are asked for. */
const seed = Number(process.env.PROPERTY_SEED ?? 20_240_229);
const numRuns = Number(process.env.PROPERTY_RUNS ?? 15);
const rows = (): Any => (Holder as Any).objects;

let parent: Any;
beforeAll(async () => {
  await openKinds();
  parent = await (Parent as Any).objects.create({ name: 'p' });
});
afterAll(closeTestDatabase);

/** What came of a write: nothing wrong, or an error of the library's own, with a code. */
async function isAccepted(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    const isOwn = error instanceof NuagesError || error instanceof TypeError;
    if (isOwn && typeof (error as { code?: unknown }).code === 'string') return false;
    throw error;
  }
}

/** The value by every way that reads a column. */
async function read(kind: Kind, pk: unknown): Promise<Record<string, unknown>> {
  const { name } = kind;
  const row = rows().filter({ pk });
  const found: Record<string, unknown> = {
    get: (await rows().get({ pk }))[name],
    values: (await row.values(name))[0][name],
    valuesList: (await row.valuesList(name, { flat: true }))[0],
    annotated: (await row.annotate({ copy: F(name) }).values('copy'))[0].copy,
    prefetched: (await (Parent as Any).objects.prefetchRelated('holders').get({ holders__pk: pk })).holders
      .all()
      .then((all: Any[]) => all.find((each) => each.pk === pk)[name]),
    related: (await rows().selectRelated('parent').get({ pk }))[name],
  };
  found.prefetched = await found.prefetched;
  for await (const each of row.iterator({ chunkSize: 1 })) found.iterator = each[name];
  if (kind.isOrdered === true) {
    const { least, most } = await row.aggregate({ least: (Min as Any)(name), most: (Max as Any)(name) });
    Object.assign(found, { least, most });
  }
  if (kind.isSummed === true) found.sum = (await row.aggregate({ sum: (Sum as Any)(name) })).sum;
  if (kind.isJson === true) {
    const [made] = await row.annotate({ made: (JSONObject as Any)({ key: F(name) }) }).values('made');
    found.document = made.made.key;
  }
  return found;
}

const expectSame = (kind: Kind, found: Record<string, unknown>, value: unknown): void => {
  const shown = Object.fromEntries(
    Object.entries(found).map(([way, each]) => [way, each === null ? null : kind.show(each)]),
  );
  const wanted = value === null ? null : kind.show(value);
  expect(shown).toEqual(Object.fromEntries(Object.keys(found).map((way) => [way, wanted])));
};

const property = (kind: Kind, check: (value: Any) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(kind.values, check), { seed, numRuns, endOnFailure: false });

describe.each(kinds)(`values of the kind $name (seed ${seed})`, (kind) => {
  const { name } = kind;
  const twin = `${name}Twin`;

  it('come back by every way as they went in, or are refused', async () => {
    await property(kind, async (value) => {
      let item: Any;
      if (!(await isAccepted(async () => (item = await rows().create({ parent, [name]: value }))))) return;
      expectSame(kind, await read(kind, item.pk), value);
      expect(
        await rows()
          .filter({ pk: item.pk })
          .aggregate({ n: (Count as Any)(name) }),
      ).toEqual({ n: value === null ? 0 : 1 });
      await item.delete();
    });
  });

  it('are found by what they are', async () => {
    await property(kind, async (value) => {
      let item: Any;
      if (value === null || !(await isAccepted(async () => (item = await rows().create({ parent, [name]: value })))))
        return;
      const row = rows().filter({ pk: item.pk });
      const [{ [name]: stored }] = await row.values(name);
      expect(await row.filter({ [name]: stored }).count()).toBe(1);
      expect(await row.filter({ [`${name}__in`]: [stored] }).count()).toBe(1);
      expect(await row.filter({ [name]: F(name) }).count()).toBe(1);
      expect(await row.exclude({ [name]: stored }).count()).toBe(0);
      await item.delete();
    });
  });

  it('are written alike by every write', async () => {
    await property(kind, async (value) => {
      let item: Any;
      if (!(await isAccepted(async () => (item = await rows().create({ parent, [name]: value }))))) return;
      const stored = (await rows().get({ pk: item.pk }))[name];
      const written: Record<string, unknown> = {};
      const look = async (way: string, pk: unknown, column = twin): Promise<void> => {
        written[way] = (await rows().get({ pk }))[column];
      };
      await rows()
        .filter({ pk: item.pk })
        .update({ [twin]: value });
      await look('update', item.pk);
      await rows()
        .filter({ pk: item.pk })
        .update({ [twin]: null });
      await rows()
        .filter({ pk: item.pk })
        .update({ [twin]: F(name) });
      await look('F', item.pk);
      await rows()
        .filter({ pk: item.pk })
        .update({ [twin]: null });
      await rows().bulkUpdate([new (Holder as Any)({ id: item.pk, [twin]: value })], [twin]);
      await look('bulkUpdate', item.pk);
      const two = await rows().bulkCreate([
        new (Holder as Any)({ parent, [twin]: value }),
        new (Holder as Any)({ parent, [twin]: null }),
      ]);
      await look('bulkCreate', two[0].pk);
      const saved = await rows().get({ pk: two[1].pk });
      saved[twin] = value;
      await saved.save();
      await look('save', two[1].pk);
      expectSame(kind, written, stored);
      await rows().all().delete();
    });
  });
});
