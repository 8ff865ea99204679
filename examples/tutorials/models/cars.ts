import { CASCADE, CharField, ForeignKey, Model } from 'nuages';

/** Relationship fields: `Manufacturer` of this app is declared further down; `production.Manufacturer` is another one. */
export class Car extends Model('cars.Car', {
  model: CharField({ maxLength: 50 }),
  manufacturer: ForeignKey('Manufacturer', { onDelete: CASCADE }),
}) {}

export class ImportedCar extends Model('cars.ImportedCar', {
  model: CharField({ maxLength: 50 }),
  manufacturer: ForeignKey('production.Manufacturer', { onDelete: CASCADE }),
}) {}

export class Manufacturer extends Model('cars.Manufacturer', {
  name: CharField({ maxLength: 50 }),
}) {}

/** A recursive relation: a part of parts. */
export class Part extends Model('cars.Part', {
  name: CharField({ maxLength: 50 }),
  partOf: ForeignKey('self', { onDelete: CASCADE, null: true, relatedName: 'parts' }),
}) {}
