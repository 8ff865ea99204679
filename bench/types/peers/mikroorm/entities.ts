import {
  Collection,
  Entity,
  Enum,
  ManyToMany,
  ManyToOne,
  OneToMany,
  OneToOne,
  type Opt,
  PrimaryKey,
  Property,
  type Ref,
} from '@mikro-orm/core';

export enum ProductStatus {
  DRAFT = 'draft',
  LIVE = 'live',
  GONE = 'gone',
}

export enum OrderStatus {
  OPEN = 'open',
  PAID = 'paid',
  SENT = 'sent',
}

@Entity({ tableName: 'users' })
export class User {
  @PrimaryKey()
  id!: number;

  @Property({ length: 200 })
  email!: string;

  @Property({ length: 200 })
  name!: string;

  @Property({ length: 200 })
  country!: string;

  @Property({ default: true })
  isActive: boolean & Opt = true;

  @Property()
  createdAt: Date & Opt = new Date();

  @OneToOne(
    () => Profile,
    (source) => source.user,
    { ref: true, nullable: true },
  )
  profile?: Ref<Profile> | null;

  @OneToMany(
    () => Address,
    (source) => source.user,
  )
  addresses = new Collection<Address>(this);

  @OneToMany(
    () => Review,
    (source) => source.user,
  )
  reviews = new Collection<Review>(this);

  @OneToMany(
    () => Order,
    (source) => source.user,
  )
  orders = new Collection<Order>(this);
}

@Entity({ tableName: 'profiles' })
export class Profile {
  @PrimaryKey()
  id!: number;

  @Property({ type: 'text', default: '' })
  bio: string & Opt = '';

  @Property()
  birthday?: Date | null;

  @OneToOne(
    () => User,
    (target) => target.profile,
    { ref: true, owner: true },
  )
  user!: Ref<User>;
}

@Entity({ tableName: 'addresses' })
export class Address {
  @PrimaryKey()
  id!: number;

  @Property({ length: 200 })
  street!: string;

  @Property({ length: 200 })
  city!: string;

  @Property({ default: false })
  isDefault: boolean & Opt = false;

  @ManyToOne(() => User, { ref: true })
  user!: Ref<User>;

  @OneToMany(
    () => Order,
    (source) => source.address,
  )
  orders = new Collection<Order>(this);
}

@Entity({ tableName: 'categories' })
export class Category {
  @PrimaryKey()
  id!: number;

  @Property({ length: 200 })
  name!: string;

  @Property({ length: 200 })
  slug!: string;

  @ManyToOne(() => Category, { ref: true, nullable: true })
  parent?: Ref<Category> | null;

  @OneToMany(
    () => Category,
    (source) => source.parent,
  )
  children = new Collection<Category>(this);

  @OneToMany(
    () => Product,
    (source) => source.category,
  )
  products = new Collection<Product>(this);
}

@Entity({ tableName: 'brands' })
export class Brand {
  @PrimaryKey()
  id!: number;

  @Property({ length: 200 })
  name!: string;

  @Property({ length: 200 })
  country!: string;

  @OneToMany(
    () => Product,
    (source) => source.brand,
  )
  products = new Collection<Product>(this);
}

@Entity({ tableName: 'tags' })
export class Tag {
  @PrimaryKey()
  id!: number;

  @Property({ length: 200 })
  name!: string;

  @ManyToMany(
    () => Product,
    (product) => product.tags,
  )
  products = new Collection<Product>(this);
}

@Entity({ tableName: 'products' })
export class Product {
  @PrimaryKey()
  id!: number;

  @Property({ length: 200 })
  title!: string;

  @Property({ length: 200 })
  slug!: string;

  @Property()
  price!: number;

  @Property({ default: 0 })
  stock: number & Opt = 0;

  @Enum(() => ProductStatus)
  status: ProductStatus & Opt = ProductStatus.DRAFT;

  @Property()
  createdAt: Date & Opt = new Date();

  @ManyToOne(() => Brand, { ref: true })
  brand!: Ref<Brand>;

  @ManyToOne(() => Category, { ref: true })
  category!: Ref<Category>;

  @OneToMany(
    () => Review,
    (source) => source.product,
  )
  reviews = new Collection<Review>(this);

  @OneToMany(
    () => OrderItem,
    (source) => source.product,
  )
  items = new Collection<OrderItem>(this);

  @ManyToMany(
    () => Tag,
    (tag) => tag.products,
    { owner: true },
  )
  tags = new Collection<Tag>(this);
}

@Entity({ tableName: 'reviews' })
export class Review {
  @PrimaryKey()
  id!: number;

  @Property()
  rating!: number;

  @Property({ type: 'text', default: '' })
  body: string & Opt = '';

  @Property()
  createdAt: Date & Opt = new Date();

  @ManyToOne(() => Product, { ref: true })
  product!: Ref<Product>;

  @ManyToOne(() => User, { ref: true })
  user!: Ref<User>;
}

@Entity({ tableName: 'orders' })
export class Order {
  @PrimaryKey()
  id!: number;

  @Enum(() => OrderStatus)
  status: OrderStatus & Opt = OrderStatus.OPEN;

  @Property({ default: 0 })
  total: number & Opt = 0;

  @Property()
  placedAt: Date & Opt = new Date();

  @ManyToOne(() => User, { ref: true })
  user!: Ref<User>;

  @ManyToOne(() => Address, { ref: true, nullable: true })
  address?: Ref<Address> | null;

  @OneToMany(
    () => OrderItem,
    (source) => source.order,
  )
  items = new Collection<OrderItem>(this);

  @OneToOne(
    () => Payment,
    (source) => source.order,
    { ref: true, nullable: true },
  )
  payment?: Ref<Payment> | null;
}

@Entity({ tableName: 'orderItems' })
export class OrderItem {
  @PrimaryKey()
  id!: number;

  @Property({ default: 1 })
  quantity: number & Opt = 1;

  @Property()
  price!: number;

  @ManyToOne(() => Order, { ref: true })
  order!: Ref<Order>;

  @ManyToOne(() => Product, { ref: true })
  product!: Ref<Product>;
}

@Entity({ tableName: 'coupons' })
export class Coupon {
  @PrimaryKey()
  id!: number;

  @Property({ length: 200 })
  code!: string;

  @Property()
  percent!: number;

  @Property({ default: true })
  isActive: boolean & Opt = true;

  @Property()
  expiresAt?: Date | null;
}

@Entity({ tableName: 'payments' })
export class Payment {
  @PrimaryKey()
  id!: number;

  @Property({ length: 200 })
  provider!: string;

  @Property()
  amount!: number;

  @Property()
  paidAt?: Date | null;

  @OneToOne(
    () => Order,
    (target) => target.payment,
    { ref: true, owner: true },
  )
  order!: Ref<Order>;
}
