import { fileURLToPath } from 'node:url';
import { defineConfig } from 'nuages';
import * as chinook from './models.js';

/** The database file that the tour makes and leaves in place. */
export const databaseFile = fileURLToPath(new URL('chinook.sqlite3', import.meta.url));

export default defineConfig({
  apps: { chinook },
  databases: { default: `sqlite:${databaseFile}` },
});

declare module 'nuages' {
  interface Register {
    chinook: typeof chinook;
  }
}
