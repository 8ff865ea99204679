/** Where a peer finds its database. */
export interface Target {
  readonly db: 'sqlite' | 'postgres';
  /** A file for SQLite, a URL for PostgreSQL. */
  readonly location: string;
}

/** What a peer does for a workload. `n` counts the calls and chooses keys and values, so that none asks for the same thing twice. */
export type Run = (n: number) => unknown;

/** A library at work on one database. */
export interface Session {
  /** By the letter of the workload; a letter that is missing is not measured. */
  readonly runs: Readonly<Record<string, Run>>;
  /** Results that are not yet in the common form (see workloads.ts), brought into it. Not timed. */
  readonly views?: Readonly<Record<string, (result: any) => unknown>>;
  close(): Promise<void>;
}

/** A library that is measured. */
export interface Peer {
  readonly databases: readonly Target['db'][];
  open(target: Target): Promise<Session>;
}
