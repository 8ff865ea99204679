import { BooleanField, CASCADE, CharField, ForeignKey, Model, OneToOneField } from 'nuages';

/** Relationship fields, the one-to-one example: a place may be a restaurant, and a restaurant is a place. */
export class Place extends Model('places.Place', {
  name: CharField({ maxLength: 50 }),
  address: CharField({ maxLength: 80 }),
}) {
  toString() {
    return `${this.name} the place`;
  }
}

export class Restaurant extends Model('places.Restaurant', {
  place: OneToOneField('Place', { onDelete: CASCADE, primaryKey: true }),
  servesHotDogs: BooleanField(),
  servesPizza: BooleanField(),
}) {
  toString(): string {
    // A related object that is not loaded would have to be awaited, which toString() cannot do.
    return this.place instanceof Place ? `${this.place.name} the restaurant` : `restaurant ${this.pk}`;
  }
}

export class Waiter extends Model('places.Waiter', {
  restaurant: ForeignKey('Restaurant', { onDelete: CASCADE }),
  name: CharField({ maxLength: 50 }),
}) {
  toString(): string {
    return `${this.name} the waiter at ${this.restaurant}`;
  }
}
