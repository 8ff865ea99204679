import type { Generated } from 'kysely';

export interface UserTable {
  id: Generated<number>;
  email: string;
  name: string;
  country: string;
  isActive: Generated<boolean>;
  createdAt: Generated<Date>;
}

export interface ProfileTable {
  id: Generated<number>;
  bio: Generated<string>;
  birthday: Date | null;
  userId: number;
}

export interface AddressTable {
  id: Generated<number>;
  street: string;
  city: string;
  isDefault: Generated<boolean>;
  userId: number;
}

export interface CategoryTable {
  id: Generated<number>;
  name: string;
  slug: string;
  parentId: number | null;
}

export interface BrandTable {
  id: Generated<number>;
  name: string;
  country: string;
}

export interface TagTable {
  id: Generated<number>;
  name: string;
}

export interface ProductTable {
  id: Generated<number>;
  title: string;
  slug: string;
  price: number;
  stock: Generated<number>;
  status: Generated<'draft' | 'live' | 'gone'>;
  createdAt: Generated<Date>;
  brandId: number;
  categoryId: number;
}

export interface ReviewTable {
  id: Generated<number>;
  rating: number;
  body: Generated<string>;
  createdAt: Generated<Date>;
  productId: number;
  userId: number;
}

export interface OrderTable {
  id: Generated<number>;
  status: Generated<'open' | 'paid' | 'sent'>;
  total: Generated<number>;
  placedAt: Generated<Date>;
  userId: number;
  addressId: number | null;
}

export interface OrderItemTable {
  id: Generated<number>;
  quantity: Generated<number>;
  price: number;
  orderId: number;
  productId: number;
}

export interface CouponTable {
  id: Generated<number>;
  code: string;
  percent: number;
  isActive: Generated<boolean>;
  expiresAt: Date | null;
}

export interface PaymentTable {
  id: Generated<number>;
  provider: string;
  amount: number;
  paidAt: Date | null;
  orderId: number;
}

export interface ProductTagTable {
  id: Generated<number>;
  productId: number;
  tagId: number;
}

export interface Database {
  users: UserTable;
  profiles: ProfileTable;
  addresses: AddressTable;
  categories: CategoryTable;
  brands: BrandTable;
  tags: TagTable;
  products: ProductTable;
  reviews: ReviewTable;
  orders: OrderTable;
  orderItems: OrderItemTable;
  coupons: CouponTable;
  payments: PaymentTable;
  productTags: ProductTagTable;
}
