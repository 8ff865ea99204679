import { Album, Artist, Customer, Employee, InvoiceLine, Playlist, Track } from '../models.js';
import { section } from '../section.js';

const step = section('Following relations', import.meta.url);

step('Forward: await a relation, and it is there', async () => {
  const track = await Track.objects.get({ name: 'Man In The Box' });
  const album = await track.album;
  const artist = await album.artist;
  return { track: track.name, album: album.title, artist: artist.name };
});

step('Reverse: nothing was declared on Artist, and yet it has albums', async () => {
  const artist = await Artist.objects.get({ name: 'Led Zeppelin' });
  return artist.albums.filter({ title__contains: 'Zeppelin' }).orderBy('title');
});

step('Three hops in a filter', () =>
  InvoiceLine.objects
    .filter({ track__album__artist__name: 'Iron Maiden' })
    .orderBy('-unitPrice', 'id')
    .values('invoice__customer__email', 'track__name', 'track__album__title')
    .slice(0, 5),
);

step('Four hops backwards: who bought jazz in Europe?', () =>
  Customer.objects
    .filter({ invoices__lines__track__genre__name: 'Jazz', country__in: ['France', 'Germany', 'Norway', 'Portugal'] })
    .distinct()
    .orderBy('lastName'),
);

step('Many-to-many', async () => {
  const grunge = await Playlist.objects.get({ name: 'Grunge' });
  return grunge.tracks.orderBy('name').values('name', 'album__artist__name').slice(0, 6);
});

step('Many-to-many from the other side', () =>
  Playlist.objects.filter({ tracks__album__artist__name: 'Miles Davis' }).distinct().orderBy('id'),
);

step('exclude() over a to-many relation means: not a single one', () =>
  Playlist.objects
    .exclude({ tracks__genre__name: 'Rock' })
    .filter({ tracks__isnull: false })
    .distinct()
    .orderBy('name'),
);

step('A relation to itself', () =>
  Employee.objects
    .filter({ reportsTo__reportsTo__lastName: 'Adams' })
    .orderBy('lastName')
    .values('firstName', 'lastName', 'title', 'reportsTo__lastName'),
);

step('An instance is a value of a lookup', async () => {
  const album = await Album.objects.get({ title: 'Facelift' });
  return {
    tracks: await album.tracks.count(),
    sold: await InvoiceLine.objects.filter({ track__album: album }).count(),
  };
});
