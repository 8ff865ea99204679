import { postInit, postSave, preInit, preSave } from 'nuages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Any, closeLibrary, openLibrary, Tag } from '../../support/library.js';

const T: Any = Tag;
beforeAll(openLibrary);
afterAll(closeLibrary);

describe('signals of save()', () => {
  it('are sent before and after, say what is saved, and are waited for', async () => {
    const heard: unknown[] = [];
    const stops = [
      preSave.connect(
        async ({ instance, updateFields, raw, using }: Any) => {
          await Promise.resolve();
          instance.label = String(instance.label).toUpperCase();
          heard.push(['pre', updateFields === null ? null : [...updateFields], raw, using]);
        },
        { sender: Tag as Any },
      ),
      postSave.connect(({ created, instance }: Any) => void heard.push(['post', created, instance.pk !== null]), {
        sender: 'library.Tag',
      }),
    ];
    const tag = await T.objects.create({ label: 'sea' });
    await tag.save({ updateFields: ['weight'] });
    await tag.save({ updateFields: [] });
    for (const stop of stops) stop();
    expect((await T.objects.get()).label).toBe('SEA');
    expect(heard).toEqual([
      ['pre', null, false, 'default'],
      ['post', true, true],
      ['pre', ['weight'], false, 'default'],
      ['post', false, true],
    ]);
  });

  it('are not sent by writes of many rows', async () => {
    let calls = 0;
    const stop = postSave.connect(() => {
      calls += 1;
    });
    const [tag] = await T.objects.bulkCreate([new T({ label: 'bulk' })]);
    await T.objects.update({ weight: 3 });
    await T.objects.bulkUpdate([tag], ['weight']);
    stop();
    expect(calls).toBe(0);
  });
});

describe('signals of a constructor', () => {
  it('are sent for new instances and for rows', async () => {
    const heard: string[] = [];
    const stops = [
      preInit.connect(({ values }: Any) => void heard.push(`pre ${Object.keys(values).join()}`), {
        sender: 'library.Tag',
      }),
      postInit.connect(({ instance }: Any) => void heard.push(`post ${instance.label}`), { sender: 'library.Tag' }),
    ];
    await new T({ label: 'init' }).save();
    await T.objects.get({ label: 'init' });
    for (const stop of stops) stop();
    expect(heard).toEqual(['pre label', 'post init', 'pre ', 'post init']);
  });
});
