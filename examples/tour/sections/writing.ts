import { atomic, F } from 'nuages';
import { Artist, Customer, Genre, Invoice, InvoiceLine, Playlist, Track } from '../models.js';
import { section } from '../section.js';

const step = section('Writing', import.meta.url);

step('getOrCreate(): the second call finds what the first one made', async () => {
  const [chanson, created] = await Genre.objects.getOrCreate({ name: 'Chanson' });
  const [again, createdAgain] = await Genre.objects.getOrCreate({ name: 'Chanson' });
  return { pk: chanson.pk, created, createdAgain, same: chanson.equals(again) };
});

step('save() writes what changed; updateFields says which columns', async () => {
  const artist = await Artist.objects.create({ name: 'Edith Piaf' });
  artist.name = 'Édith Piaf';
  await artist.save({ updateFields: ['name'] });
  return Artist.objects.filter({ name__endswith: 'Piaf' });
});

step('update() with F(): the database does the sum', async () => {
  const videos = Track.objects.filter({ mediaType__name__contains: 'video', milliseconds__gt: 5_000_000 });
  const changed = await videos.update({ unitPrice: F('unitPrice').add(1) });
  return [{ changed }, ...(await videos.values('name', 'unitPrice'))];
});

step('Members of a many-to-many relation', async () => {
  const mix = await Playlist.objects.create({ name: 'Tour mix' });
  await mix.tracks.add(...(await Track.objects.filter({ name__startswith: 'Angel' })));
  await mix.tracks.remove(await Track.objects.get({ name: 'Angela' }));
  return mix.tracks.orderBy('name').values('name', 'album__artist__name');
});

step('A cascade in a transaction that is rolled back: everything is still there', async () => {
  class Undo extends Error {}
  const rows: object[] = [];
  const count = async (when: string) => ({
    when,
    customers: await Customer.objects.count(),
    invoices: await Invoice.objects.count(),
    lines: await InvoiceLine.objects.count(),
  });
  try {
    await atomic(async () => {
      const [deleted] = await Customer.objects.filter({ country: 'Canada' }).delete();
      rows.push({ ...(await count('inside')), deleted });
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  rows.push({ ...(await count('after')), deleted: 0 });
  return rows;
});
