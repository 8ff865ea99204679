import type { Peer } from '../peer.js';

export const peer: Peer = {
  databases: ['sqlite', 'postgres'],
  open: async ({ db, location }) =>
    db === 'sqlite'
      ? (await import('./raw-sqlite.js')).openRaw(location)
      : (await import('./raw-postgres.js')).openRaw(location),
};
