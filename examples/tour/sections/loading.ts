import { Prefetch } from 'nuages';
import { Album, Artist, Playlist, Track } from '../models.js';
import { section } from '../section.js';

const step = section('Loading related rows: count the queries', import.meta.url);

step('selectRelated: one query with joins, and no await left', async () => {
  const tracks = await Track.objects
    .filter({ genre__name: 'Jazz' })
    .selectRelated('album__artist')
    .orderBy('id')
    .slice(0, 5);
  return tracks.map((track) => ({ track: track.name, album: track.album.title, artist: track.album.artist.name }));
});

step('Without it, rows of one query load their relations together: two queries, not eleven', async () => {
  const rows = [];
  for (const album of await Album.objects.orderBy('id').slice(0, 10)) {
    rows.push({ album: album.title, artist: (await album.artist).name });
  }
  return rows;
});

step('prefetchRelated with a QuerySet of its own', async () => {
  const recent = Prefetch('albums', { queryset: Album.objects.orderBy('-title'), toAttr: 'sortedAlbums' });
  const artists = await Artist.objects.filter({ name__startswith: 'Deep' }).prefetchRelated(recent);
  return artists.flatMap((artist) =>
    artist.sortedAlbums.slice(0, 4).map(({ title }) => ({ artist: artist.name, title })),
  );
});

step('prefetchRelated over several hops', async () => {
  const playlists = await Playlist.objects
    .filter({ name__in: ['Grunge', 'Brazilian Music'] })
    .prefetchRelated('tracks__genre');
  const rows = [];
  for (const playlist of playlists) {
    const tracks = await playlist.tracks.all();
    const genres = await Promise.all(tracks.map((track) => track.genre));
    rows.push({ playlist: playlist.name, tracks: tracks.length, genres: [...new Set(genres.map(String))].join(', ') });
  }
  return rows;
});

step('only(): the rest of the row comes when it is asked for', async () => {
  const track = await Track.objects.only('name').get({ pk: 1 });
  return { name: track.name, composer: await track.composer };
});

step('iterator(): 3,503 rows stream past in chunks', async () => {
  let milliseconds = 0;
  for await (const track of Track.objects.only('milliseconds').iterator({ chunkSize: 500 }))
    milliseconds += track.milliseconds;
  return { 'days of music': (milliseconds / 86_400_000).toFixed(1) };
});
