import {
  BooleanField,
  CASCADE,
  CharField,
  DateTimeField,
  ForeignKey,
  Model,
  TextField,
  UniqueConstraint,
} from 'nuages';

/** Directions: a site where authors vote for articles. */
export class Author extends Model('news.Author', {
  handle: CharField({ maxLength: 64, unique: true }),
}) {}

export class Article extends Model('news.Article', {
  title: CharField({ maxLength: 256 }),
  body: TextField({ default: '' }),
  published: BooleanField({ default: true }),
}) {}

export class Vote extends Model(
  'news.Vote',
  {
    author: ForeignKey('Author', { onDelete: CASCADE }),
    article: ForeignKey('Article', { onDelete: CASCADE }),
    createdAt: DateTimeField({ autoNowAdd: true }),
  },
  { constraints: [UniqueConstraint({ fields: ['author', 'article'], name: 'unique_author_article_vote' })] },
) {}
