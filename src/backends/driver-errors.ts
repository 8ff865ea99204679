import type { DatabaseError } from '../errors.js';

/** What every error of a statement carries. */
export interface StatementDetails {
  readonly cause: unknown;
  readonly sql: string;
  readonly params: readonly unknown[];
}

type ErrorClass = new (code: string, message: string, details: StatementDetails) => DatabaseError;

/** What an error of the server becomes: a class, and the `code` of its errors. */
export type ErrorKind = readonly [ErrorClass, string];

/** Codes of node:net and node:dns for a server that no connection comes to. */
export const UNREACHABLE: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
  'EAI_AGAIN',
];

/** The properties of what a driver threw, which may be anything. */
export const propertiesOf = <T extends object>(error: unknown): Partial<T> =>
  typeof error === 'object' && error !== null ? error : {};
