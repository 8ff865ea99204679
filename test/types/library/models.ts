import {
  AbstractModel,
  BigIntegerField,
  BinaryField,
  BooleanField,
  CASCADE,
  CharField,
  Count,
  choices,
  DateField,
  DateTimeField,
  DecimalField,
  DurationField,
  EmailField,
  FileField,
  FloatField,
  ForeignKey,
  GenericIPAddressField,
  InstantField,
  IntegerField,
  JSONField,
  ManyToManyField,
  Model,
  OneToOneField,
  PROTECT,
  QuerySet,
  SET_NULL,
  SlugField,
  TextField,
  TimeField,
  URLField,
  UUIDField,
} from 'nuages';

export const Status = choices({ DRAFT: 'draft', LIVE: ['live', 'On line'] });

export class Author extends Model('library.Author', {
  handle: CharField({ maxLength: 64, unique: true }),
  isStaff: BooleanField({ default: false }),
  mentor: ForeignKey('self', { onDelete: SET_NULL, null: true, relatedName: 'mentees' }),
}) {
  get shortHandle() {
    return this.handle.slice(0, 3);
  }
}

export class PostQuerySet extends QuerySet<Post> {
  active() {
    return this.filter({ isActive: true });
  }
  popular(min = 1000) {
    return this.filter({ viewCount__gte: min });
  }
  withTagCount() {
    return this.annotate({ tagCount: Count('tags') });
  }
  tagged() {
    return this.withTagCount().filter({ isActive: true }).orderBy('-createdAt');
  }
  // what the method itself adds can be used where `this` is named
  muchTagged(this: PostQuerySet) {
    return this.withTagCount().filter({ tagCount__gte: 3 }).orderBy('-tagCount');
  }
  async titles() {
    return (await this.active().values('title', 'author__handle')).map((row) => row.title);
  }
  inStatus(status: 'draft' | 'live') {
    return this.active().filter({ status }).orderBy('-createdAt');
  }
}

export class Post extends Model(
  'library.Post',
  {
    title: CharField({ maxLength: 200 }),
    slug: SlugField({ blank: true }),
    viewCount: IntegerField({ default: 0 }),
    isActive: BooleanField({ default: true }),
    price: DecimalField({ maxDigits: 8, decimalPlaces: 2, null: true }),
    status: CharField({ maxLength: 10, choices: Status, default: Status.DRAFT }),
    size: CharField({
      maxLength: 1,
      choices: [
        ['s', 'Small'],
        ['l', 'Large'],
      ],
      blank: true,
    }),
    createdAt: DateTimeField({ autoNowAdd: true }),
    pubDate: DateField({ null: true }),
    author: ForeignKey('Author', { onDelete: CASCADE, relatedName: 'posts' }),
    editor: ForeignKey('Author', { onDelete: SET_NULL, null: true, relatedName: '+' }),
    tags: ManyToManyField('Tag', { relatedName: 'posts' }),
    data: JSONField<{ theme: string; sizes: number[]; deep: { a?: { b: boolean } } }>({ null: true }),
  },
  { ordering: ['title'] },
) {
  static override readonly objects = PostQuerySet.asManager();
  get shout() {
    return this.title.toUpperCase();
  }
  override toString() {
    return this.title;
  }
}

export class Tag extends Model('library.Tag', { name: CharField({ maxLength: 50 }) }) {}

export class Comment extends Model('library.Comment', {
  text: TextField(),
  post: ForeignKey('Post', { onDelete: CASCADE }),
  by: ForeignKey('Author', { onDelete: PROTECT, null: true, relatedName: 'comments', relatedQueryName: 'remark' }),
}) {}

export class Profile extends Model('library.Profile', {
  author: OneToOneField('library.Author', { onDelete: CASCADE }),
  bio: TextField({ blank: true }),
}) {}

/** One field of each kind. */
export class Everything extends Model('library.Everything', {
  big: BigIntegerField(),
  bytes: BinaryField(),
  flag: BooleanField({ null: true }),
  char: CharField({ maxLength: 9 }),
  date: DateField(),
  moment: DateTimeField(),
  instant: InstantField(),
  amount: DecimalField({ maxDigits: 8, decimalPlaces: 2 }),
  span: DurationField(),
  mail: EmailField(),
  file: FileField({ uploadTo: 'files' }),
  real: FloatField(),
  ip: GenericIPAddressField(),
  whole: IntegerField(),
  json: JSONField(),
  text: TextField(),
  time: TimeField(),
  url: URLField(),
  uuid: UUIDField(),
}) {}

export class Timestamped extends AbstractModel({
  createdAt: DateTimeField({ autoNowAdd: true }),
  updatedAt: DateTimeField({ autoNow: true }),
}) {
  age() {
    return Date.now() - this.createdAt.getTime();
  }
}

export class Place extends Model('library.Place', Timestamped, {
  name: CharField({ maxLength: 50 }),
  owner: ForeignKey('Author', { onDelete: CASCADE, relatedName: 'places' }),
}) {
  shout() {
    return this.name.toUpperCase();
  }
}

export class Restaurant extends Model('library.Restaurant', Place, {
  pizza: BooleanField(),
  chef: ForeignKey('Author', { onDelete: SET_NULL, null: true }),
}) {
  menu() {
    return this.shout() + this.pizza;
  }
}

export class OldPost extends Model('library.OldPost', Post, {}, { proxy: true }) {
  isOld() {
    return this.createdAt.getFullYear() < 2000;
  }
}

export const published = () => Post.objects.filter({ status: 'live' });
export const drafts = Post.objects.filter({ status: 'draft', author__isStaff: true });
