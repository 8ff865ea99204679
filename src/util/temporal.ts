/** Temporal: the runtime's own where there is one, else the polyfill's (which decides that itself). */
export { Temporal } from 'temporal-polyfill';
