import { relations } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  integer,
  pgEnum,
  pgTable,
  serial,
  text,
  timestamp,
  varchar,
} from 'drizzle-orm/pg-core';

export const productStatus = pgEnum('product_status', ['draft', 'live', 'gone']);
export const orderStatus = pgEnum('order_status', ['open', 'paid', 'sent']);

export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  email: varchar('email', { length: 200 }).notNull(),
  name: varchar('name', { length: 200 }).notNull(),
  country: varchar('country', { length: 200 }).notNull(),
  isActive: boolean('isActive').notNull().default(true),
  createdAt: timestamp('createdAt', { withTimezone: true }).notNull().defaultNow(),
});

export const profiles = pgTable('profiles', {
  id: serial('id').primaryKey(),
  bio: text('bio').notNull().default(''),
  birthday: timestamp('birthday', { withTimezone: true }),
  userId: integer('user_id')
    .notNull()
    .unique()
    .references(() => users.id),
});

export const addresses = pgTable('addresses', {
  id: serial('id').primaryKey(),
  street: varchar('street', { length: 200 }).notNull(),
  city: varchar('city', { length: 200 }).notNull(),
  isDefault: boolean('isDefault').notNull().default(false),
  userId: integer('user_id')
    .notNull()
    .references(() => users.id),
});

export const categories = pgTable('categories', {
  id: serial('id').primaryKey(),
  name: varchar('name', { length: 200 }).notNull(),
  slug: varchar('slug', { length: 200 }).notNull(),
  parentId: integer('parent_id').references((): AnyPgColumn => categories.id),
});

export const brands = pgTable('brands', {
  id: serial('id').primaryKey(),
  name: varchar('name', { length: 200 }).notNull(),
  country: varchar('country', { length: 200 }).notNull(),
});

export const tags = pgTable('tags', {
  id: serial('id').primaryKey(),
  name: varchar('name', { length: 200 }).notNull(),
});

export const products = pgTable('products', {
  id: serial('id').primaryKey(),
  title: varchar('title', { length: 200 }).notNull(),
  slug: varchar('slug', { length: 200 }).notNull(),
  price: integer('price').notNull(),
  stock: integer('stock').notNull().default(0),
  status: productStatus('status').notNull().default('draft'),
  createdAt: timestamp('createdAt', { withTimezone: true }).notNull().defaultNow(),
  brandId: integer('brand_id')
    .notNull()
    .references(() => brands.id),
  categoryId: integer('category_id')
    .notNull()
    .references(() => categories.id),
});

export const reviews = pgTable('reviews', {
  id: serial('id').primaryKey(),
  rating: integer('rating').notNull(),
  body: text('body').notNull().default(''),
  createdAt: timestamp('createdAt', { withTimezone: true }).notNull().defaultNow(),
  productId: integer('product_id')
    .notNull()
    .references(() => products.id),
  userId: integer('user_id')
    .notNull()
    .references(() => users.id),
});

export const orders = pgTable('orders', {
  id: serial('id').primaryKey(),
  status: orderStatus('status').notNull().default('open'),
  total: integer('total').notNull().default(0),
  placedAt: timestamp('placedAt', { withTimezone: true }).notNull().defaultNow(),
  userId: integer('user_id')
    .notNull()
    .references(() => users.id),
  addressId: integer('address_id').references(() => addresses.id),
});

export const orderItems = pgTable('orderItems', {
  id: serial('id').primaryKey(),
  quantity: integer('quantity').notNull().default(1),
  price: integer('price').notNull(),
  orderId: integer('order_id')
    .notNull()
    .references(() => orders.id),
  productId: integer('product_id')
    .notNull()
    .references(() => products.id),
});

export const coupons = pgTable('coupons', {
  id: serial('id').primaryKey(),
  code: varchar('code', { length: 200 }).notNull(),
  percent: integer('percent').notNull(),
  isActive: boolean('isActive').notNull().default(true),
  expiresAt: timestamp('expiresAt', { withTimezone: true }),
});

export const payments = pgTable('payments', {
  id: serial('id').primaryKey(),
  provider: varchar('provider', { length: 200 }).notNull(),
  amount: integer('amount').notNull(),
  paidAt: timestamp('paidAt', { withTimezone: true }),
  orderId: integer('order_id')
    .notNull()
    .unique()
    .references(() => orders.id),
});

export const productTags = pgTable('product_tags', {
  id: serial('id').primaryKey(),
  productId: integer('product_id')
    .notNull()
    .references(() => products.id),
  tagId: integer('tag_id')
    .notNull()
    .references(() => tags.id),
});

export const usersRelations = relations(users, ({ one, many }) => ({
  profile: one(profiles),
  addresses: many(addresses),
  reviews: many(reviews),
  orders: many(orders),
}));

export const profilesRelations = relations(profiles, ({ one }) => ({
  user: one(users, { fields: [profiles.userId], references: [users.id] }),
}));

export const addressesRelations = relations(addresses, ({ one, many }) => ({
  user: one(users, { fields: [addresses.userId], references: [users.id] }),
  orders: many(orders),
}));

export const categoriesRelations = relations(categories, ({ one, many }) => ({
  parent: one(categories, {
    fields: [categories.parentId],
    references: [categories.id],
    relationName: 'Categoryparent',
  }),
  children: many(categories, { relationName: 'Categoryparent' }),
  products: many(products),
}));

export const brandsRelations = relations(brands, ({ many }) => ({
  products: many(products),
}));

export const tagsRelations = relations(tags, ({ many }) => ({
  productTags: many(productTags),
}));

export const productsRelations = relations(products, ({ one, many }) => ({
  brand: one(brands, { fields: [products.brandId], references: [brands.id] }),
  category: one(categories, { fields: [products.categoryId], references: [categories.id] }),
  reviews: many(reviews),
  items: many(orderItems),
  productTags: many(productTags),
}));

export const reviewsRelations = relations(reviews, ({ one }) => ({
  product: one(products, { fields: [reviews.productId], references: [products.id] }),
  user: one(users, { fields: [reviews.userId], references: [users.id] }),
}));

export const ordersRelations = relations(orders, ({ one, many }) => ({
  user: one(users, { fields: [orders.userId], references: [users.id] }),
  address: one(addresses, { fields: [orders.addressId], references: [addresses.id] }),
  items: many(orderItems),
  payment: one(payments),
}));

export const orderItemsRelations = relations(orderItems, ({ one }) => ({
  order: one(orders, { fields: [orderItems.orderId], references: [orders.id] }),
  product: one(products, { fields: [orderItems.productId], references: [products.id] }),
}));

export const paymentsRelations = relations(payments, ({ one }) => ({
  order: one(orders, { fields: [payments.orderId], references: [orders.id] }),
}));

export const productTagsRelations = relations(productTags, ({ one }) => ({
  product: one(products, { fields: [productTags.productId], references: [products.id] }),
  tag: one(tags, { fields: [productTags.tagId], references: [tags.id] }),
}));
