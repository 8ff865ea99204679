/**
 * Chinook's eleven tables as models. The tables and their keys are the original's (`album.album_id`); in TypeScript every
 * model has an `id` and relations have the names that read well in queries: `artist.albums`, `track__album__artist`.
 */
import {
  AutoField,
  CASCADE,
  CharField,
  DateField,
  DateTimeField,
  DecimalField,
  EmailField,
  ForeignKey,
  IntegerField,
  ManyToManyField,
  Model,
  PROTECT,
  SET_NULL,
} from 'nuages';

export class Artist extends Model(
  'chinook.Artist',
  {
    id: AutoField({ primaryKey: true, dbColumn: 'artist_id' }),
    name: CharField({ maxLength: 120 }),
  },
  { dbTable: 'artist' },
) {
  toString() {
    return this.name;
  }
}

export class Album extends Model(
  'chinook.Album',
  {
    id: AutoField({ primaryKey: true, dbColumn: 'album_id' }),
    title: CharField({ maxLength: 160 }),
    artist: ForeignKey('Artist', { onDelete: CASCADE, relatedName: 'albums' }),
  },
  { dbTable: 'album' },
) {
  toString() {
    return this.title;
  }
}

export class Genre extends Model(
  'chinook.Genre',
  {
    id: AutoField({ primaryKey: true, dbColumn: 'genre_id' }),
    name: CharField({ maxLength: 120 }),
  },
  { dbTable: 'genre' },
) {
  toString() {
    return this.name;
  }
}

export class MediaType extends Model(
  'chinook.MediaType',
  {
    id: AutoField({ primaryKey: true, dbColumn: 'media_type_id' }),
    name: CharField({ maxLength: 120 }),
  },
  { dbTable: 'media_type' },
) {
  toString() {
    return this.name;
  }
}

export class Track extends Model(
  'chinook.Track',
  {
    id: AutoField({ primaryKey: true, dbColumn: 'track_id' }),
    name: CharField({ maxLength: 200 }),
    album: ForeignKey('Album', { onDelete: CASCADE, relatedName: 'tracks' }),
    mediaType: ForeignKey('MediaType', { onDelete: PROTECT, relatedName: 'tracks' }),
    genre: ForeignKey('Genre', { onDelete: SET_NULL, null: true, relatedName: 'tracks' }),
    composer: CharField({ maxLength: 220, null: true }),
    milliseconds: IntegerField(),
    bytes: IntegerField(),
    unitPrice: DecimalField({ maxDigits: 10, decimalPlaces: 2 }),
  },
  { dbTable: 'track' },
) {
  toString() {
    return this.name;
  }
}

export class Playlist extends Model(
  'chinook.Playlist',
  {
    id: AutoField({ primaryKey: true, dbColumn: 'playlist_id' }),
    name: CharField({ maxLength: 120 }),
    tracks: ManyToManyField('Track', { relatedName: 'playlists', dbTable: 'playlist_track' }),
  },
  { dbTable: 'playlist' },
) {
  toString() {
    return this.name;
  }
}

export class Employee extends Model(
  'chinook.Employee',
  {
    id: AutoField({ primaryKey: true, dbColumn: 'employee_id' }),
    lastName: CharField({ maxLength: 20 }),
    firstName: CharField({ maxLength: 20 }),
    title: CharField({ maxLength: 30 }),
    reportsTo: ForeignKey('self', { onDelete: SET_NULL, null: true, relatedName: 'reports', dbColumn: 'reports_to' }),
    birthDate: DateField(),
    hireDate: DateField(),
    address: CharField({ maxLength: 70 }),
    city: CharField({ maxLength: 40 }),
    state: CharField({ maxLength: 40 }),
    country: CharField({ maxLength: 40 }),
    postalCode: CharField({ maxLength: 10 }),
    phone: CharField({ maxLength: 24 }),
    fax: CharField({ maxLength: 24 }),
    email: EmailField({ maxLength: 60 }),
  },
  { dbTable: 'employee' },
) {
  toString() {
    return `${this.firstName} ${this.lastName}`;
  }
}

export class Customer extends Model(
  'chinook.Customer',
  {
    id: AutoField({ primaryKey: true, dbColumn: 'customer_id' }),
    firstName: CharField({ maxLength: 40 }),
    lastName: CharField({ maxLength: 20 }),
    company: CharField({ maxLength: 80, null: true }),
    address: CharField({ maxLength: 70 }),
    city: CharField({ maxLength: 40 }),
    state: CharField({ maxLength: 40, null: true }),
    country: CharField({ maxLength: 40 }),
    postalCode: CharField({ maxLength: 10, null: true }),
    phone: CharField({ maxLength: 24, null: true }),
    fax: CharField({ maxLength: 24, null: true }),
    email: EmailField({ maxLength: 60 }),
    supportRep: ForeignKey('Employee', { onDelete: SET_NULL, null: true, relatedName: 'customers' }),
  },
  { dbTable: 'customer' },
) {
  toString() {
    return `${this.firstName} ${this.lastName}`;
  }
}

export class Invoice extends Model(
  'chinook.Invoice',
  {
    id: AutoField({ primaryKey: true, dbColumn: 'invoice_id' }),
    customer: ForeignKey('Customer', { onDelete: CASCADE, relatedName: 'invoices' }),
    invoiceDate: DateTimeField(),
    billingAddress: CharField({ maxLength: 70 }),
    billingCity: CharField({ maxLength: 40 }),
    billingState: CharField({ maxLength: 40, null: true }),
    billingCountry: CharField({ maxLength: 40 }),
    billingPostalCode: CharField({ maxLength: 10, null: true }),
    total: DecimalField({ maxDigits: 10, decimalPlaces: 2 }),
  },
  { dbTable: 'invoice', getLatestBy: 'invoiceDate' },
) {
  toString() {
    return `#${this.id} of ${this.invoiceDate.toISOString().slice(0, 10)}`;
  }
}

export class InvoiceLine extends Model(
  'chinook.InvoiceLine',
  {
    id: AutoField({ primaryKey: true, dbColumn: 'invoice_line_id' }),
    invoice: ForeignKey('Invoice', { onDelete: CASCADE, relatedName: 'lines' }),
    track: ForeignKey('Track', { onDelete: CASCADE, relatedName: 'invoiceLines' }),
    unitPrice: DecimalField({ maxDigits: 10, decimalPlaces: 2 }),
    quantity: IntegerField(),
  },
  { dbTable: 'invoice_line' },
) {}
