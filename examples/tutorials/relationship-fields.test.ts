/**
 * "Django models relationship", block by block. Where the text leaves `on_delete` out, Django has required it since 2.0.
 *
 * | block | what it does | here |
 * |---|---|---|
 * | 1 | models: a relation to a model that is declared later | models/cars.ts, runs |
 * | 2 | models: a relation to a model of another app; to itself | models/cars.ts, runs |
 * | 3 | limit_choices_to | runs |
 * | 4 | related_name "+": no reverse side | runs |
 * | 5 | related_query_name | runs |
 * | 6 | on_delete SET_NULL | runs |
 * | 7 | the other values of on_delete, SET with a function among them; to_field; db_constraint | runs |
 * | 8 | two many-to-many relations to one model without reverse sides; db_table | runs |
 * | 9 | many to many to itself, symmetrical or not | runs |
 * | 10 | one to one, twice to one model: which attributes there are | runs |
 * | 11 | a missing one-to-one object throws DoesNotExist | runs |
 * | 12 | models: places, restaurants, waiters | models/places.ts |
 * | 13 | creates places | runs |
 * | 14 | creates a restaurant | runs |
 * | 15 | from the restaurant to its place | runs |
 * | 16 | from the place to its restaurant | runs |
 * | 17 | a place without a restaurant: exception | runs |
 * | 18 | a place without a restaurant: asking first | runs |
 * | 19 | moves the restaurant by assigning its place: a new row | runs |
 * | 20 | and back, by assigning in the other direction | runs |
 * | 21 | all restaurants | runs |
 * | 22 | all places, by name | runs |
 * | 23 | lookups over the relation | runs |
 * | 24 | lookups in reverse | runs |
 * | 25 | adds a waiter | runs |
 * | 26 | the waiters, by the place of their restaurant | runs |
 *
 * The forms and the admin that `limit_choices_to` also serves wait for these features.
 */
import { IntegrityError, ObjectDoesNotExist, ProtectedError, RestrictedError, ValidationError } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { caught } from './caught.js';
import * as accounts from './models/accounts.js';
import { Car, ImportedCar, Manufacturer, Part } from './models/cars.js';
import { Place, Restaurant, Waiter } from './models/places.js';
import * as production from './models/production.js';
import { freshTables } from './nuages.config.js';
import { shown } from './shown.js';

describe('references and options', () => {
  const { User } = accounts;
  let ann: accounts.User;
  let bob: accounts.User;

  beforeEach(async () => {
    await freshTables();
    ann = await User.objects.create({ username: 'ann', isStaff: true });
    bob = await User.objects.create({ username: 'bob' });
  });

  test('1. and 2. a model declared later, of another app, and itself', async () => {
    const car = await Car.objects.create({
      model: '2CV',
      manufacturer: await Manufacturer.objects.create({ name: 'Citroën' }),
    });
    const imported = await ImportedCar.objects.create({
      model: '500',
      manufacturer: await production.Manufacturer.objects.create({ name: 'Fiat' }),
    });
    expect((await car.manufacturer).name).toBe('Citroën');
    expect((await imported.manufacturer).name).toBe('Fiat');

    const engine = await Part.objects.create({ name: 'engine' });
    await Part.objects.create({ name: 'piston', partOf: engine });
    expect(await engine.parts.valuesList('name', { flat: true })).toEqual(['piston']);
  });

  test('1. the column has _id at its end, and an index', async () => {
    const { queries } = await captureQueries(() => Car.objects.filter({ manufacturer: 1 }));
    expect(queries[0]!.sql).toContain('"manufacturer_id"');
  });

  test('3. validation refuses what limitChoicesTo leaves out', async () => {
    const { Badge } = accounts;
    await new Badge({ staffMember: ann }).fullClean();
    await expect(new Badge({ staffMember: bob }).fullClean()).rejects.toThrow(ValidationError);
  });

  test('4. no reverse side', async () => {
    await accounts.Badge.objects.create({ staffMember: ann });
    expect('badgeSet' in ann).toBe(false);
    // @ts-expect-error: the compiler knows it too
    expect(() => User.objects.filter({ badge__id: 1 })).toThrow("'badge'");
  });

  test('5. one name for the accessor, another for lookups', async () => {
    const { Article, Tag } = accounts;
    const article = await Article.objects.create({ title: 'Dunes' });
    await Tag.objects.create({ article, name: 'sand' });
    expect(await article.tags.count()).toBe(1);
    expect(await Article.objects.get({ tag__name: 'sand' })).toEqual(article);
  });

  test('6. SET_NULL keeps the row and empties the key', async () => {
    const comment = await accounts.Comment.objects.create({ user: bob });
    await bob.delete();
    await comment.refreshFromDb();
    expect(comment.userId).toBeNull();
    expect(await comment.user).toBeNull();
  });

  test('7. PROTECT refuses, and says which objects are in the way', async () => {
    const invoice = await accounts.Invoice.objects.create({ user: bob });
    const error = await caught(() => bob.delete());
    expect(error).toBeInstanceOf(IntegrityError);
    if (!(error instanceof ProtectedError)) throw error;
    expect([...error.protectedObjects].map((object) => invoice.equals(object))).toEqual([true]);
    expect(await User.objects.count()).toBe(2);
  });

  test('7. RESTRICT refuses too', async () => {
    await accounts.Lease.objects.create({ user: bob });
    await expect(bob.delete()).rejects.toThrow(RestrictedError);
  });

  test('7. SET_DEFAULT gives the key its default', async () => {
    const ticket = await accounts.Ticket.objects.create({ user: bob });
    await bob.delete();
    await ticket.refreshFromDb();
    expect(ticket.userId).toBe(ann.id);
  });

  test('7. SET calls a function for the new value', async () => {
    const upload = await accounts.Upload.objects.create({ user: bob });
    await bob.delete();
    await upload.refreshFromDb();
    expect(shown(await upload.user)).toBe('<User: deleted>');
  });

  test('7. DO_NOTHING, without a constraint in the database: the key leads nowhere', async () => {
    const line = await accounts.LogLine.objects.create({ user: bob });
    const { id } = bob;
    await bob.delete();
    await line.refreshFromDb();
    expect(line.userId).toBe(id);
    expect(await caught(() => line.user)).toBeInstanceOf(User.DoesNotExist);
  });

  test('7. a key to another unique column', async () => {
    const session = await accounts.Session.objects.create({ user: bob });
    expect(session.userId).toBe('bob');
    const { result, queries } = await captureQueries(() => accounts.Session.objects.get({ user__isStaff: false }));
    expect(result).toEqual(session);
    expect(queries[0]!.sql).toContain('"login" = ');
  });

  test('8. two relations to one model, without reverse sides', async () => {
    const survey = await accounts.Survey.objects.create({});
    await survey.users.add(ann, bob);
    const { queries } = await captureQueries(() => survey.referents.add(ann));
    expect(queries.map(({ sql }) => sql).join()).toContain('"survey_referents"');
    expect([await survey.users.count(), await survey.referents.count()]).toEqual([2, 1]);
    expect('surveySet' in ann).toBe(false);
  });

  test('9. friends are mutual, followers are not', async () => {
    const { Person } = accounts;
    const [ann, bob] = [await Person.objects.create({ name: 'Ann' }), await Person.objects.create({ name: 'Bob' })];
    await ann.friends.add(bob);
    expect(await bob.friends.valuesList('name', { flat: true })).toEqual(['Ann']);
    expect('personSet' in ann).toBe(false);

    await ann.follows.add(bob);
    expect(await bob.follows.count()).toBe(0);
    expect(await bob.followers.valuesList('name', { flat: true })).toEqual(['Ann']);
  });

  test('10. and 11. one to one, twice to one model', async () => {
    await accounts.MySpecialUser.objects.create({ user: ann, supervisor: bob });
    const user = await User.objects.get({ pk: ann.pk });
    expect(await user.getRelated('mySpecialUser')).not.toBeNull();
    expect(await user.getRelated('supervisorOf')).toBeNull();
    expect(await caught(() => user.supervisorOf)).toBeInstanceOf(accounts.MySpecialUser.DoesNotExist);
  });
});

describe('places, restaurants and waiters: each block continues the one before', () => {
  let p1: Place;
  let p2: Place;
  let r: Restaurant;
  const restaurants = () => Restaurant.objects.selectRelated('place').orderBy('pk');

  beforeAll(freshTables);

  test('13. and 14. two places, one of them a restaurant', async () => {
    p1 = new Place({ name: 'Demon Dogs', address: '944 W. Fullerton' });
    await p1.save();
    p2 = new Place({ name: 'Ace Hardware', address: '1013 N. Ashland' });
    await p2.save();
    r = new Restaurant({ place: p1, servesHotDogs: true, servesPizza: false });
    await r.save();
    expect(r.pk).toBe(p1.pk);
  });

  test('15. and 16. from one to the other', async () => {
    expect(shown(await r.place)).toBe('<Place: Demon Dogs the place>');
    expect(shown(await p1.restaurant)).toBe('<Restaurant: Demon Dogs the restaurant>');
  });

  test('17. and 18. a place without a restaurant', async () => {
    expect(await caught(() => p2.restaurant)).toBeInstanceOf(ObjectDoesNotExist);
    expect(await p2.getRelated('restaurant')).toBeNull();
  });

  test('19. a new place: the place is the primary key, so that save() makes a new restaurant', async () => {
    r.place = p2;
    await r.save();
    expect(shown(await p2.restaurant)).toBe('<Restaurant: Ace Hardware the restaurant>');
    expect(shown(await r.place)).toBe('<Place: Ace Hardware the place>');
  });

  test('20. and back, in the other direction', async () => {
    p1.restaurant = r;
    await r.save();
    expect(shown(await p1.restaurant)).toBe('<Restaurant: Demon Dogs the restaurant>');
  });

  test('21. there are two restaurants now', async () => {
    expect(shown(await restaurants())).toBe(
      '[ <Restaurant: Demon Dogs the restaurant>, <Restaurant: Ace Hardware the restaurant> ]',
    );
  });

  test('22. places, restaurants or not', async () => {
    expect(shown(await Place.objects.orderBy('name'))).toBe(
      '[ <Place: Ace Hardware the place>, <Place: Demon Dogs the place> ]',
    );
  });

  const DEMON_DOGS = '<Restaurant: Demon Dogs the restaurant>';

  test('23. lookups over the relation', async () => {
    expect(shown(await restaurants().get({ place: p1 }))).toBe(DEMON_DOGS);
    expect(shown(await restaurants().get({ place__pk: 1 }))).toBe(DEMON_DOGS);
    expect(shown(await restaurants().filter({ place__name__startswith: 'Demon' }))).toBe(`[ ${DEMON_DOGS} ]`);
    expect(shown(await restaurants().exclude({ place__address__contains: 'Ashland' }))).toBe(`[ ${DEMON_DOGS} ]`);
  });

  test('24. lookups in reverse', async () => {
    const demonDogs = '<Place: Demon Dogs the place>';
    expect(shown(await Place.objects.get({ pk: 1 }))).toBe(demonDogs);
    expect(shown(await Place.objects.get({ restaurant__place__exact: p1 }))).toBe(demonDogs);
    expect(shown(await Place.objects.get({ restaurant: r }))).toBe(demonDogs);
    expect(shown(await Place.objects.get({ restaurant__place__name__startswith: 'Demon' }))).toBe(demonDogs);
  });

  const JOE = '<Waiter: Joe the waiter at Demon Dogs the restaurant>';

  test('25. a waiter', async () => {
    const waiter = await r.waiterSet.create({ name: 'Joe' });
    expect(shown(waiter)).toBe(JOE);
  });

  test('26. the waiters of a restaurant', async () => {
    const waiters = Waiter.objects.selectRelated('restaurant__place');
    expect(shown(await waiters.filter({ restaurant__place: p1 }))).toBe(`[ ${JOE} ]`);
    expect(shown(await waiters.filter({ restaurant__place__name__startswith: 'Demon' }))).toBe(`[ ${JOE} ]`);
  });
});
