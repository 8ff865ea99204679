import type { Peer } from '../peer.js';

/** Drizzle with queries built where they are used, as those of the other peers. */
export const peer: Peer = {
  databases: ['sqlite', 'postgres'],
  open: async ({ db, location }) =>
    db === 'sqlite'
      ? (await import('./drizzle-sqlite.js')).openDrizzle(location, 'built')
      : (await import('./drizzle-postgres.js')).openDrizzle(location, 'built'),
};
