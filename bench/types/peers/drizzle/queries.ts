import {
  and,
  asc,
  avg,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNull,
  like,
  lt,
  lte,
  max,
  min,
  ne,
  or,
  sql,
  sum,
} from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import * as schema from './schema.js';

const { addresses, brands, categories, coupons, orderItems, orders, payments, products, reviews, tags, users } = schema;
declare const db: NodePgDatabase<typeof schema>;

// By key
export async function q001() {
  const [row] = await db.select().from(users).where(eq(users.id, 1));
  return [row?.email, row?.createdAt] as const;
}
export async function q002() {
  const [row] = await db.select().from(products).where(eq(products.id, 1));
  return [row?.title, row?.price] as const;
}
export async function q003() {
  const [row] = await db.select().from(orders).where(eq(orders.id, 1));
  return [row?.total, row?.placedAt] as const;
}
export async function q004() {
  const [row] = await db.select().from(categories).where(eq(categories.id, 1));
  return [row?.name, row?.slug] as const;
}
export async function q005() {
  const [row] = await db.select().from(coupons).where(eq(coupons.id, 1));
  return [row?.code, row?.expiresAt] as const;
}

// By equality
export async function q006() {
  const rows = await db.select().from(users).where(eq(users.email, 'ada@example.org'));
  return rows.map((row) => row.name);
}
export async function q007() {
  const rows = await db.select().from(products).where(eq(products.slug, 'dune'));
  return rows.map((row) => row.title);
}
export async function q008() {
  const rows = await db.select().from(orders).where(eq(orders.status, 'open'));
  return rows.map((row) => row.total);
}
export async function q009() {
  const rows = await db.select().from(coupons).where(eq(coupons.isActive, true));
  return rows.map((row) => row.percent);
}
export async function q010() {
  const rows = await db.select().from(addresses).where(eq(addresses.city, 'Paris'));
  return rows.map((row) => row.street);
}

// By comparisons
export async function q011() {
  const rows = await db
    .select()
    .from(products)
    .where(and(gte(products.price, 1000), lt(products.price, 5000)));
  return rows.map((row) => row.title);
}
export async function q012() {
  const rows = await db.select().from(users).where(like(users.name, '%da%'));
  return rows.map((row) => row.email);
}
export async function q013() {
  const rows = await db
    .select()
    .from(orders)
    .where(and(gte(orders.placedAt, new Date('2026-01-01')), inArray(orders.status, ['open', 'paid'])));
  return rows.map((row) => row.total);
}
export async function q014() {
  const rows = await db.select().from(reviews).where(lte(reviews.rating, 2));
  return rows.map((row) => row.body);
}
export async function q015() {
  const rows = await db.select().from(coupons).where(isNull(coupons.expiresAt));
  return rows.map((row) => row.code);
}
export async function q016() {
  const rows = await db.select().from(categories).where(like(categories.slug, 'sci%'));
  return rows.map((row) => row.name);
}

// Across one relation
export async function q017() {
  const rows = await db
    .select({ row: products })
    .from(products)
    .innerJoin(brands, eq(brands.id, products.brandId))
    .where(eq(brands.country, 'FR'));
  return rows.map(({ row }) => row.title);
}
export async function q018() {
  const rows = await db
    .select({ row: reviews })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(eq(products.slug, 'dune'));
  return rows.map(({ row }) => row.body);
}
export async function q019() {
  const rows = await db
    .select({ row: orders })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.userId))
    .where(eq(users.email, 'ada@example.org'));
  return rows.map(({ row }) => row.total);
}
export async function q020() {
  const rows = await db
    .select({ row: orderItems })
    .from(orderItems)
    .innerJoin(orders, eq(orders.id, orderItems.orderId))
    .where(eq(orders.status, 'paid'));
  return rows.map(({ row }) => row.quantity);
}
export async function q021() {
  const rows = await db
    .select({ row: payments })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(eq(orders.status, 'paid'));
  return rows.map(({ row }) => row.amount);
}
export async function q022() {
  const rows = await db
    .select({ row: addresses })
    .from(addresses)
    .innerJoin(users, eq(users.id, addresses.userId))
    .where(eq(users.isActive, true));
  return rows.map(({ row }) => row.city);
}

// Across two relations
export async function q023() {
  const rows = await db
    .select({ row: reviews })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .innerJoin(brands, eq(brands.id, products.brandId))
    .where(eq(brands.name, 'Ace'));
  return rows.map(({ row }) => row.rating);
}
export async function q024() {
  const rows = await db
    .select({ row: orderItems })
    .from(orderItems)
    .innerJoin(products, eq(products.id, orderItems.productId))
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .where(eq(categories.slug, 'books'));
  return rows.map(({ row }) => row.quantity);
}
export async function q025() {
  const rows = await db
    .select({ row: orderItems })
    .from(orderItems)
    .innerJoin(orders, eq(orders.id, orderItems.orderId))
    .innerJoin(users, eq(users.id, orders.userId))
    .where(eq(users.country, 'FR'));
  return rows.map(({ row }) => row.price);
}
export async function q026() {
  const rows = await db
    .select({ row: payments })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .innerJoin(users, eq(users.id, orders.userId))
    .where(eq(users.email, 'ada@example.org'));
  return rows.map(({ row }) => row.provider);
}
export async function q027() {
  const rows = await db
    .select({ row: reviews })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .where(eq(categories.name, 'Books'));
  return rows.map(({ row }) => row.body);
}
export async function q028() {
  const rows = await db
    .select({ row: orders })
    .from(orders)
    .innerJoin(addresses, eq(addresses.id, orders.addressId))
    .innerJoin(users, eq(users.id, addresses.userId))
    .where(eq(users.name, 'Ada'));
  return rows.map(({ row }) => row.total);
}

// Or
export async function q029() {
  const rows = await db
    .select()
    .from(products)
    .where(or(eq(products.title, 'Dune'), eq(products.slug, 'dune')));
  return rows.map((row) => row.price);
}
export async function q030() {
  const rows = await db
    .select()
    .from(users)
    .where(or(eq(users.country, 'FR'), eq(users.isActive, false)));
  return rows.map((row) => row.name);
}
export async function q031() {
  const rows = await db
    .select()
    .from(orders)
    .where(or(eq(orders.status, 'open'), eq(orders.total, 0)));
  return rows.map((row) => row.placedAt);
}

// Not
export async function q032() {
  const rows = await db.select().from(products).where(ne(products.status, 'gone'));
  return rows.map((row) => row.title);
}
export async function q033() {
  const rows = await db.select().from(users).where(ne(users.country, 'FR'));
  return rows.map((row) => row.email);
}

// Ordered and limited
export async function q034() {
  const rows = await db.select().from(products).orderBy(desc(products.price), asc(products.id)).limit(10);
  return rows.map((row) => row.title);
}
export async function q035() {
  const rows = await db.select().from(users).orderBy(desc(users.createdAt), asc(users.id)).limit(20);
  return rows.map((row) => row.email);
}
export async function q036() {
  const rows = await db.select().from(orders).orderBy(desc(orders.placedAt), asc(orders.id)).limit(50);
  return rows.map((row) => row.total);
}
export async function q037() {
  const rows = await db.select().from(reviews).orderBy(desc(reviews.rating), asc(reviews.id)).limit(5);
  return rows.map((row) => row.body);
}
export async function q038() {
  const rows = await db.select().from(payments).orderBy(desc(payments.amount), asc(payments.id)).limit(3);
  return rows.map((row) => row.provider);
}

// Some columns
export async function q039() {
  const rows = await db.select({ id: products.id, title: products.title, price: products.price }).from(products);
  return rows.map((row) => [row.id, row.title, row.price] as const);
}
export async function q040() {
  const rows = await db.select({ id: users.id, email: users.email }).from(users);
  return rows.map((row) => [row.id, row.email] as const);
}
export async function q041() {
  const rows = await db.select({ id: orders.id, status: orders.status, total: orders.total }).from(orders);
  return rows.map((row) => [row.id, row.status, row.total] as const);
}
export async function q042() {
  const rows = await db.select({ rating: reviews.rating, body: reviews.body }).from(reviews);
  return rows.map((row) => [row.rating, row.body] as const);
}
export async function q043() {
  const rows = await db.select({ name: categories.name, slug: categories.slug }).from(categories);
  return rows.map((row) => [row.name, row.slug] as const);
}
export async function q044() {
  const rows = await db
    .select({ code: coupons.code, percent: coupons.percent, expiresAt: coupons.expiresAt })
    .from(coupons);
  return rows.map((row) => [row.code, row.percent, row.expiresAt] as const);
}

// With a relation to one
export async function q045() {
  const rows = await db.query.products.findMany({ with: { brand: true }, limit: 50 });
  return rows.map((row) => row.brand.name);
}
export async function q046() {
  const rows = await db.query.products.findMany({ with: { category: true }, limit: 50 });
  return rows.map((row) => row.category.slug);
}
export async function q047() {
  const rows = await db.query.reviews.findMany({ with: { user: true }, limit: 50 });
  return rows.map((row) => row.user.email);
}
export async function q048() {
  const rows = await db.query.orders.findMany({ with: { user: true }, limit: 50 });
  return rows.map((row) => row.user.name);
}
export async function q049() {
  const rows = await db.query.orderItems.findMany({ with: { product: true }, limit: 50 });
  return rows.map((row) => row.product.title);
}
export async function q050() {
  const rows = await db.query.profiles.findMany({ with: { user: true }, limit: 50 });
  return rows.map((row) => row.user.email);
}

// With a relation to many
export async function q051() {
  const rows = await db.query.brands.findMany({ with: { products: true }, limit: 50 });
  return rows.flatMap((row) => row.products).map((each) => each.title);
}
export async function q052() {
  const rows = await db.query.users.findMany({ with: { orders: true }, limit: 50 });
  return rows.flatMap((row) => row.orders).map((each) => each.total);
}
export async function q053() {
  const rows = await db.query.orders.findMany({ with: { items: true }, limit: 50 });
  return rows.flatMap((row) => row.items).map((each) => each.quantity);
}
export async function q054() {
  const rows = await db.query.products.findMany({ with: { reviews: true }, limit: 50 });
  return rows.flatMap((row) => row.reviews).map((each) => each.rating);
}
export async function q055() {
  const rows = await db.query.categories.findMany({ with: { children: true }, limit: 50 });
  return rows.flatMap((row) => row.children).map((each) => each.name);
}
export async function q056() {
  const rows = await db.query.users.findMany({ with: { addresses: true }, limit: 50 });
  return rows.flatMap((row) => row.addresses).map((each) => each.city);
}

// With relations of relations
export async function q057() {
  const rows = await db.query.users.findMany({ with: { orders: { with: { items: true } } }, limit: 50 });
  const found = rows.flatMap((row) => row.orders);
  return found.flatMap((each) => each.items).map((each) => each.quantity);
}
export async function q058() {
  const rows = await db.query.brands.findMany({ with: { products: { with: { reviews: true } } }, limit: 50 });
  const found = rows.flatMap((row) => row.products);
  return found.flatMap((each) => each.reviews).map((each) => each.rating);
}
export async function q059() {
  const rows = await db.query.categories.findMany({ with: { products: { with: { items: true } } }, limit: 50 });
  const found = rows.flatMap((row) => row.products);
  return found.flatMap((each) => each.items).map((each) => each.price);
}
export async function q060() {
  const rows = await db.query.products.findMany({ with: { reviews: { with: { user: true } } }, limit: 50 });
  const found = rows.flatMap((row) => row.reviews);
  return found.flatMap((each) => each.user).map((each) => each.name);
}
export async function q061() {
  const rows = await db.query.orders.findMany({ with: { items: { with: { product: true } } }, limit: 50 });
  const found = rows.flatMap((row) => row.items);
  return found.flatMap((each) => each.product).map((each) => each.title);
}

// Grouped
export async function q062() {
  const rows = await db
    .select({ brandId: products.brandId, value: count(products.id) })
    .from(products)
    .groupBy(products.brandId)
    .orderBy(desc(count(products.id)));
  return rows.map((row) => [row.brandId, row.value] as const);
}
export async function q063() {
  const rows = await db
    .select({ categoryId: products.categoryId, value: avg(products.price) })
    .from(products)
    .groupBy(products.categoryId)
    .orderBy(desc(avg(products.price)));
  return rows.map((row) => [row.categoryId, row.value] as const);
}
export async function q064() {
  const rows = await db
    .select({ productId: reviews.productId, value: avg(reviews.rating) })
    .from(reviews)
    .groupBy(reviews.productId)
    .orderBy(desc(avg(reviews.rating)));
  return rows.map((row) => [row.productId, row.value] as const);
}
export async function q065() {
  const rows = await db
    .select({ status: orders.status, value: sum(orders.total) })
    .from(orders)
    .groupBy(orders.status)
    .orderBy(desc(sum(orders.total)));
  return rows.map((row) => [row.status, row.value] as const);
}
export async function q066() {
  const rows = await db
    .select({ productId: orderItems.productId, value: sum(orderItems.quantity) })
    .from(orderItems)
    .groupBy(orderItems.productId)
    .orderBy(desc(sum(orderItems.quantity)));
  return rows.map((row) => [row.productId, row.value] as const);
}
export async function q067() {
  const rows = await db
    .select({ country: users.country, value: count(users.id) })
    .from(users)
    .groupBy(users.country)
    .orderBy(desc(count(users.id)));
  return rows.map((row) => [row.country, row.value] as const);
}

// Aggregated
export async function q068() {
  const [row] = await db.select({ value: avg(products.price) }).from(products);
  return row?.value;
}
export async function q069() {
  const [row] = await db.select({ value: sum(orders.total) }).from(orders);
  return row?.value;
}
export async function q070() {
  const [row] = await db.select({ value: max(reviews.rating) }).from(reviews);
  return row?.value;
}
export async function q071() {
  const [row] = await db.select({ value: min(orderItems.price) }).from(orderItems);
  return row?.value;
}

// Counted
export async function q072() {
  return db.$count(users, eq(users.isActive, true));
}
export async function q073() {
  return db.$count(products, eq(products.status, 'live'));
}
export async function q074() {
  return db.$count(orders, eq(orders.status, 'open'));
}

// Exists
export async function q075() {
  const [row] = await db.select({ id: coupons.id }).from(coupons).where(eq(coupons.code, 'SPRING')).limit(1);
  return row !== undefined;
}
export async function q076() {
  const [row] = await db.select({ id: users.id }).from(users).where(eq(users.email, 'ada@example.org')).limit(1);
  return row !== undefined;
}

// Created
export async function q077() {
  const [row] = await db.insert(users).values({ email: 'ada@example.org', name: 'Ada', country: 'FR' }).returning();
  return row?.id;
}
export async function q078() {
  const [row] = await db.insert(brands).values({ name: 'Ace', country: 'US' }).returning();
  return row?.id;
}
export async function q079() {
  const [row] = await db
    .insert(products)
    .values({ title: 'Dune', slug: 'dune', price: 999, status: 'live', brandId: 1, categoryId: 2 })
    .returning();
  return row?.id;
}
export async function q080() {
  const [row] = await db.insert(reviews).values({ rating: 5, body: 'Good', productId: 1, userId: 2 }).returning();
  return row?.id;
}
export async function q081() {
  const [row] = await db.insert(orders).values({ status: 'open', userId: 1 }).returning();
  return row?.id;
}
export async function q082() {
  const [row] = await db
    .insert(coupons)
    .values({ code: 'SPRING', percent: 10, expiresAt: new Date('2026-05-01') })
    .returning();
  return row?.id;
}

// Created in bulk
export async function q083() {
  const rows = await db
    .insert(tags)
    .values([{ name: 'new' }, { name: 'old' }])
    .returning();
  return rows.length;
}
export async function q084() {
  const rows = await db
    .insert(brands)
    .values([
      { name: 'Ace', country: 'US' },
      { name: 'Tor', country: 'US' },
    ])
    .returning();
  return rows.length;
}
export async function q085() {
  const rows = await db
    .insert(orderItems)
    .values([
      { price: 999, orderId: 1, productId: 1 },
      { price: 5, orderId: 1, productId: 2, quantity: 3 },
    ])
    .returning();
  return rows.length;
}
export async function q086() {
  const rows = await db
    .insert(addresses)
    .values([
      { street: 'Main', city: 'Paris', userId: 1 },
      { street: 'High', city: 'Rome', userId: 2, isDefault: true },
    ])
    .returning();
  return rows.length;
}

// Updated
export async function q087() {
  return db.update(products).set({ status: 'gone' }).where(eq(products.brandId, 1));
}
export async function q088() {
  return db.update(users).set({ isActive: false }).where(eq(users.country, 'FR'));
}
export async function q089() {
  return db.update(orders).set({ status: 'paid' }).where(eq(orders.status, 'open'));
}
export async function q090() {
  return db.update(coupons).set({ isActive: false, expiresAt: null }).where(eq(coupons.percent, 10));
}
export async function q091() {
  return db.update(addresses).set({ isDefault: false }).where(eq(addresses.userId, 1));
}

// Incremented
export async function q092() {
  return db
    .update(products)
    .set({ stock: sql`${products.stock} + 5` })
    .where(eq(products.id, 1));
}
export async function q093() {
  return db
    .update(orders)
    .set({ total: sql`${orders.total} + 100` })
    .where(eq(orders.userId, 1));
}
export async function q094() {
  return db
    .update(orderItems)
    .set({ quantity: sql`${orderItems.quantity} + 1` })
    .where(eq(orderItems.orderId, 1));
}
export async function q095() {
  return db
    .update(payments)
    .set({ amount: sql`${payments.amount} + 50` })
    .where(eq(payments.orderId, 1));
}

// Deleted
export async function q096() {
  return db.delete(reviews).where(eq(reviews.rating, 1));
}
export async function q097() {
  return db.delete(coupons).where(eq(coupons.isActive, false));
}
export async function q098() {
  return db.delete(orders).where(eq(orders.status, 'open'));
}

// In a transaction
export async function q099() {
  return db.transaction(async (tx) => {
    const [order] = await tx.insert(orders).values({ status: 'open', userId: 1 }).returning();
    await tx.insert(orderItems).values({ orderId: order!.id, productId: 1, price: 999 });
    return order!.id;
  });
}
export async function q100() {
  return db.transaction(async (tx) => {
    const [payment] = await tx.insert(payments).values({ orderId: 1, provider: 'bank', amount: 999 }).returning();
    await tx.update(orders).set({ status: 'paid' }).where(eq(orders.id, 1));
    return payment!.id;
  });
}
