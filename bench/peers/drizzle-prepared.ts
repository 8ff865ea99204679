import type { Peer } from '../peer.js';

/** Drizzle as its manual says for speed: all queries are prepared once, by hand. */
export const peer: Peer = {
  databases: ['sqlite', 'postgres'],
  open: async ({ db, location }) =>
    db === 'sqlite'
      ? (await import('./drizzle-sqlite.js')).openDrizzle(location, 'prepared')
      : (await import('./drizzle-postgres.js')).openDrizzle(location, 'prepared'),
};
