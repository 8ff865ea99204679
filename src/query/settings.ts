import type { FetchMode } from '../schema/instance.js';

/** Settings that queries read; `defineConfig` sets them. */
export interface QuerySettings {
  /** IANA name of the zone in which dates of datetimes are meant where none is given. */
  timeZone: string;
  fetchMode: FetchMode;
}

export const querySettings: QuerySettings = { timeZone: 'UTC', fetchMode: 'peers' };
