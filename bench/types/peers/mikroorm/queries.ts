import { raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  Address,
  Brand,
  Category,
  Coupon,
  Order,
  OrderItem,
  OrderStatus,
  Payment,
  Product,
  ProductStatus,
  Profile,
  Review,
  Tag,
  User,
} from './entities.js';

declare const em: EntityManager;

// By key
export async function q001() {
  const row = await em.findOneOrFail(User, 1);
  return [row.email, row.createdAt] as const;
}
export async function q002() {
  const row = await em.findOneOrFail(Product, 1);
  return [row.title, row.price] as const;
}
export async function q003() {
  const row = await em.findOneOrFail(Order, 1);
  return [row.total, row.placedAt] as const;
}
export async function q004() {
  const row = await em.findOneOrFail(Category, 1);
  return [row.name, row.slug] as const;
}
export async function q005() {
  const row = await em.findOneOrFail(Coupon, 1);
  return [row.code, row.expiresAt] as const;
}

// By equality
export async function q006() {
  const rows = await em.find(User, { email: 'ada@example.org' });
  return rows.map((row) => row.name);
}
export async function q007() {
  const rows = await em.find(Product, { slug: 'dune' });
  return rows.map((row) => row.title);
}
export async function q008() {
  const rows = await em.find(Order, { status: OrderStatus.OPEN });
  return rows.map((row) => row.total);
}
export async function q009() {
  const rows = await em.find(Coupon, { isActive: true });
  return rows.map((row) => row.percent);
}
export async function q010() {
  const rows = await em.find(Address, { city: 'Paris' });
  return rows.map((row) => row.street);
}

// By comparisons
export async function q011() {
  const rows = await em.find(Product, { price: { $gte: 1000, $lt: 5000 } });
  return rows.map((row) => row.title);
}
export async function q012() {
  const rows = await em.find(User, { name: { $like: '%da%' } });
  return rows.map((row) => row.email);
}
export async function q013() {
  const rows = await em.find(Order, {
    placedAt: { $gte: new Date('2026-01-01') },
    status: { $in: [OrderStatus.OPEN, OrderStatus.PAID] },
  });
  return rows.map((row) => row.total);
}
export async function q014() {
  const rows = await em.find(Review, { rating: { $lte: 2 } });
  return rows.map((row) => row.body);
}
export async function q015() {
  const rows = await em.find(Coupon, { expiresAt: null });
  return rows.map((row) => row.code);
}
export async function q016() {
  const rows = await em.find(Category, { slug: { $like: 'sci%' } });
  return rows.map((row) => row.name);
}

// Across one relation
export async function q017() {
  const rows = await em.find(Product, { brand: { country: 'FR' } });
  return rows.map((row) => row.title);
}
export async function q018() {
  const rows = await em.find(Review, { product: { slug: 'dune' } });
  return rows.map((row) => row.body);
}
export async function q019() {
  const rows = await em.find(Order, { user: { email: 'ada@example.org' } });
  return rows.map((row) => row.total);
}
export async function q020() {
  const rows = await em.find(OrderItem, { order: { status: OrderStatus.PAID } });
  return rows.map((row) => row.quantity);
}
export async function q021() {
  const rows = await em.find(Payment, { order: { status: OrderStatus.PAID } });
  return rows.map((row) => row.amount);
}
export async function q022() {
  const rows = await em.find(Address, { user: { isActive: true } });
  return rows.map((row) => row.city);
}

// Across two relations
export async function q023() {
  const rows = await em.find(Review, { product: { brand: { name: 'Ace' } } });
  return rows.map((row) => row.rating);
}
export async function q024() {
  const rows = await em.find(OrderItem, { product: { category: { slug: 'books' } } });
  return rows.map((row) => row.quantity);
}
export async function q025() {
  const rows = await em.find(OrderItem, { order: { user: { country: 'FR' } } });
  return rows.map((row) => row.price);
}
export async function q026() {
  const rows = await em.find(Payment, { order: { user: { email: 'ada@example.org' } } });
  return rows.map((row) => row.provider);
}
export async function q027() {
  const rows = await em.find(Review, { product: { category: { name: 'Books' } } });
  return rows.map((row) => row.body);
}
export async function q028() {
  const rows = await em.find(Order, { address: { user: { name: 'Ada' } } });
  return rows.map((row) => row.total);
}

// Or
export async function q029() {
  const rows = await em.find(Product, { $or: [{ title: 'Dune' }, { slug: 'dune' }] });
  return rows.map((row) => row.price);
}
export async function q030() {
  const rows = await em.find(User, { $or: [{ country: 'FR' }, { isActive: false }] });
  return rows.map((row) => row.name);
}
export async function q031() {
  const rows = await em.find(Order, { $or: [{ status: OrderStatus.OPEN }, { total: 0 }] });
  return rows.map((row) => row.placedAt);
}

// Not
export async function q032() {
  const rows = await em.find(Product, { status: { $ne: ProductStatus.GONE } });
  return rows.map((row) => row.title);
}
export async function q033() {
  const rows = await em.find(User, { country: { $ne: 'FR' } });
  return rows.map((row) => row.email);
}

// Ordered and limited
export async function q034() {
  const rows = await em.find(Product, {}, { orderBy: [{ price: 'desc' }, { id: 'asc' }], limit: 10 });
  return rows.map((row) => row.title);
}
export async function q035() {
  const rows = await em.find(User, {}, { orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], limit: 20 });
  return rows.map((row) => row.email);
}
export async function q036() {
  const rows = await em.find(Order, {}, { orderBy: [{ placedAt: 'desc' }, { id: 'asc' }], limit: 50 });
  return rows.map((row) => row.total);
}
export async function q037() {
  const rows = await em.find(Review, {}, { orderBy: [{ rating: 'desc' }, { id: 'asc' }], limit: 5 });
  return rows.map((row) => row.body);
}
export async function q038() {
  const rows = await em.find(Payment, {}, { orderBy: [{ amount: 'desc' }, { id: 'asc' }], limit: 3 });
  return rows.map((row) => row.provider);
}

// Some columns
export async function q039() {
  const rows = await em.find(Product, {}, { fields: ['id', 'title', 'price'] });
  return rows.map((row) => [row.id, row.title, row.price] as const);
}
export async function q040() {
  const rows = await em.find(User, {}, { fields: ['id', 'email'] });
  return rows.map((row) => [row.id, row.email] as const);
}
export async function q041() {
  const rows = await em.find(Order, {}, { fields: ['id', 'status', 'total'] });
  return rows.map((row) => [row.id, row.status, row.total] as const);
}
export async function q042() {
  const rows = await em.find(Review, {}, { fields: ['rating', 'body'] });
  return rows.map((row) => [row.rating, row.body] as const);
}
export async function q043() {
  const rows = await em.find(Category, {}, { fields: ['name', 'slug'] });
  return rows.map((row) => [row.name, row.slug] as const);
}
export async function q044() {
  const rows = await em.find(Coupon, {}, { fields: ['code', 'percent', 'expiresAt'] });
  return rows.map((row) => [row.code, row.percent, row.expiresAt] as const);
}

// With a relation to one
export async function q045() {
  const rows = await em.find(Product, {}, { populate: ['brand'], limit: 50 });
  return rows.map((row) => row.brand.$.name);
}
export async function q046() {
  const rows = await em.find(Product, {}, { populate: ['category'], limit: 50 });
  return rows.map((row) => row.category.$.slug);
}
export async function q047() {
  const rows = await em.find(Review, {}, { populate: ['user'], limit: 50 });
  return rows.map((row) => row.user.$.email);
}
export async function q048() {
  const rows = await em.find(Order, {}, { populate: ['user'], limit: 50 });
  return rows.map((row) => row.user.$.name);
}
export async function q049() {
  const rows = await em.find(OrderItem, {}, { populate: ['product'], limit: 50 });
  return rows.map((row) => row.product.$.title);
}
export async function q050() {
  const rows = await em.find(Profile, {}, { populate: ['user'], limit: 50 });
  return rows.map((row) => row.user.$.email);
}

// With a relation to many
export async function q051() {
  const rows = await em.find(Brand, {}, { populate: ['products'], limit: 50 });
  return rows.flatMap((row) => row.products.$.getItems()).map((each) => each.title);
}
export async function q052() {
  const rows = await em.find(User, {}, { populate: ['orders'], limit: 50 });
  return rows.flatMap((row) => row.orders.$.getItems()).map((each) => each.total);
}
export async function q053() {
  const rows = await em.find(Order, {}, { populate: ['items'], limit: 50 });
  return rows.flatMap((row) => row.items.$.getItems()).map((each) => each.quantity);
}
export async function q054() {
  const rows = await em.find(Product, {}, { populate: ['reviews'], limit: 50 });
  return rows.flatMap((row) => row.reviews.$.getItems()).map((each) => each.rating);
}
export async function q055() {
  const rows = await em.find(Category, {}, { populate: ['children'], limit: 50 });
  return rows.flatMap((row) => row.children.$.getItems()).map((each) => each.name);
}
export async function q056() {
  const rows = await em.find(User, {}, { populate: ['addresses'], limit: 50 });
  return rows.flatMap((row) => row.addresses.$.getItems()).map((each) => each.city);
}

// With relations of relations
export async function q057() {
  const rows = await em.find(User, {}, { populate: ['orders.items'], limit: 50 });
  const found = rows.flatMap((row) => row.orders.$.getItems());
  return found.flatMap((each) => each.items.$.getItems()).map((each) => each.quantity);
}
export async function q058() {
  const rows = await em.find(Brand, {}, { populate: ['products.reviews'], limit: 50 });
  const found = rows.flatMap((row) => row.products.$.getItems());
  return found.flatMap((each) => each.reviews.$.getItems()).map((each) => each.rating);
}
export async function q059() {
  const rows = await em.find(Category, {}, { populate: ['products.items'], limit: 50 });
  const found = rows.flatMap((row) => row.products.$.getItems());
  return found.flatMap((each) => each.items.$.getItems()).map((each) => each.price);
}
export async function q060() {
  const rows = await em.find(Product, {}, { populate: ['reviews.user'], limit: 50 });
  const found = rows.flatMap((row) => row.reviews.$.getItems());
  return found.map((each) => each.user.$.name);
}
export async function q061() {
  const rows = await em.find(Order, {}, { populate: ['items.product'], limit: 50 });
  const found = rows.flatMap((row) => row.items.$.getItems());
  return found.map((each) => each.product.$.title);
}

// Grouped
export async function q062() {
  const query = em
    .createQueryBuilder(Product)
    .select(['brand', raw('count(id) as value')])
    .groupBy('brand')
    .orderBy({ [raw('value')]: 'desc' });
  return query.execute<{ brand: number; value: number }[]>();
}
export async function q063() {
  const query = em
    .createQueryBuilder(Product)
    .select(['category', raw('avg(price) as value')])
    .groupBy('category')
    .orderBy({ [raw('value')]: 'desc' });
  return query.execute<{ category: number; value: number }[]>();
}
export async function q064() {
  const query = em
    .createQueryBuilder(Review)
    .select(['product', raw('avg(rating) as value')])
    .groupBy('product')
    .orderBy({ [raw('value')]: 'desc' });
  return query.execute<{ product: number; value: number }[]>();
}
export async function q065() {
  const query = em
    .createQueryBuilder(Order)
    .select(['status', raw('sum(total) as value')])
    .groupBy('status')
    .orderBy({ [raw('value')]: 'desc' });
  return query.execute<{ status: string; value: number }[]>();
}
export async function q066() {
  const query = em
    .createQueryBuilder(OrderItem)
    .select(['product', raw('sum(quantity) as value')])
    .groupBy('product')
    .orderBy({ [raw('value')]: 'desc' });
  return query.execute<{ product: number; value: number }[]>();
}
export async function q067() {
  const query = em
    .createQueryBuilder(User)
    .select(['country', raw('count(id) as value')])
    .groupBy('country')
    .orderBy({ [raw('value')]: 'desc' });
  return query.execute<{ country: string; value: number }[]>();
}

// Aggregated
export async function q068() {
  const row = await em
    .createQueryBuilder(Product)
    .select([raw('avg(price) as value')])
    .execute<{ value: number }>('get');
  return row.value;
}
export async function q069() {
  const row = await em
    .createQueryBuilder(Order)
    .select([raw('sum(total) as value')])
    .execute<{ value: number }>('get');
  return row.value;
}
export async function q070() {
  const row = await em
    .createQueryBuilder(Review)
    .select([raw('max(rating) as value')])
    .execute<{ value: number }>('get');
  return row.value;
}
export async function q071() {
  const row = await em
    .createQueryBuilder(OrderItem)
    .select([raw('min(price) as value')])
    .execute<{ value: number }>('get');
  return row.value;
}

// Counted
export async function q072() {
  return em.count(User, { isActive: true });
}
export async function q073() {
  return em.count(Product, { status: ProductStatus.LIVE });
}
export async function q074() {
  return em.count(Order, { status: OrderStatus.OPEN });
}

// Exists
export async function q075() {
  const row = await em.findOne(Coupon, { code: 'SPRING' }, { fields: ['id'] });
  return row !== null;
}
export async function q076() {
  const row = await em.findOne(User, { email: 'ada@example.org' }, { fields: ['id'] });
  return row !== null;
}

// Created
export async function q077() {
  const row = em.create(User, { email: 'ada@example.org', name: 'Ada', country: 'FR' });
  await em.persistAndFlush(row);
  return row.id;
}
export async function q078() {
  const row = em.create(Brand, { name: 'Ace', country: 'US' });
  await em.persistAndFlush(row);
  return row.id;
}
export async function q079() {
  const row = em.create(Product, {
    title: 'Dune',
    slug: 'dune',
    price: 999,
    status: ProductStatus.LIVE,
    brand: 1,
    category: 2,
  });
  await em.persistAndFlush(row);
  return row.id;
}
export async function q080() {
  const row = em.create(Review, { rating: 5, body: 'Good', product: 1, user: 2 });
  await em.persistAndFlush(row);
  return row.id;
}
export async function q081() {
  const row = em.create(Order, { status: OrderStatus.OPEN, user: 1 });
  await em.persistAndFlush(row);
  return row.id;
}
export async function q082() {
  const row = em.create(Coupon, { code: 'SPRING', percent: 10, expiresAt: new Date('2026-05-01') });
  await em.persistAndFlush(row);
  return row.id;
}

// Created in bulk
export async function q083() {
  const keys = await em.insertMany(Tag, [{ name: 'new' }, { name: 'old' }]);
  return keys.length;
}
export async function q084() {
  const keys = await em.insertMany(Brand, [
    { name: 'Ace', country: 'US' },
    { name: 'Tor', country: 'US' },
  ]);
  return keys.length;
}
export async function q085() {
  const keys = await em.insertMany(OrderItem, [
    { price: 999, order: 1, product: 1 },
    { price: 5, order: 1, product: 2, quantity: 3 },
  ]);
  return keys.length;
}
export async function q086() {
  const keys = await em.insertMany(Address, [
    { street: 'Main', city: 'Paris', user: 1 },
    { street: 'High', city: 'Rome', user: 2, isDefault: true },
  ]);
  return keys.length;
}

// Updated
export async function q087() {
  return em.nativeUpdate(Product, { brand: 1 }, { status: ProductStatus.GONE });
}
export async function q088() {
  return em.nativeUpdate(User, { country: 'FR' }, { isActive: false });
}
export async function q089() {
  return em.nativeUpdate(Order, { status: OrderStatus.OPEN }, { status: OrderStatus.PAID });
}
export async function q090() {
  return em.nativeUpdate(Coupon, { percent: 10 }, { isActive: false, expiresAt: null });
}
export async function q091() {
  return em.nativeUpdate(Address, { user: 1 }, { isDefault: false });
}

// Incremented
export async function q092() {
  return em.nativeUpdate(Product, { id: 1 }, { stock: raw('stock + 5') });
}
export async function q093() {
  return em.nativeUpdate(Order, { user: 1 }, { total: raw('total + 100') });
}
export async function q094() {
  return em.nativeUpdate(OrderItem, { order: 1 }, { quantity: raw('quantity + 1') });
}
export async function q095() {
  return em.nativeUpdate(Payment, { order: 1 }, { amount: raw('amount + 50') });
}

// Deleted
export async function q096() {
  return em.nativeDelete(Review, { rating: 1 });
}
export async function q097() {
  return em.nativeDelete(Coupon, { isActive: false });
}
export async function q098() {
  return em.nativeDelete(Order, { status: OrderStatus.OPEN });
}

// In a transaction
export async function q099() {
  return em.transactional(async (tx) => {
    const order = tx.create(Order, { status: OrderStatus.OPEN, user: 1 });
    tx.create(OrderItem, { order, product: 1, price: 999 });
    await tx.flush();
    return order.id;
  });
}
export async function q100() {
  return em.transactional(async (tx) => {
    const payment = tx.create(Payment, { order: 1, provider: 'bank', amount: 999 });
    await tx.nativeUpdate(Order, { id: 1 }, { status: OrderStatus.PAID });
    await tx.flush();
    return payment.id;
  });
}
