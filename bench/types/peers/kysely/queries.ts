import type { Kysely } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import type { Database } from './database.js';

declare const db: Kysely<Database>;

// By key
export async function q001() {
  const row = await db.selectFrom('users').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
  return [row.email, row.createdAt] as const;
}
export async function q002() {
  const row = await db.selectFrom('products').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
  return [row.title, row.price] as const;
}
export async function q003() {
  const row = await db.selectFrom('orders').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
  return [row.total, row.placedAt] as const;
}
export async function q004() {
  const row = await db.selectFrom('categories').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
  return [row.name, row.slug] as const;
}
export async function q005() {
  const row = await db.selectFrom('coupons').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
  return [row.code, row.expiresAt] as const;
}

// By equality
export async function q006() {
  const rows = await db.selectFrom('users').selectAll().where('email', '=', 'ada@example.org').execute();
  return rows.map((row) => row.name);
}
export async function q007() {
  const rows = await db.selectFrom('products').selectAll().where('slug', '=', 'dune').execute();
  return rows.map((row) => row.title);
}
export async function q008() {
  const rows = await db.selectFrom('orders').selectAll().where('status', '=', 'open').execute();
  return rows.map((row) => row.total);
}
export async function q009() {
  const rows = await db.selectFrom('coupons').selectAll().where('isActive', '=', true).execute();
  return rows.map((row) => row.percent);
}
export async function q010() {
  const rows = await db.selectFrom('addresses').selectAll().where('city', '=', 'Paris').execute();
  return rows.map((row) => row.street);
}

// By comparisons
export async function q011() {
  const rows = await db
    .selectFrom('products')
    .selectAll()
    .where('price', '>=', 1000)
    .where('price', '<', 5000)
    .execute();
  return rows.map((row) => row.title);
}
export async function q012() {
  const rows = await db.selectFrom('users').selectAll().where('name', 'like', '%da%').execute();
  return rows.map((row) => row.email);
}
export async function q013() {
  const rows = await db
    .selectFrom('orders')
    .selectAll()
    .where('placedAt', '>=', new Date('2026-01-01'))
    .where('status', 'in', ['open', 'paid'])
    .execute();
  return rows.map((row) => row.total);
}
export async function q014() {
  const rows = await db.selectFrom('reviews').selectAll().where('rating', '<=', 2).execute();
  return rows.map((row) => row.body);
}
export async function q015() {
  const rows = await db.selectFrom('coupons').selectAll().where('expiresAt', 'is', null).execute();
  return rows.map((row) => row.code);
}
export async function q016() {
  const rows = await db.selectFrom('categories').selectAll().where('slug', 'like', 'sci%').execute();
  return rows.map((row) => row.name);
}

// Across one relation
export async function q017() {
  const rows = await db
    .selectFrom('products')
    .innerJoin('brands', 'brands.id', 'products.brandId')
    .selectAll('products')
    .where('brands.country', '=', 'FR')
    .execute();
  return rows.map((row) => row.title);
}
export async function q018() {
  const rows = await db
    .selectFrom('reviews')
    .innerJoin('products', 'products.id', 'reviews.productId')
    .selectAll('reviews')
    .where('products.slug', '=', 'dune')
    .execute();
  return rows.map((row) => row.body);
}
export async function q019() {
  const rows = await db
    .selectFrom('orders')
    .innerJoin('users', 'users.id', 'orders.userId')
    .selectAll('orders')
    .where('users.email', '=', 'ada@example.org')
    .execute();
  return rows.map((row) => row.total);
}
export async function q020() {
  const rows = await db
    .selectFrom('orderItems')
    .innerJoin('orders', 'orders.id', 'orderItems.orderId')
    .selectAll('orderItems')
    .where('orders.status', '=', 'paid')
    .execute();
  return rows.map((row) => row.quantity);
}
export async function q021() {
  const rows = await db
    .selectFrom('payments')
    .innerJoin('orders', 'orders.id', 'payments.orderId')
    .selectAll('payments')
    .where('orders.status', '=', 'paid')
    .execute();
  return rows.map((row) => row.amount);
}
export async function q022() {
  const rows = await db
    .selectFrom('addresses')
    .innerJoin('users', 'users.id', 'addresses.userId')
    .selectAll('addresses')
    .where('users.isActive', '=', true)
    .execute();
  return rows.map((row) => row.city);
}

// Across two relations
export async function q023() {
  const rows = await db
    .selectFrom('reviews')
    .innerJoin('products', 'products.id', 'reviews.productId')
    .innerJoin('brands', 'brands.id', 'products.brandId')
    .selectAll('reviews')
    .where('brands.name', '=', 'Ace')
    .execute();
  return rows.map((row) => row.rating);
}
export async function q024() {
  const rows = await db
    .selectFrom('orderItems')
    .innerJoin('products', 'products.id', 'orderItems.productId')
    .innerJoin('categories', 'categories.id', 'products.categoryId')
    .selectAll('orderItems')
    .where('categories.slug', '=', 'books')
    .execute();
  return rows.map((row) => row.quantity);
}
export async function q025() {
  const rows = await db
    .selectFrom('orderItems')
    .innerJoin('orders', 'orders.id', 'orderItems.orderId')
    .innerJoin('users', 'users.id', 'orders.userId')
    .selectAll('orderItems')
    .where('users.country', '=', 'FR')
    .execute();
  return rows.map((row) => row.price);
}
export async function q026() {
  const rows = await db
    .selectFrom('payments')
    .innerJoin('orders', 'orders.id', 'payments.orderId')
    .innerJoin('users', 'users.id', 'orders.userId')
    .selectAll('payments')
    .where('users.email', '=', 'ada@example.org')
    .execute();
  return rows.map((row) => row.provider);
}
export async function q027() {
  const rows = await db
    .selectFrom('reviews')
    .innerJoin('products', 'products.id', 'reviews.productId')
    .innerJoin('categories', 'categories.id', 'products.categoryId')
    .selectAll('reviews')
    .where('categories.name', '=', 'Books')
    .execute();
  return rows.map((row) => row.body);
}
export async function q028() {
  const rows = await db
    .selectFrom('orders')
    .innerJoin('addresses', 'addresses.id', 'orders.addressId')
    .innerJoin('users', 'users.id', 'addresses.userId')
    .selectAll('orders')
    .where('users.name', '=', 'Ada')
    .execute();
  return rows.map((row) => row.total);
}

// Or
export async function q029() {
  const rows = await db
    .selectFrom('products')
    .selectAll()
    .where((eb) => eb.or([eb('title', '=', 'Dune'), eb('slug', '=', 'dune')]))
    .execute();
  return rows.map((row) => row.price);
}
export async function q030() {
  const rows = await db
    .selectFrom('users')
    .selectAll()
    .where((eb) => eb.or([eb('country', '=', 'FR'), eb('isActive', '=', false)]))
    .execute();
  return rows.map((row) => row.name);
}
export async function q031() {
  const rows = await db
    .selectFrom('orders')
    .selectAll()
    .where((eb) => eb.or([eb('status', '=', 'open'), eb('total', '=', 0)]))
    .execute();
  return rows.map((row) => row.placedAt);
}

// Not
export async function q032() {
  const rows = await db.selectFrom('products').selectAll().where('status', '!=', 'gone').execute();
  return rows.map((row) => row.title);
}
export async function q033() {
  const rows = await db.selectFrom('users').selectAll().where('country', '!=', 'FR').execute();
  return rows.map((row) => row.email);
}

// Ordered and limited
export async function q034() {
  const rows = await db.selectFrom('products').selectAll().orderBy('price', 'desc').orderBy('id').limit(10).execute();
  return rows.map((row) => row.title);
}
export async function q035() {
  const rows = await db.selectFrom('users').selectAll().orderBy('createdAt', 'desc').orderBy('id').limit(20).execute();
  return rows.map((row) => row.email);
}
export async function q036() {
  const rows = await db.selectFrom('orders').selectAll().orderBy('placedAt', 'desc').orderBy('id').limit(50).execute();
  return rows.map((row) => row.total);
}
export async function q037() {
  const rows = await db.selectFrom('reviews').selectAll().orderBy('rating', 'desc').orderBy('id').limit(5).execute();
  return rows.map((row) => row.body);
}
export async function q038() {
  const rows = await db.selectFrom('payments').selectAll().orderBy('amount', 'desc').orderBy('id').limit(3).execute();
  return rows.map((row) => row.provider);
}

// Some columns
export async function q039() {
  const rows = await db.selectFrom('products').select(['id', 'title', 'price']).execute();
  return rows.map((row) => [row.id, row.title, row.price] as const);
}
export async function q040() {
  const rows = await db.selectFrom('users').select(['id', 'email']).execute();
  return rows.map((row) => [row.id, row.email] as const);
}
export async function q041() {
  const rows = await db.selectFrom('orders').select(['id', 'status', 'total']).execute();
  return rows.map((row) => [row.id, row.status, row.total] as const);
}
export async function q042() {
  const rows = await db.selectFrom('reviews').select(['rating', 'body']).execute();
  return rows.map((row) => [row.rating, row.body] as const);
}
export async function q043() {
  const rows = await db.selectFrom('categories').select(['name', 'slug']).execute();
  return rows.map((row) => [row.name, row.slug] as const);
}
export async function q044() {
  const rows = await db.selectFrom('coupons').select(['code', 'percent', 'expiresAt']).execute();
  return rows.map((row) => [row.code, row.percent, row.expiresAt] as const);
}

// With a relation to one
export async function q045() {
  const rows = await db
    .selectFrom('products')
    .selectAll('products')
    .select((eb) =>
      jsonObjectFrom(eb.selectFrom('brands').selectAll('brands').whereRef('brands.id', '=', 'products.brandId'))
        .$notNull()
        .as('brand'),
    )
    .limit(50)
    .execute();
  return rows.map((row) => row.brand.name);
}
export async function q046() {
  const rows = await db
    .selectFrom('products')
    .selectAll('products')
    .select((eb) =>
      jsonObjectFrom(
        eb.selectFrom('categories').selectAll('categories').whereRef('categories.id', '=', 'products.categoryId'),
      )
        .$notNull()
        .as('category'),
    )
    .limit(50)
    .execute();
  return rows.map((row) => row.category.slug);
}
export async function q047() {
  const rows = await db
    .selectFrom('reviews')
    .selectAll('reviews')
    .select((eb) =>
      jsonObjectFrom(eb.selectFrom('users').selectAll('users').whereRef('users.id', '=', 'reviews.userId'))
        .$notNull()
        .as('user'),
    )
    .limit(50)
    .execute();
  return rows.map((row) => row.user.email);
}
export async function q048() {
  const rows = await db
    .selectFrom('orders')
    .selectAll('orders')
    .select((eb) =>
      jsonObjectFrom(eb.selectFrom('users').selectAll('users').whereRef('users.id', '=', 'orders.userId'))
        .$notNull()
        .as('user'),
    )
    .limit(50)
    .execute();
  return rows.map((row) => row.user.name);
}
export async function q049() {
  const rows = await db
    .selectFrom('orderItems')
    .selectAll('orderItems')
    .select((eb) =>
      jsonObjectFrom(
        eb.selectFrom('products').selectAll('products').whereRef('products.id', '=', 'orderItems.productId'),
      )
        .$notNull()
        .as('product'),
    )
    .limit(50)
    .execute();
  return rows.map((row) => row.product.title);
}
export async function q050() {
  const rows = await db
    .selectFrom('profiles')
    .selectAll('profiles')
    .select((eb) =>
      jsonObjectFrom(eb.selectFrom('users').selectAll('users').whereRef('users.id', '=', 'profiles.userId'))
        .$notNull()
        .as('user'),
    )
    .limit(50)
    .execute();
  return rows.map((row) => row.user.email);
}

// With a relation to many
export async function q051() {
  const rows = await db
    .selectFrom('brands')
    .selectAll('brands')
    .select((eb) =>
      jsonArrayFrom(eb.selectFrom('products').selectAll('products').whereRef('products.brandId', '=', 'brands.id')).as(
        'products',
      ),
    )
    .limit(50)
    .execute();
  return rows.flatMap((row) => row.products).map((each) => each.title);
}
export async function q052() {
  const rows = await db
    .selectFrom('users')
    .selectAll('users')
    .select((eb) =>
      jsonArrayFrom(eb.selectFrom('orders').selectAll('orders').whereRef('orders.userId', '=', 'users.id')).as(
        'orders',
      ),
    )
    .limit(50)
    .execute();
  return rows.flatMap((row) => row.orders).map((each) => each.total);
}
export async function q053() {
  const rows = await db
    .selectFrom('orders')
    .selectAll('orders')
    .select((eb) =>
      jsonArrayFrom(
        eb.selectFrom('orderItems').selectAll('orderItems').whereRef('orderItems.orderId', '=', 'orders.id'),
      ).as('items'),
    )
    .limit(50)
    .execute();
  return rows.flatMap((row) => row.items).map((each) => each.quantity);
}
export async function q054() {
  const rows = await db
    .selectFrom('products')
    .selectAll('products')
    .select((eb) =>
      jsonArrayFrom(eb.selectFrom('reviews').selectAll('reviews').whereRef('reviews.productId', '=', 'products.id')).as(
        'reviews',
      ),
    )
    .limit(50)
    .execute();
  return rows.flatMap((row) => row.reviews).map((each) => each.rating);
}
export async function q055() {
  const rows = await db
    .selectFrom('categories')
    .selectAll('categories')
    .select((eb) =>
      jsonArrayFrom(
        eb.selectFrom('categories as inner').selectAll('inner').whereRef('inner.parentId', '=', 'categories.id'),
      ).as('children'),
    )
    .limit(50)
    .execute();
  return rows.flatMap((row) => row.children).map((each) => each.name);
}
export async function q056() {
  const rows = await db
    .selectFrom('users')
    .selectAll('users')
    .select((eb) =>
      jsonArrayFrom(eb.selectFrom('addresses').selectAll('addresses').whereRef('addresses.userId', '=', 'users.id')).as(
        'addresses',
      ),
    )
    .limit(50)
    .execute();
  return rows.flatMap((row) => row.addresses).map((each) => each.city);
}

// With relations of relations
export async function q057() {
  const rows = await db
    .selectFrom('users')
    .selectAll('users')
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('orders')
          .selectAll('orders')
          .select((eb) =>
            jsonArrayFrom(
              eb.selectFrom('orderItems').selectAll('orderItems').whereRef('orderItems.orderId', '=', 'orders.id'),
            ).as('items'),
          )
          .whereRef('orders.userId', '=', 'users.id'),
      ).as('orders'),
    )
    .limit(50)
    .execute();
  const found = rows.flatMap((row) => row.orders);
  return found.flatMap((each) => each.items).map((each) => each.quantity);
}
export async function q058() {
  const rows = await db
    .selectFrom('brands')
    .selectAll('brands')
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('products')
          .selectAll('products')
          .select((eb) =>
            jsonArrayFrom(
              eb.selectFrom('reviews').selectAll('reviews').whereRef('reviews.productId', '=', 'products.id'),
            ).as('reviews'),
          )
          .whereRef('products.brandId', '=', 'brands.id'),
      ).as('products'),
    )
    .limit(50)
    .execute();
  const found = rows.flatMap((row) => row.products);
  return found.flatMap((each) => each.reviews).map((each) => each.rating);
}
export async function q059() {
  const rows = await db
    .selectFrom('categories')
    .selectAll('categories')
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('products')
          .selectAll('products')
          .select((eb) =>
            jsonArrayFrom(
              eb.selectFrom('orderItems').selectAll('orderItems').whereRef('orderItems.productId', '=', 'products.id'),
            ).as('items'),
          )
          .whereRef('products.categoryId', '=', 'categories.id'),
      ).as('products'),
    )
    .limit(50)
    .execute();
  const found = rows.flatMap((row) => row.products);
  return found.flatMap((each) => each.items).map((each) => each.price);
}
export async function q060() {
  const rows = await db
    .selectFrom('products')
    .selectAll('products')
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('reviews')
          .selectAll('reviews')
          .select((eb) =>
            jsonObjectFrom(eb.selectFrom('users').selectAll('users').whereRef('users.id', '=', 'reviews.userId'))
              .$notNull()
              .as('user'),
          )
          .whereRef('reviews.productId', '=', 'products.id'),
      ).as('reviews'),
    )
    .limit(50)
    .execute();
  const found = rows.flatMap((row) => row.reviews);
  return found.flatMap((each) => each.user).map((each) => each.name);
}
export async function q061() {
  const rows = await db
    .selectFrom('orders')
    .selectAll('orders')
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('orderItems')
          .selectAll('orderItems')
          .select((eb) =>
            jsonObjectFrom(
              eb.selectFrom('products').selectAll('products').whereRef('products.id', '=', 'orderItems.productId'),
            )
              .$notNull()
              .as('product'),
          )
          .whereRef('orderItems.orderId', '=', 'orders.id'),
      ).as('items'),
    )
    .limit(50)
    .execute();
  const found = rows.flatMap((row) => row.items);
  return found.flatMap((each) => each.product).map((each) => each.title);
}

// Grouped
export async function q062() {
  const rows = await db
    .selectFrom('products')
    .select((eb) => ['brandId', eb.fn.count('id').as('value')])
    .groupBy('brandId')
    .orderBy('value', 'desc')
    .execute();
  return rows.map((row) => [row.brandId, row.value] as const);
}
export async function q063() {
  const rows = await db
    .selectFrom('products')
    .select((eb) => ['categoryId', eb.fn.avg('price').as('value')])
    .groupBy('categoryId')
    .orderBy('value', 'desc')
    .execute();
  return rows.map((row) => [row.categoryId, row.value] as const);
}
export async function q064() {
  const rows = await db
    .selectFrom('reviews')
    .select((eb) => ['productId', eb.fn.avg('rating').as('value')])
    .groupBy('productId')
    .orderBy('value', 'desc')
    .execute();
  return rows.map((row) => [row.productId, row.value] as const);
}
export async function q065() {
  const rows = await db
    .selectFrom('orders')
    .select((eb) => ['status', eb.fn.sum('total').as('value')])
    .groupBy('status')
    .orderBy('value', 'desc')
    .execute();
  return rows.map((row) => [row.status, row.value] as const);
}
export async function q066() {
  const rows = await db
    .selectFrom('orderItems')
    .select((eb) => ['productId', eb.fn.sum('quantity').as('value')])
    .groupBy('productId')
    .orderBy('value', 'desc')
    .execute();
  return rows.map((row) => [row.productId, row.value] as const);
}
export async function q067() {
  const rows = await db
    .selectFrom('users')
    .select((eb) => ['country', eb.fn.count('id').as('value')])
    .groupBy('country')
    .orderBy('value', 'desc')
    .execute();
  return rows.map((row) => [row.country, row.value] as const);
}

// Aggregated
export async function q068() {
  const { value } = await db
    .selectFrom('products')
    .select((eb) => eb.fn.avg('price').as('value'))
    .executeTakeFirstOrThrow();
  return value;
}
export async function q069() {
  const { value } = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.sum('total').as('value'))
    .executeTakeFirstOrThrow();
  return value;
}
export async function q070() {
  const { value } = await db
    .selectFrom('reviews')
    .select((eb) => eb.fn.max('rating').as('value'))
    .executeTakeFirstOrThrow();
  return value;
}
export async function q071() {
  const { value } = await db
    .selectFrom('orderItems')
    .select((eb) => eb.fn.min('price').as('value'))
    .executeTakeFirstOrThrow();
  return value;
}

// Counted
export async function q072() {
  const { n } = await db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('isActive', '=', true)
    .executeTakeFirstOrThrow();
  return n;
}
export async function q073() {
  const { n } = await db
    .selectFrom('products')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('status', '=', 'live')
    .executeTakeFirstOrThrow();
  return n;
}
export async function q074() {
  const { n } = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow();
  return n;
}

// Exists
export async function q075() {
  const row = await db.selectFrom('coupons').select('id').where('code', '=', 'SPRING').limit(1).executeTakeFirst();
  return row !== undefined;
}
export async function q076() {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('email', '=', 'ada@example.org')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

// Created
export async function q077() {
  const row = await db
    .insertInto('users')
    .values({ email: 'ada@example.org', name: 'Ada', country: 'FR' })
    .returningAll()
    .executeTakeFirstOrThrow();
  return row.id;
}
export async function q078() {
  const row = await db
    .insertInto('brands')
    .values({ name: 'Ace', country: 'US' })
    .returningAll()
    .executeTakeFirstOrThrow();
  return row.id;
}
export async function q079() {
  const row = await db
    .insertInto('products')
    .values({ title: 'Dune', slug: 'dune', price: 999, status: 'live', brandId: 1, categoryId: 2 })
    .returningAll()
    .executeTakeFirstOrThrow();
  return row.id;
}
export async function q080() {
  const row = await db
    .insertInto('reviews')
    .values({ rating: 5, body: 'Good', productId: 1, userId: 2 })
    .returningAll()
    .executeTakeFirstOrThrow();
  return row.id;
}
export async function q081() {
  const row = await db
    .insertInto('orders')
    .values({ status: 'open', userId: 1 })
    .returningAll()
    .executeTakeFirstOrThrow();
  return row.id;
}
export async function q082() {
  const row = await db
    .insertInto('coupons')
    .values({ code: 'SPRING', percent: 10, expiresAt: new Date('2026-05-01') })
    .returningAll()
    .executeTakeFirstOrThrow();
  return row.id;
}

// Created in bulk
export async function q083() {
  const rows = await db
    .insertInto('tags')
    .values([{ name: 'new' }, { name: 'old' }])
    .returningAll()
    .execute();
  return rows.length;
}
export async function q084() {
  const rows = await db
    .insertInto('brands')
    .values([
      { name: 'Ace', country: 'US' },
      { name: 'Tor', country: 'US' },
    ])
    .returningAll()
    .execute();
  return rows.length;
}
export async function q085() {
  const rows = await db
    .insertInto('orderItems')
    .values([
      { price: 999, orderId: 1, productId: 1 },
      { price: 5, orderId: 1, productId: 2, quantity: 3 },
    ])
    .returningAll()
    .execute();
  return rows.length;
}
export async function q086() {
  const rows = await db
    .insertInto('addresses')
    .values([
      { street: 'Main', city: 'Paris', userId: 1 },
      { street: 'High', city: 'Rome', userId: 2, isDefault: true },
    ])
    .returningAll()
    .execute();
  return rows.length;
}

// Updated
export async function q087() {
  return db.updateTable('products').set({ status: 'gone' }).where('brandId', '=', 1).executeTakeFirst();
}
export async function q088() {
  return db.updateTable('users').set({ isActive: false }).where('country', '=', 'FR').executeTakeFirst();
}
export async function q089() {
  return db.updateTable('orders').set({ status: 'paid' }).where('status', '=', 'open').executeTakeFirst();
}
export async function q090() {
  return db
    .updateTable('coupons')
    .set({ isActive: false, expiresAt: null })
    .where('percent', '=', 10)
    .executeTakeFirst();
}
export async function q091() {
  return db.updateTable('addresses').set({ isDefault: false }).where('userId', '=', 1).executeTakeFirst();
}

// Incremented
export async function q092() {
  return db
    .updateTable('products')
    .set((eb) => ({ stock: eb('stock', '+', 5) }))
    .where('id', '=', 1)
    .executeTakeFirst();
}
export async function q093() {
  return db
    .updateTable('orders')
    .set((eb) => ({ total: eb('total', '+', 100) }))
    .where('userId', '=', 1)
    .executeTakeFirst();
}
export async function q094() {
  return db
    .updateTable('orderItems')
    .set((eb) => ({ quantity: eb('quantity', '+', 1) }))
    .where('orderId', '=', 1)
    .executeTakeFirst();
}
export async function q095() {
  return db
    .updateTable('payments')
    .set((eb) => ({ amount: eb('amount', '+', 50) }))
    .where('orderId', '=', 1)
    .executeTakeFirst();
}

// Deleted
export async function q096() {
  return db.deleteFrom('reviews').where('rating', '=', 1).executeTakeFirst();
}
export async function q097() {
  return db.deleteFrom('coupons').where('isActive', '=', false).executeTakeFirst();
}
export async function q098() {
  return db.deleteFrom('orders').where('status', '=', 'open').executeTakeFirst();
}

// In a transaction
export async function q099() {
  return db.transaction().execute(async (tx) => {
    const order = await tx
      .insertInto('orders')
      .values({ status: 'open', userId: 1 })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.insertInto('orderItems').values({ orderId: order.id, productId: 1, price: 999 }).execute();
    return order.id;
  });
}
export async function q100() {
  return db.transaction().execute(async (tx) => {
    const payment = await tx
      .insertInto('payments')
      .values({ orderId: 1, provider: 'bank', amount: 999 })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.updateTable('orders').set({ status: 'paid' }).where('id', '=', 1).execute();
    return payment.id;
  });
}
