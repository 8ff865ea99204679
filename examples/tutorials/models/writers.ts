import { CASCADE, CharField, Model, OneToOneField } from 'nuages';

/** Cross-table queries, one to one: every author has a profile of their own. */
export class Author extends Model('writers.Author', {
  fullName: CharField({ maxLength: 32 }),
  profile: OneToOneField('AuthorProfile', { onDelete: CASCADE }),
}) {}

export class AuthorProfile extends Model('writers.AuthorProfile', {
  residentialAddr: CharField({ maxLength: 128 }),
}) {}
