import { CharField, Model } from 'nuages';

/** Relationship fields: a model that other apps refer to by its full label. */
export class Manufacturer extends Model('production.Manufacturer', {
  name: CharField({ maxLength: 50 }),
}) {}
