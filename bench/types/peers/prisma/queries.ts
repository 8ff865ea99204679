import type { PrismaClient } from '../../../.prisma/types/client.js';

declare const prisma: PrismaClient;

// By key
export async function q001() {
  const row = await prisma.user.findUniqueOrThrow({ where: { id: 1 } });
  return [row.email, row.createdAt] as const;
}
export async function q002() {
  const row = await prisma.product.findUniqueOrThrow({ where: { id: 1 } });
  return [row.title, row.price] as const;
}
export async function q003() {
  const row = await prisma.order.findUniqueOrThrow({ where: { id: 1 } });
  return [row.total, row.placedAt] as const;
}
export async function q004() {
  const row = await prisma.category.findUniqueOrThrow({ where: { id: 1 } });
  return [row.name, row.slug] as const;
}
export async function q005() {
  const row = await prisma.coupon.findUniqueOrThrow({ where: { id: 1 } });
  return [row.code, row.expiresAt] as const;
}

// By equality
export async function q006() {
  const rows = await prisma.user.findMany({ where: { email: 'ada@example.org' } });
  return rows.map((row) => row.name);
}
export async function q007() {
  const rows = await prisma.product.findMany({ where: { slug: 'dune' } });
  return rows.map((row) => row.title);
}
export async function q008() {
  const rows = await prisma.order.findMany({ where: { status: 'open' } });
  return rows.map((row) => row.total);
}
export async function q009() {
  const rows = await prisma.coupon.findMany({ where: { isActive: true } });
  return rows.map((row) => row.percent);
}
export async function q010() {
  const rows = await prisma.address.findMany({ where: { city: 'Paris' } });
  return rows.map((row) => row.street);
}

// By comparisons
export async function q011() {
  const rows = await prisma.product.findMany({ where: { price: { gte: 1000, lt: 5000 } } });
  return rows.map((row) => row.title);
}
export async function q012() {
  const rows = await prisma.user.findMany({ where: { name: { contains: 'da' } } });
  return rows.map((row) => row.email);
}
export async function q013() {
  const rows = await prisma.order.findMany({
    where: { placedAt: { gte: new Date('2026-01-01') }, status: { in: ['open', 'paid'] } },
  });
  return rows.map((row) => row.total);
}
export async function q014() {
  const rows = await prisma.review.findMany({ where: { rating: { lte: 2 } } });
  return rows.map((row) => row.body);
}
export async function q015() {
  const rows = await prisma.coupon.findMany({ where: { expiresAt: null } });
  return rows.map((row) => row.code);
}
export async function q016() {
  const rows = await prisma.category.findMany({ where: { slug: { startsWith: 'sci' } } });
  return rows.map((row) => row.name);
}

// Across one relation
export async function q017() {
  const rows = await prisma.product.findMany({ where: { brand: { country: 'FR' } } });
  return rows.map((row) => row.title);
}
export async function q018() {
  const rows = await prisma.review.findMany({ where: { product: { slug: 'dune' } } });
  return rows.map((row) => row.body);
}
export async function q019() {
  const rows = await prisma.order.findMany({ where: { user: { email: 'ada@example.org' } } });
  return rows.map((row) => row.total);
}
export async function q020() {
  const rows = await prisma.orderItem.findMany({ where: { order: { status: 'paid' } } });
  return rows.map((row) => row.quantity);
}
export async function q021() {
  const rows = await prisma.payment.findMany({ where: { order: { status: 'paid' } } });
  return rows.map((row) => row.amount);
}
export async function q022() {
  const rows = await prisma.address.findMany({ where: { user: { isActive: true } } });
  return rows.map((row) => row.city);
}

// Across two relations
export async function q023() {
  const rows = await prisma.review.findMany({ where: { product: { brand: { name: 'Ace' } } } });
  return rows.map((row) => row.rating);
}
export async function q024() {
  const rows = await prisma.orderItem.findMany({ where: { product: { category: { slug: 'books' } } } });
  return rows.map((row) => row.quantity);
}
export async function q025() {
  const rows = await prisma.orderItem.findMany({ where: { order: { user: { country: 'FR' } } } });
  return rows.map((row) => row.price);
}
export async function q026() {
  const rows = await prisma.payment.findMany({ where: { order: { user: { email: 'ada@example.org' } } } });
  return rows.map((row) => row.provider);
}
export async function q027() {
  const rows = await prisma.review.findMany({ where: { product: { category: { name: 'Books' } } } });
  return rows.map((row) => row.body);
}
export async function q028() {
  const rows = await prisma.order.findMany({ where: { address: { user: { name: 'Ada' } } } });
  return rows.map((row) => row.total);
}

// Or
export async function q029() {
  const rows = await prisma.product.findMany({ where: { OR: [{ title: 'Dune' }, { slug: 'dune' }] } });
  return rows.map((row) => row.price);
}
export async function q030() {
  const rows = await prisma.user.findMany({ where: { OR: [{ country: 'FR' }, { isActive: false }] } });
  return rows.map((row) => row.name);
}
export async function q031() {
  const rows = await prisma.order.findMany({ where: { OR: [{ status: 'open' }, { total: 0 }] } });
  return rows.map((row) => row.placedAt);
}

// Not
export async function q032() {
  const rows = await prisma.product.findMany({ where: { NOT: { status: 'gone' } } });
  return rows.map((row) => row.title);
}
export async function q033() {
  const rows = await prisma.user.findMany({ where: { NOT: { country: 'FR' } } });
  return rows.map((row) => row.email);
}

// Ordered and limited
export async function q034() {
  const rows = await prisma.product.findMany({ orderBy: [{ price: 'desc' }, { id: 'asc' }], take: 10 });
  return rows.map((row) => row.title);
}
export async function q035() {
  const rows = await prisma.user.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: 20 });
  return rows.map((row) => row.email);
}
export async function q036() {
  const rows = await prisma.order.findMany({ orderBy: [{ placedAt: 'desc' }, { id: 'asc' }], take: 50 });
  return rows.map((row) => row.total);
}
export async function q037() {
  const rows = await prisma.review.findMany({ orderBy: [{ rating: 'desc' }, { id: 'asc' }], take: 5 });
  return rows.map((row) => row.body);
}
export async function q038() {
  const rows = await prisma.payment.findMany({ orderBy: [{ amount: 'desc' }, { id: 'asc' }], take: 3 });
  return rows.map((row) => row.provider);
}

// Some columns
export async function q039() {
  const rows = await prisma.product.findMany({ select: { id: true, title: true, price: true } });
  return rows.map((row) => [row.id, row.title, row.price] as const);
}
export async function q040() {
  const rows = await prisma.user.findMany({ select: { id: true, email: true } });
  return rows.map((row) => [row.id, row.email] as const);
}
export async function q041() {
  const rows = await prisma.order.findMany({ select: { id: true, status: true, total: true } });
  return rows.map((row) => [row.id, row.status, row.total] as const);
}
export async function q042() {
  const rows = await prisma.review.findMany({ select: { rating: true, body: true } });
  return rows.map((row) => [row.rating, row.body] as const);
}
export async function q043() {
  const rows = await prisma.category.findMany({ select: { name: true, slug: true } });
  return rows.map((row) => [row.name, row.slug] as const);
}
export async function q044() {
  const rows = await prisma.coupon.findMany({ select: { code: true, percent: true, expiresAt: true } });
  return rows.map((row) => [row.code, row.percent, row.expiresAt] as const);
}

// With a relation to one
export async function q045() {
  const rows = await prisma.product.findMany({ include: { brand: true }, take: 50 });
  return rows.map((row) => row.brand.name);
}
export async function q046() {
  const rows = await prisma.product.findMany({ include: { category: true }, take: 50 });
  return rows.map((row) => row.category.slug);
}
export async function q047() {
  const rows = await prisma.review.findMany({ include: { user: true }, take: 50 });
  return rows.map((row) => row.user.email);
}
export async function q048() {
  const rows = await prisma.order.findMany({ include: { user: true }, take: 50 });
  return rows.map((row) => row.user.name);
}
export async function q049() {
  const rows = await prisma.orderItem.findMany({ include: { product: true }, take: 50 });
  return rows.map((row) => row.product.title);
}
export async function q050() {
  const rows = await prisma.profile.findMany({ include: { user: true }, take: 50 });
  return rows.map((row) => row.user.email);
}

// With a relation to many
export async function q051() {
  const rows = await prisma.brand.findMany({ include: { products: true }, take: 50 });
  return rows.flatMap((row) => row.products).map((each) => each.title);
}
export async function q052() {
  const rows = await prisma.user.findMany({ include: { orders: true }, take: 50 });
  return rows.flatMap((row) => row.orders).map((each) => each.total);
}
export async function q053() {
  const rows = await prisma.order.findMany({ include: { items: true }, take: 50 });
  return rows.flatMap((row) => row.items).map((each) => each.quantity);
}
export async function q054() {
  const rows = await prisma.product.findMany({ include: { reviews: true }, take: 50 });
  return rows.flatMap((row) => row.reviews).map((each) => each.rating);
}
export async function q055() {
  const rows = await prisma.category.findMany({ include: { children: true }, take: 50 });
  return rows.flatMap((row) => row.children).map((each) => each.name);
}
export async function q056() {
  const rows = await prisma.user.findMany({ include: { addresses: true }, take: 50 });
  return rows.flatMap((row) => row.addresses).map((each) => each.city);
}

// With relations of relations
export async function q057() {
  const rows = await prisma.user.findMany({ include: { orders: { include: { items: true } } }, take: 50 });
  const found = rows.flatMap((row) => row.orders);
  return found.flatMap((each) => each.items).map((each) => each.quantity);
}
export async function q058() {
  const rows = await prisma.brand.findMany({ include: { products: { include: { reviews: true } } }, take: 50 });
  const found = rows.flatMap((row) => row.products);
  return found.flatMap((each) => each.reviews).map((each) => each.rating);
}
export async function q059() {
  const rows = await prisma.category.findMany({ include: { products: { include: { items: true } } }, take: 50 });
  const found = rows.flatMap((row) => row.products);
  return found.flatMap((each) => each.items).map((each) => each.price);
}
export async function q060() {
  const rows = await prisma.product.findMany({ include: { reviews: { include: { user: true } } }, take: 50 });
  const found = rows.flatMap((row) => row.reviews);
  return found.flatMap((each) => each.user).map((each) => each.name);
}
export async function q061() {
  const rows = await prisma.order.findMany({ include: { items: { include: { product: true } } }, take: 50 });
  const found = rows.flatMap((row) => row.items);
  return found.flatMap((each) => each.product).map((each) => each.title);
}

// Grouped
export async function q062() {
  const rows = await prisma.product.groupBy({
    by: ['brandId'],
    _count: { id: true },
    orderBy: { _count: { id: 'desc' } },
  });
  return rows.map((row) => [row.brandId, row._count.id] as const);
}
export async function q063() {
  const rows = await prisma.product.groupBy({
    by: ['categoryId'],
    _avg: { price: true },
    orderBy: { _avg: { price: 'desc' } },
  });
  return rows.map((row) => [row.categoryId, row._avg.price] as const);
}
export async function q064() {
  const rows = await prisma.review.groupBy({
    by: ['productId'],
    _avg: { rating: true },
    orderBy: { _avg: { rating: 'desc' } },
  });
  return rows.map((row) => [row.productId, row._avg.rating] as const);
}
export async function q065() {
  const rows = await prisma.order.groupBy({
    by: ['status'],
    _sum: { total: true },
    orderBy: { _sum: { total: 'desc' } },
  });
  return rows.map((row) => [row.status, row._sum.total] as const);
}
export async function q066() {
  const rows = await prisma.orderItem.groupBy({
    by: ['productId'],
    _sum: { quantity: true },
    orderBy: { _sum: { quantity: 'desc' } },
  });
  return rows.map((row) => [row.productId, row._sum.quantity] as const);
}
export async function q067() {
  const rows = await prisma.user.groupBy({
    by: ['country'],
    _count: { id: true },
    orderBy: { _count: { id: 'desc' } },
  });
  return rows.map((row) => [row.country, row._count.id] as const);
}

// Aggregated
export async function q068() {
  const { _avg: value } = await prisma.product.aggregate({ _avg: { price: true } });
  return value.price;
}
export async function q069() {
  const { _sum: value } = await prisma.order.aggregate({ _sum: { total: true } });
  return value.total;
}
export async function q070() {
  const { _max: value } = await prisma.review.aggregate({ _max: { rating: true } });
  return value.rating;
}
export async function q071() {
  const { _min: value } = await prisma.orderItem.aggregate({ _min: { price: true } });
  return value.price;
}

// Counted
export async function q072() {
  return prisma.user.count({ where: { isActive: true } });
}
export async function q073() {
  return prisma.product.count({ where: { status: 'live' } });
}
export async function q074() {
  return prisma.order.count({ where: { status: 'open' } });
}

// Exists
export async function q075() {
  const row = await prisma.coupon.findFirst({ where: { code: 'SPRING' }, select: { id: true } });
  return row !== null;
}
export async function q076() {
  const row = await prisma.user.findFirst({ where: { email: 'ada@example.org' }, select: { id: true } });
  return row !== null;
}

// Created
export async function q077() {
  const row = await prisma.user.create({ data: { email: 'ada@example.org', name: 'Ada', country: 'FR' } });
  return row.id;
}
export async function q078() {
  const row = await prisma.brand.create({ data: { name: 'Ace', country: 'US' } });
  return row.id;
}
export async function q079() {
  const row = await prisma.product.create({
    data: { title: 'Dune', slug: 'dune', price: 999, status: 'live', brandId: 1, categoryId: 2 },
  });
  return row.id;
}
export async function q080() {
  const row = await prisma.review.create({ data: { rating: 5, body: 'Good', productId: 1, userId: 2 } });
  return row.id;
}
export async function q081() {
  const row = await prisma.order.create({ data: { status: 'open', userId: 1 } });
  return row.id;
}
export async function q082() {
  const row = await prisma.coupon.create({ data: { code: 'SPRING', percent: 10, expiresAt: new Date('2026-05-01') } });
  return row.id;
}

// Created in bulk
export async function q083() {
  const { count } = await prisma.tag.createMany({ data: [{ name: 'new' }, { name: 'old' }] });
  return count;
}
export async function q084() {
  const { count } = await prisma.brand.createMany({
    data: [
      { name: 'Ace', country: 'US' },
      { name: 'Tor', country: 'US' },
    ],
  });
  return count;
}
export async function q085() {
  const { count } = await prisma.orderItem.createMany({
    data: [
      { price: 999, orderId: 1, productId: 1 },
      { price: 5, orderId: 1, productId: 2, quantity: 3 },
    ],
  });
  return count;
}
export async function q086() {
  const { count } = await prisma.address.createMany({
    data: [
      { street: 'Main', city: 'Paris', userId: 1 },
      { street: 'High', city: 'Rome', userId: 2, isDefault: true },
    ],
  });
  return count;
}

// Updated
export async function q087() {
  return prisma.product.updateMany({ where: { brandId: 1 }, data: { status: 'gone' } });
}
export async function q088() {
  return prisma.user.updateMany({ where: { country: 'FR' }, data: { isActive: false } });
}
export async function q089() {
  return prisma.order.updateMany({ where: { status: 'open' }, data: { status: 'paid' } });
}
export async function q090() {
  return prisma.coupon.updateMany({ where: { percent: 10 }, data: { isActive: false, expiresAt: null } });
}
export async function q091() {
  return prisma.address.updateMany({ where: { userId: 1 }, data: { isDefault: false } });
}

// Incremented
export async function q092() {
  return prisma.product.updateMany({ where: { id: 1 }, data: { stock: { increment: 5 } } });
}
export async function q093() {
  return prisma.order.updateMany({ where: { userId: 1 }, data: { total: { increment: 100 } } });
}
export async function q094() {
  return prisma.orderItem.updateMany({ where: { orderId: 1 }, data: { quantity: { increment: 1 } } });
}
export async function q095() {
  return prisma.payment.updateMany({ where: { orderId: 1 }, data: { amount: { increment: 50 } } });
}

// Deleted
export async function q096() {
  return prisma.review.deleteMany({ where: { rating: 1 } });
}
export async function q097() {
  return prisma.coupon.deleteMany({ where: { isActive: false } });
}
export async function q098() {
  return prisma.order.deleteMany({ where: { status: 'open' } });
}

// In a transaction
export async function q099() {
  return prisma.$transaction(async (tx) => {
    const order = await tx.order.create({ data: { status: 'open', userId: 1 } });
    await tx.orderItem.create({ data: { orderId: order.id, productId: 1, price: 999 } });
    return order.id;
  });
}
export async function q100() {
  return prisma.$transaction(async (tx) => {
    const payment = await tx.payment.create({ data: { orderId: 1, provider: 'bank', amount: 999 } });
    await tx.order.update({ where: { id: 1 }, data: { status: 'paid' } });
    return payment.id;
  });
}
