import type { Peer } from '../peer.js';

export const peer: Peer = {
  databases: ['sqlite', 'postgres'],
  open: async ({ db, location }) =>
    db === 'sqlite'
      ? (await import('./drizzle-sqlite.js')).openDrizzle(location)
      : (await import('./drizzle-postgres.js')).openDrizzle(location),
};
