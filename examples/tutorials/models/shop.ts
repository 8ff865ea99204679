import { randomUUID } from 'node:crypto';
import {
  CASCADE,
  CharField,
  choices,
  DateField,
  DateTimeField,
  DecimalField,
  F,
  FloatField,
  ForeignKey,
  Index,
  Model,
  PositiveIntegerField,
  PositiveSmallIntegerField,
  QuerySet,
  SlugField,
  TextField,
  UniqueConstraint,
  UUIDField,
} from 'nuages';

/** The whole ORM: its closing exercise, a shop. */
export class Category extends Model('shop.Category', {
  name: CharField({ maxLength: 100 }),
  slug: SlugField({ unique: true }),
}) {}

export class Store extends Model('shop.Store', {
  name: CharField({ maxLength: 100 }),
}) {}

export class ProductQuerySet extends QuerySet<Product> {
  inStock() {
    return this.filter({ stock__gt: 0 });
  }
  byCategory(slug: string) {
    return this.filter({ category__slug: slug });
  }
  onSale() {
    return this.filter({ sellingPrice__lt: F('listPrice') });
  }
}

const money = { maxDigits: 10, decimalPlaces: 2 } as const;

export class Product extends Model(
  'shop.Product',
  {
    name: CharField({ maxLength: 200 }),
    sku: CharField({ maxLength: 50 }),
    store: ForeignKey('Store', { onDelete: CASCADE, null: true }),
    category: ForeignKey('Category', { onDelete: CASCADE, relatedName: 'products' }),
    costPrice: DecimalField({ ...money, default: 0 }),
    listPrice: DecimalField(money),
    sellingPrice: DecimalField(money),
    stock: PositiveIntegerField({ default: 0 }),
    reorderLevel: PositiveIntegerField({ default: 0 }),
    averageRating: FloatField({ null: true }),
  },
  {
    dbTable: 'shop_product',
    ordering: ['name'],
    verboseName: 'Product',
    verboseNamePlural: 'Products',
    constraints: [UniqueConstraint({ fields: ['sku', 'store'], name: 'unique_sku_per_store' })],
    indexes: [Index({ fields: ['name', 'sellingPrice'] }), Index({ fields: ['-sellingPrice'] })],
  },
) {
  static override readonly objects = ProductQuerySet.asManager();

  toString() {
    return this.name;
  }
}

export class Customer extends Model('shop.Customer', {
  name: CharField({ maxLength: 100 }),
  dateOfBirth: DateField({ null: true, verboseName: 'Date of Birth' }),
}) {
  toString() {
    return this.name;
  }
}

export const Status = choices({
  PENDING: ['pending', 'Pending'],
  PAID: ['paid', 'Paid'],
  SHIPPED: ['shipped', 'Shipped'],
  CANCELLED: ['cancelled', 'Cancelled'],
});

export class Order extends Model('shop.Order', {
  orderNumber: UUIDField({ default: randomUUID, editable: false }),
  customer: ForeignKey('Customer', { onDelete: CASCADE, relatedName: 'orders' }),
  status: CharField({ maxLength: 20, choices: Status, default: Status.PENDING }),
  priority: CharField({
    maxLength: 1,
    choices: [
      ['L', 'Low'],
      ['H', 'High'],
    ],
    default: 'L',
  }),
  checksum: CharField({ maxLength: 64, editable: false, default: '' }),
  createdAt: DateTimeField({ autoNowAdd: true }),
}) {}

export class OrderItem extends Model('shop.OrderItem', {
  order: ForeignKey('Order', { onDelete: CASCADE, relatedName: 'items' }),
  product: ForeignKey('Product', { onDelete: CASCADE }),
  quantity: PositiveIntegerField({ default: 1 }),
  price: DecimalField(money),
}) {}

export class Review extends Model('shop.Review', {
  product: ForeignKey('Product', { onDelete: CASCADE, relatedName: 'reviews' }),
  rating: PositiveSmallIntegerField(),
  text: TextField({ blank: true, default: '' }),
}) {}
