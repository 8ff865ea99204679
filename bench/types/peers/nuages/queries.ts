import { Avg, atomic, Count, F, Max, Min, or, Sum } from 'nuages';
import {
  Address,
  Brand,
  Category,
  Coupon,
  Order,
  OrderItem,
  Payment,
  Product,
  Profile,
  Review,
  Tag,
  User,
} from './models.js';

// By key
export async function q001() {
  const row = await User.objects.get({ id: 1 });
  return [row.email, row.createdAt] as const;
}
export async function q002() {
  const row = await Product.objects.get({ id: 1 });
  return [row.title, row.price] as const;
}
export async function q003() {
  const row = await Order.objects.get({ id: 1 });
  return [row.total, row.placedAt] as const;
}
export async function q004() {
  const row = await Category.objects.get({ id: 1 });
  return [row.name, row.slug] as const;
}
export async function q005() {
  const row = await Coupon.objects.get({ id: 1 });
  return [row.code, row.expiresAt] as const;
}

// By equality
export async function q006() {
  const rows = await User.objects.filter({ email: 'ada@example.org' });
  return rows.map((row) => row.name);
}
export async function q007() {
  const rows = await Product.objects.filter({ slug: 'dune' });
  return rows.map((row) => row.title);
}
export async function q008() {
  const rows = await Order.objects.filter({ status: 'open' });
  return rows.map((row) => row.total);
}
export async function q009() {
  const rows = await Coupon.objects.filter({ isActive: true });
  return rows.map((row) => row.percent);
}
export async function q010() {
  const rows = await Address.objects.filter({ city: 'Paris' });
  return rows.map((row) => row.street);
}

// By comparisons
export async function q011() {
  const rows = await Product.objects.filter({ price__gte: 1000, price__lt: 5000 });
  return rows.map((row) => row.title);
}
export async function q012() {
  const rows = await User.objects.filter({ name__contains: 'da' });
  return rows.map((row) => row.email);
}
export async function q013() {
  const rows = await Order.objects.filter({ placedAt__gte: new Date('2026-01-01'), status__in: ['open', 'paid'] });
  return rows.map((row) => row.total);
}
export async function q014() {
  const rows = await Review.objects.filter({ rating__lte: 2 });
  return rows.map((row) => row.body);
}
export async function q015() {
  const rows = await Coupon.objects.filter({ expiresAt__isnull: true });
  return rows.map((row) => row.code);
}
export async function q016() {
  const rows = await Category.objects.filter({ slug__startswith: 'sci' });
  return rows.map((row) => row.name);
}

// Across one relation
export async function q017() {
  const rows = await Product.objects.filter({ brand__country: 'FR' });
  return rows.map((row) => row.title);
}
export async function q018() {
  const rows = await Review.objects.filter({ product__slug: 'dune' });
  return rows.map((row) => row.body);
}
export async function q019() {
  const rows = await Order.objects.filter({ user__email: 'ada@example.org' });
  return rows.map((row) => row.total);
}
export async function q020() {
  const rows = await OrderItem.objects.filter({ order__status: 'paid' });
  return rows.map((row) => row.quantity);
}
export async function q021() {
  const rows = await Payment.objects.filter({ order__status: 'paid' });
  return rows.map((row) => row.amount);
}
export async function q022() {
  const rows = await Address.objects.filter({ user__isActive: true });
  return rows.map((row) => row.city);
}

// Across two relations
export async function q023() {
  const rows = await Review.objects.filter({ product__brand__name: 'Ace' });
  return rows.map((row) => row.rating);
}
export async function q024() {
  const rows = await OrderItem.objects.filter({ product__category__slug: 'books' });
  return rows.map((row) => row.quantity);
}
export async function q025() {
  const rows = await OrderItem.objects.filter({ order__user__country: 'FR' });
  return rows.map((row) => row.price);
}
export async function q026() {
  const rows = await Payment.objects.filter({ order__user__email: 'ada@example.org' });
  return rows.map((row) => row.provider);
}
export async function q027() {
  const rows = await Review.objects.filter({ product__category__name: 'Books' });
  return rows.map((row) => row.body);
}
export async function q028() {
  const rows = await Order.objects.filter({ address__user__name: 'Ada' });
  return rows.map((row) => row.total);
}

// Or
export async function q029() {
  const rows = await Product.objects.filter(or({ title: 'Dune' }, { slug: 'dune' }));
  return rows.map((row) => row.price);
}
export async function q030() {
  const rows = await User.objects.filter(or({ country: 'FR' }, { isActive: false }));
  return rows.map((row) => row.name);
}
export async function q031() {
  const rows = await Order.objects.filter(or({ status: 'open' }, { total: 0 }));
  return rows.map((row) => row.placedAt);
}

// Not
export async function q032() {
  const rows = await Product.objects.exclude({ status: 'gone' });
  return rows.map((row) => row.title);
}
export async function q033() {
  const rows = await User.objects.exclude({ country: 'FR' });
  return rows.map((row) => row.email);
}

// Ordered and limited
export async function q034() {
  const rows = await Product.objects.orderBy('-price', 'id').slice(0, 10);
  return rows.map((row) => row.title);
}
export async function q035() {
  const rows = await User.objects.orderBy('-createdAt', 'id').slice(0, 20);
  return rows.map((row) => row.email);
}
export async function q036() {
  const rows = await Order.objects.orderBy('-placedAt', 'id').slice(0, 50);
  return rows.map((row) => row.total);
}
export async function q037() {
  const rows = await Review.objects.orderBy('-rating', 'id').slice(0, 5);
  return rows.map((row) => row.body);
}
export async function q038() {
  const rows = await Payment.objects.orderBy('-amount', 'id').slice(0, 3);
  return rows.map((row) => row.provider);
}

// Some columns
export async function q039() {
  const rows = await Product.objects.values('id', 'title', 'price');
  return rows.map((row) => [row.id, row.title, row.price] as const);
}
export async function q040() {
  const rows = await User.objects.values('id', 'email');
  return rows.map((row) => [row.id, row.email] as const);
}
export async function q041() {
  const rows = await Order.objects.values('id', 'status', 'total');
  return rows.map((row) => [row.id, row.status, row.total] as const);
}
export async function q042() {
  const rows = await Review.objects.values('rating', 'body');
  return rows.map((row) => [row.rating, row.body] as const);
}
export async function q043() {
  const rows = await Category.objects.values('name', 'slug');
  return rows.map((row) => [row.name, row.slug] as const);
}
export async function q044() {
  const rows = await Coupon.objects.values('code', 'percent', 'expiresAt');
  return rows.map((row) => [row.code, row.percent, row.expiresAt] as const);
}

// With a relation to one
export async function q045() {
  const rows = await Product.objects.selectRelated('brand').slice(0, 50);
  return rows.map((row) => row.brand.name);
}
export async function q046() {
  const rows = await Product.objects.selectRelated('category').slice(0, 50);
  return rows.map((row) => row.category.slug);
}
export async function q047() {
  const rows = await Review.objects.selectRelated('user').slice(0, 50);
  return rows.map((row) => row.user.email);
}
export async function q048() {
  const rows = await Order.objects.selectRelated('user').slice(0, 50);
  return rows.map((row) => row.user.name);
}
export async function q049() {
  const rows = await OrderItem.objects.selectRelated('product').slice(0, 50);
  return rows.map((row) => row.product.title);
}
export async function q050() {
  const rows = await Profile.objects.selectRelated('user').slice(0, 50);
  return rows.map((row) => row.user.email);
}

// With a relation to many
export async function q051() {
  const found = [];
  for (const row of await Brand.objects.prefetchRelated('products').slice(0, 50))
    for (const each of await row.products.all()) found.push(each.title);
  return found;
}
export async function q052() {
  const found = [];
  for (const row of await User.objects.prefetchRelated('orders').slice(0, 50))
    for (const each of await row.orders.all()) found.push(each.total);
  return found;
}
export async function q053() {
  const found = [];
  for (const row of await Order.objects.prefetchRelated('items').slice(0, 50))
    for (const each of await row.items.all()) found.push(each.quantity);
  return found;
}
export async function q054() {
  const found = [];
  for (const row of await Product.objects.prefetchRelated('reviews').slice(0, 50))
    for (const each of await row.reviews.all()) found.push(each.rating);
  return found;
}
export async function q055() {
  const found = [];
  for (const row of await Category.objects.prefetchRelated('children').slice(0, 50))
    for (const each of await row.children.all()) found.push(each.name);
  return found;
}
export async function q056() {
  const found = [];
  for (const row of await User.objects.prefetchRelated('addresses').slice(0, 50))
    for (const each of await row.addresses.all()) found.push(each.city);
  return found;
}

// With relations of relations
export async function q057() {
  const found = [];
  for (const row of await User.objects.prefetchRelated('orders__items').slice(0, 50))
    for (const each of await row.orders.all()) for (const inner of await each.items.all()) found.push(inner.quantity);
  return found;
}
export async function q058() {
  const found = [];
  for (const row of await Brand.objects.prefetchRelated('products__reviews').slice(0, 50))
    for (const each of await row.products.all()) for (const inner of await each.reviews.all()) found.push(inner.rating);
  return found;
}
export async function q059() {
  const found = [];
  for (const row of await Category.objects.prefetchRelated('products__items').slice(0, 50))
    for (const each of await row.products.all()) for (const inner of await each.items.all()) found.push(inner.price);
  return found;
}
export async function q060() {
  const found = [];
  for (const row of await Product.objects.prefetchRelated('reviews__user').slice(0, 50))
    for (const each of await row.reviews.all()) found.push((await each.user).name);
  return found;
}
export async function q061() {
  const found = [];
  for (const row of await Order.objects.prefetchRelated('items__product').slice(0, 50))
    for (const each of await row.items.all()) found.push((await each.product).title);
  return found;
}

// Grouped
export async function q062() {
  const rows = await Product.objects
    .values('brandId')
    .annotate({ value: Count('id') })
    .orderBy('-value');
  return rows.map((row) => [row.brandId, row.value] as const);
}
export async function q063() {
  const rows = await Product.objects
    .values('categoryId')
    .annotate({ value: Avg('price') })
    .orderBy('-value');
  return rows.map((row) => [row.categoryId, row.value] as const);
}
export async function q064() {
  const rows = await Review.objects
    .values('productId')
    .annotate({ value: Avg('rating') })
    .orderBy('-value');
  return rows.map((row) => [row.productId, row.value] as const);
}
export async function q065() {
  const rows = await Order.objects
    .values('status')
    .annotate({ value: Sum('total') })
    .orderBy('-value');
  return rows.map((row) => [row.status, row.value] as const);
}
export async function q066() {
  const rows = await OrderItem.objects
    .values('productId')
    .annotate({ value: Sum('quantity') })
    .orderBy('-value');
  return rows.map((row) => [row.productId, row.value] as const);
}
export async function q067() {
  const rows = await User.objects
    .values('country')
    .annotate({ value: Count('id') })
    .orderBy('-value');
  return rows.map((row) => [row.country, row.value] as const);
}

// Aggregated
export async function q068() {
  const { value } = await Product.objects.aggregate({ value: Avg('price') });
  return value;
}
export async function q069() {
  const { value } = await Order.objects.aggregate({ value: Sum('total') });
  return value;
}
export async function q070() {
  const { value } = await Review.objects.aggregate({ value: Max('rating') });
  return value;
}
export async function q071() {
  const { value } = await OrderItem.objects.aggregate({ value: Min('price') });
  return value;
}

// Counted
export async function q072() {
  return User.objects.filter({ isActive: true }).count();
}
export async function q073() {
  return Product.objects.filter({ status: 'live' }).count();
}
export async function q074() {
  return Order.objects.filter({ status: 'open' }).count();
}

// Exists
export async function q075() {
  return Coupon.objects.filter({ code: 'SPRING' }).exists();
}
export async function q076() {
  return User.objects.filter({ email: 'ada@example.org' }).exists();
}

// Created
export async function q077() {
  const row = await User.objects.create({ email: 'ada@example.org', name: 'Ada', country: 'FR' });
  return row.id;
}
export async function q078() {
  const row = await Brand.objects.create({ name: 'Ace', country: 'US' });
  return row.id;
}
export async function q079() {
  const row = await Product.objects.create({
    title: 'Dune',
    slug: 'dune',
    price: 999,
    status: 'live',
    brandId: 1,
    categoryId: 2,
  });
  return row.id;
}
export async function q080() {
  const row = await Review.objects.create({ rating: 5, body: 'Good', productId: 1, userId: 2 });
  return row.id;
}
export async function q081() {
  const row = await Order.objects.create({ status: 'open', userId: 1 });
  return row.id;
}
export async function q082() {
  const row = await Coupon.objects.create({ code: 'SPRING', percent: 10, expiresAt: new Date('2026-05-01') });
  return row.id;
}

// Created in bulk
export async function q083() {
  const rows = await Tag.objects.bulkCreate([new Tag({ name: 'new' }), new Tag({ name: 'old' })]);
  return rows.length;
}
export async function q084() {
  const rows = await Brand.objects.bulkCreate([
    new Brand({ name: 'Ace', country: 'US' }),
    new Brand({ name: 'Tor', country: 'US' }),
  ]);
  return rows.length;
}
export async function q085() {
  const rows = await OrderItem.objects.bulkCreate([
    new OrderItem({ price: 999, orderId: 1, productId: 1 }),
    new OrderItem({ price: 5, orderId: 1, productId: 2, quantity: 3 }),
  ]);
  return rows.length;
}
export async function q086() {
  const rows = await Address.objects.bulkCreate([
    new Address({ street: 'Main', city: 'Paris', userId: 1 }),
    new Address({ street: 'High', city: 'Rome', userId: 2, isDefault: true }),
  ]);
  return rows.length;
}

// Updated
export async function q087() {
  return Product.objects.filter({ brandId: 1 }).update({ status: 'gone' });
}
export async function q088() {
  return User.objects.filter({ country: 'FR' }).update({ isActive: false });
}
export async function q089() {
  return Order.objects.filter({ status: 'open' }).update({ status: 'paid' });
}
export async function q090() {
  return Coupon.objects.filter({ percent: 10 }).update({ isActive: false, expiresAt: null });
}
export async function q091() {
  return Address.objects.filter({ userId: 1 }).update({ isDefault: false });
}

// Incremented
export async function q092() {
  return Product.objects.filter({ id: 1 }).update({ stock: F('stock').add(5) });
}
export async function q093() {
  return Order.objects.filter({ userId: 1 }).update({ total: F('total').add(100) });
}
export async function q094() {
  return OrderItem.objects.filter({ orderId: 1 }).update({ quantity: F('quantity').add(1) });
}
export async function q095() {
  return Payment.objects.filter({ orderId: 1 }).update({ amount: F('amount').add(50) });
}

// Deleted
export async function q096() {
  return Review.objects.filter({ rating: 1 }).delete();
}
export async function q097() {
  return Coupon.objects.filter({ isActive: false }).delete();
}
export async function q098() {
  return Order.objects.filter({ status: 'open' }).delete();
}

// In a transaction
export async function q099() {
  return atomic(async () => {
    const order = await Order.objects.create({ status: 'open', userId: 1 });
    await OrderItem.objects.create({ orderId: order.id, productId: 1, price: 999 });
    return order.id;
  });
}
export async function q100() {
  return atomic(async () => {
    const payment = await Payment.objects.create({ orderId: 1, provider: 'bank', amount: 999 });
    await Order.objects.filter({ id: 1 }).update({ status: 'paid' });
    return payment.id;
  });
}
