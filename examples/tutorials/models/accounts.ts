import {
  BooleanField,
  CASCADE,
  CharField,
  DO_NOTHING,
  ForeignKey,
  ManyToManyField,
  Model,
  OneToOneField,
  PROTECT,
  RESTRICT,
  SET,
  SET_DEFAULT,
  SET_NULL,
} from 'nuages';

/** Relationship fields: one model, and every option of the relations to it. */
export class User extends Model('accounts.User', {
  username: CharField({ maxLength: 30, unique: true }),
  isStaff: BooleanField({ default: false }),
}) {
  toString() {
    return this.username;
  }
}

/** What `SET` calls when a user is deleted: the user that stands for those who are gone. */
const sentinelUser = async () => (await User.objects.getOrCreate({ username: 'deleted' }))[0];

/** `limitChoicesTo`, and no reverse name (`'+'`). */
export class Badge extends Model('accounts.Badge', {
  staffMember: ForeignKey('User', { onDelete: CASCADE, limitChoicesTo: { isStaff: true }, relatedName: '+' }),
}) {}

/** One class for each value of `onDelete`. */
export class Comment extends Model('accounts.Comment', {
  user: ForeignKey('User', { onDelete: SET_NULL, null: true, blank: true }),
}) {}
export class Invoice extends Model('accounts.Invoice', {
  user: ForeignKey('User', { onDelete: PROTECT }),
}) {}
export class Lease extends Model('accounts.Lease', {
  user: ForeignKey('User', { onDelete: RESTRICT }),
}) {}
export class Ticket extends Model('accounts.Ticket', {
  user: ForeignKey('User', { onDelete: SET_DEFAULT, default: 1 }),
}) {}
export class Upload extends Model('accounts.Upload', {
  user: ForeignKey('User', { onDelete: SET(sentinelUser) }),
}) {}
export class LogLine extends Model('accounts.LogLine', {
  user: ForeignKey('User', { onDelete: DO_NOTHING, dbConstraint: false }),
}) {}
export class Session extends Model('accounts.Session', {
  user: ForeignKey('User', { onDelete: CASCADE, toField: 'username', dbColumn: 'login' }),
}) {}

/** `relatedName` for the accessor, `relatedQueryName` for lookups. */
export class Article extends Model('accounts.Article', {
  title: CharField({ maxLength: 255 }),
}) {}
export class Tag extends Model('accounts.Tag', {
  article: ForeignKey('Article', { onDelete: CASCADE, relatedName: 'tags', relatedQueryName: 'tag' }),
  name: CharField({ maxLength: 255 }),
}) {}

/** Two relations to one model whose reverse sides are not wanted, and a join table with a name of its own. */
export class Survey extends Model('accounts.Survey', {
  users: ManyToManyField('User', { relatedName: 'u+' }),
  referents: ManyToManyField('User', { relatedName: 'ref+', dbTable: 'survey_referents' }),
}) {}

/** Relations to itself: friends are mutual, followers are not. */
export class Person extends Model('accounts.Person', {
  name: CharField({ maxLength: 30 }),
  friends: ManyToManyField('self'),
  follows: ManyToManyField('self', { symmetrical: false, relatedName: 'followers' }),
}) {}

/** One to one, twice to the same model: the second needs a name. */
export class MySpecialUser extends Model('accounts.MySpecialUser', {
  user: OneToOneField('User', { onDelete: CASCADE }),
  supervisor: OneToOneField('User', { onDelete: CASCADE, relatedName: 'supervisorOf' }),
}) {}
