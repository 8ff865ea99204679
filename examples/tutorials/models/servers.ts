import { CharField, EmailField, ManyToManyField, Model, PositiveIntegerField } from 'nuages';

/** Directions: administrators look after servers; the junction table is made for us. */
export class Server extends Model('servers.Server', {
  hostname: CharField({ maxLength: 128 }),
  port: PositiveIntegerField({ default: 22 }),
}) {}

export class Administrator extends Model('servers.Administrator', {
  name: CharField({ maxLength: 128 }),
  email: EmailField(),
  servers: ManyToManyField('Server'),
}) {}
