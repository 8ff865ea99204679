import { defineConfig } from 'nuages';
import * as library from './models.js';

export default defineConfig({ apps: { library }, databases: { default: 'sqlite::memory:' } });

declare module 'nuages' {
  interface Register {
    library: typeof library;
  }
}
