/** Puts Chinook into the database, through the ORM: one `bulkCreate` a thousand rows, all of it in one transaction. */
import { atomic } from 'nuages';
import { day, instant, type Row, readTable } from './chinook-data.js';
import {
  Album,
  Artist,
  Customer,
  Employee,
  Genre,
  Invoice,
  InvoiceLine,
  MediaType,
  Playlist,
  Track,
} from './models.js';

const chunkSize = 1000;

/** Told after each chunk: the table, and how many rows came with it. */
export type Progress = (table: string, rows: number) => void;

interface Loader {
  readonly table: string;
  readonly save: (rows: readonly Row[]) => Promise<unknown>;
}

// Parents before children, so that every foreign key finds its row.
const loaders: readonly Loader[] = [
  {
    table: 'artist',
    save: (rows) => Artist.objects.bulkCreate(rows.map((row) => new Artist({ id: row.artist_id, name: row.name }))),
  },
  {
    table: 'album',
    save: (rows) =>
      Album.objects.bulkCreate(
        rows.map((row) => new Album({ id: row.album_id, title: row.title, artistId: row.artist_id })),
      ),
  },
  {
    table: 'genre',
    save: (rows) => Genre.objects.bulkCreate(rows.map((row) => new Genre({ id: row.genre_id, name: row.name }))),
  },
  {
    table: 'media_type',
    save: (rows) =>
      MediaType.objects.bulkCreate(rows.map((row) => new MediaType({ id: row.media_type_id, name: row.name }))),
  },
  {
    table: 'track',
    save: (rows) =>
      Track.objects.bulkCreate(
        rows.map(
          (row) =>
            new Track({
              id: row.track_id,
              name: row.name,
              albumId: row.album_id,
              mediaTypeId: row.media_type_id,
              genreId: row.genre_id,
              composer: row.composer,
              milliseconds: row.milliseconds,
              bytes: row.bytes,
              unitPrice: row.unit_price,
            }),
        ),
      ),
  },
  {
    table: 'playlist',
    save: (rows) =>
      Playlist.objects.bulkCreate(rows.map((row) => new Playlist({ id: row.playlist_id, name: row.name }))),
  },
  {
    // The rows of a many-to-many relation: each playlist is given the keys of its tracks.
    table: 'playlist_track',
    save: async (rows) => {
      for (const id of new Set(rows.map((row) => row.playlist_id))) {
        const playlist = await Playlist.objects.get({ pk: id });
        await playlist.tracks.add(...rows.filter((row) => row.playlist_id === id).map((row) => row.track_id));
      }
    },
  },
  {
    table: 'employee',
    save: (rows) =>
      Employee.objects.bulkCreate(
        rows.map(
          (row) =>
            new Employee({
              id: row.employee_id,
              lastName: row.last_name,
              firstName: row.first_name,
              title: row.title,
              reportsToId: row.reports_to,
              birthDate: day(row.birth_date),
              hireDate: day(row.hire_date),
              address: row.address,
              city: row.city,
              state: row.state,
              country: row.country,
              postalCode: row.postal_code,
              phone: row.phone,
              fax: row.fax,
              email: row.email,
            }),
        ),
      ),
  },
  {
    table: 'customer',
    save: (rows) =>
      Customer.objects.bulkCreate(
        rows.map(
          (row) =>
            new Customer({
              id: row.customer_id,
              firstName: row.first_name,
              lastName: row.last_name,
              company: row.company,
              address: row.address,
              city: row.city,
              state: row.state,
              country: row.country,
              postalCode: row.postal_code,
              phone: row.phone,
              fax: row.fax,
              email: row.email,
              supportRepId: row.support_rep_id,
            }),
        ),
      ),
  },
  {
    table: 'invoice',
    save: (rows) =>
      Invoice.objects.bulkCreate(
        rows.map(
          (row) =>
            new Invoice({
              id: row.invoice_id,
              customerId: row.customer_id,
              invoiceDate: instant(row.invoice_date),
              billingAddress: row.billing_address,
              billingCity: row.billing_city,
              billingState: row.billing_state,
              billingCountry: row.billing_country,
              billingPostalCode: row.billing_postal_code,
              total: row.total,
            }),
        ),
      ),
  },
  {
    table: 'invoice_line',
    save: (rows) =>
      InvoiceLine.objects.bulkCreate(
        rows.map(
          (row) =>
            new InvoiceLine({
              id: row.invoice_line_id,
              invoiceId: row.invoice_id,
              trackId: row.track_id,
              unitPrice: row.unit_price,
              quantity: row.quantity,
            }),
        ),
      ),
  },
];

/** How many rows there are to load: the `total` of a progress bar. */
export function countRows(): number {
  return loaders.reduce((sum, { table }) => sum + readTable(table).length, 0);
}

/** Loads all eleven tables and tells `progress` after each chunk. */
export async function load(progress: Progress): Promise<void> {
  await atomic(async () => {
    for (const { table, save } of loaders) {
      const rows = readTable(table);
      for (let start = 0; start < rows.length; start += chunkSize) {
        const chunk = rows.slice(start, start + chunkSize);
        await save(chunk);
        progress(table, chunk.length);
      }
    }
  });
}
