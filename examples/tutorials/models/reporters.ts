import { CASCADE, CharField, DateField, EmailField, ForeignKey, Model } from 'nuages';

/** Many to one: a reporter writes many articles, an article has one reporter. */
export class Reporter extends Model('reporters.Reporter', {
  firstName: CharField({ maxLength: 30 }),
  lastName: CharField({ maxLength: 30 }),
  email: EmailField(),
}) {
  toString() {
    return `${this.firstName} ${this.lastName}`;
  }
}

export class Article extends Model(
  'reporters.Article',
  {
    headline: CharField({ maxLength: 100 }),
    pubDate: DateField(),
    reporter: ForeignKey('Reporter', { onDelete: CASCADE }),
  },
  { ordering: ['headline'] },
) {
  toString() {
    return this.headline;
  }
}
