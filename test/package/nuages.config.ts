import { defineConfig } from 'nuages';
import * as library from './models.js';
import * as rentals from './rentals.js';

export default defineConfig({ apps: { library, rentals }, databases: { default: 'sqlite::memory:' } });

declare module 'nuages' {
  interface Register {
    library: typeof library;
    rentals: typeof rentals;
  }
}
