import { BooleanField, CASCADE, CharField, EmailField, ForeignKey, ManyToManyField, Model } from 'nuages';

/** Directions: the same, but each pair of administrator and server has a level of its own. */
export class AccessGrant extends Model('grants.AccessGrant', {
  admin: ForeignKey('Administrator', { onDelete: CASCADE }),
  server: ForeignKey('Server', { onDelete: CASCADE }),
  permissionLevel: CharField({
    maxLength: 32,
    choices: [
      ['read', 'Read'],
      ['admin', 'Admin'],
    ],
  }),
  isActive: BooleanField({ default: true }),
}) {}

export class Server extends Model('grants.Server', {
  hostname: CharField({ maxLength: 128 }),
}) {}

export class Administrator extends Model('grants.Administrator', {
  name: CharField({ maxLength: 128 }),
  email: EmailField(),
  servers: ManyToManyField('Server', { through: 'AccessGrant' }),
}) {}
