import {
  BooleanField,
  CASCADE,
  CharField,
  choices,
  DateTimeField,
  ForeignKey,
  IntegerField,
  ManyToManyField,
  Model,
  OneToOneField,
  SET_NULL,
  TextField,
} from 'nuages';

export const ProductStatus = choices({ DRAFT: 'draft', LIVE: 'live', GONE: 'gone' });
export const OrderStatus = choices({ OPEN: 'open', PAID: 'paid', SENT: 'sent' });

export class User extends Model('shop.User', {
  email: CharField({ maxLength: 200 }),
  name: CharField({ maxLength: 200 }),
  country: CharField({ maxLength: 200 }),
  isActive: BooleanField({ default: true }),
  createdAt: DateTimeField({ autoNowAdd: true }),
}) {}

export class Profile extends Model('shop.Profile', {
  bio: TextField({ default: '' }),
  birthday: DateTimeField({ null: true }),
  user: OneToOneField('User', { onDelete: CASCADE, relatedName: 'profile' }),
}) {}

export class Address extends Model('shop.Address', {
  street: CharField({ maxLength: 200 }),
  city: CharField({ maxLength: 200 }),
  isDefault: BooleanField({ default: false }),
  user: ForeignKey('User', { onDelete: CASCADE, relatedName: 'addresses' }),
}) {}

export class Category extends Model('shop.Category', {
  name: CharField({ maxLength: 200 }),
  slug: CharField({ maxLength: 200 }),
  parent: ForeignKey('self', { onDelete: SET_NULL, null: true, relatedName: 'children' }),
}) {}

export class Brand extends Model('shop.Brand', {
  name: CharField({ maxLength: 200 }),
  country: CharField({ maxLength: 200 }),
}) {}

export class Tag extends Model('shop.Tag', {
  name: CharField({ maxLength: 200 }),
}) {}

export class Product extends Model('shop.Product', {
  title: CharField({ maxLength: 200 }),
  slug: CharField({ maxLength: 200 }),
  price: IntegerField(),
  stock: IntegerField({ default: 0 }),
  status: CharField({ maxLength: 8, choices: ProductStatus, default: 'draft' }),
  createdAt: DateTimeField({ autoNowAdd: true }),
  brand: ForeignKey('Brand', { onDelete: CASCADE, relatedName: 'products' }),
  category: ForeignKey('Category', { onDelete: CASCADE, relatedName: 'products' }),
  tags: ManyToManyField('Tag', { relatedName: 'products' }),
}) {}

export class Review extends Model('shop.Review', {
  rating: IntegerField(),
  body: TextField({ default: '' }),
  createdAt: DateTimeField({ autoNowAdd: true }),
  product: ForeignKey('Product', { onDelete: CASCADE, relatedName: 'reviews' }),
  user: ForeignKey('User', { onDelete: CASCADE, relatedName: 'reviews' }),
}) {}

export class Order extends Model('shop.Order', {
  status: CharField({ maxLength: 8, choices: OrderStatus, default: 'open' }),
  total: IntegerField({ default: 0 }),
  placedAt: DateTimeField({ autoNowAdd: true }),
  user: ForeignKey('User', { onDelete: CASCADE, relatedName: 'orders' }),
  address: ForeignKey('Address', { onDelete: SET_NULL, null: true, relatedName: 'orders' }),
}) {}

export class OrderItem extends Model('shop.OrderItem', {
  quantity: IntegerField({ default: 1 }),
  price: IntegerField(),
  order: ForeignKey('Order', { onDelete: CASCADE, relatedName: 'items' }),
  product: ForeignKey('Product', { onDelete: CASCADE, relatedName: 'items' }),
}) {}

export class Coupon extends Model('shop.Coupon', {
  code: CharField({ maxLength: 200 }),
  percent: IntegerField(),
  isActive: BooleanField({ default: true }),
  expiresAt: DateTimeField({ null: true }),
}) {}

export class Payment extends Model('shop.Payment', {
  provider: CharField({ maxLength: 200 }),
  amount: IntegerField(),
  paidAt: DateTimeField({ null: true }),
  order: OneToOneField('Order', { onDelete: CASCADE, relatedName: 'payment' }),
}) {}

declare module 'nuages' {
  interface Register {
    shop: typeof import('./models.js');
  }
}
