import {
  BooleanField,
  CASCADE,
  CharField,
  DateTimeField,
  EmailField,
  ForeignKey,
  Index,
  ManyToManyField,
  Model,
  OneToOneField,
  PositiveIntegerField,
  QuerySet,
  SET_NULL,
  SlugField,
  TextField,
  URLField,
} from 'nuages';

/** The whole ORM: a blog. Its user stands for the one that a web framework would bring. */
export class User extends Model('blog.User', {
  username: CharField({ maxLength: 150, unique: true }),
  email: EmailField({ blank: true, default: '' }),
  isStaff: BooleanField({ default: false }),
}) {
  toString() {
    return this.username;
  }
}

export class Profile extends Model('blog.Profile', {
  user: OneToOneField('User', { onDelete: CASCADE, relatedName: 'profile' }),
  bio: TextField({ blank: true, default: '' }),
  website: URLField({ blank: true, default: '' }),
  location: CharField({ maxLength: 100, blank: true, default: '' }),
}) {}

export class Category extends Model('blog.Category', {
  name: CharField({ maxLength: 100 }),
  slug: SlugField({ unique: true }),
}) {
  toString() {
    return this.name;
  }
}

export class Tag extends Model('blog.Tag', {
  name: CharField({ maxLength: 50, unique: true }),
  slug: SlugField({ unique: true }),
}) {
  toString() {
    return this.name;
  }
}

/** What signals write down: posts that were deleted. */
export class DeletionLog extends Model('blog.DeletionLog', {
  model: CharField({ maxLength: 50 }),
  objectId: PositiveIntegerField(),
  title: CharField({ maxLength: 200 }),
}) {}

/** Questions about posts that are asked often. They chain before and after every other method. */
export class PostQuerySet extends QuerySet<Post> {
  active() {
    return this.filter({ isActive: true });
  }
  byAuthor(user: User) {
    return this.filter({ author: user });
  }
  popular(minViews = 1000) {
    return this.filter({ viewCount__gte: minViews });
  }
}

export class Post extends Model(
  'blog.Post',
  {
    title: CharField({ maxLength: 200 }),
    slug: SlugField({ unique: true }),
    body: TextField(),
    author: ForeignKey('User', { onDelete: CASCADE, relatedName: 'posts' }),
    category: ForeignKey('Category', { onDelete: SET_NULL, null: true, blank: true, relatedName: 'posts' }),
    tags: ManyToManyField('Tag', { relatedName: 'posts', blank: true }),
    viewCount: PositiveIntegerField({ default: 0 }),
    isActive: BooleanField({ default: true }),
    isFeatured: BooleanField({ default: false }),
    createdAt: DateTimeField({ autoNowAdd: true }),
    updatedAt: DateTimeField({ autoNow: true }),
  },
  {
    ordering: ['-createdAt'],
    verboseName: 'Post',
    verboseNamePlural: 'Posts',
    indexes: [
      Index({ fields: ['slug'] }),
      Index({ fields: ['-createdAt'] }),
      Index({ fields: ['isActive', '-createdAt'], name: 'post_active_date_idx' }),
    ],
  },
) {
  static override readonly objects = PostQuerySet.asManager();

  toString() {
    return this.title;
  }
}
