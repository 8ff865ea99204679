import type { Connection } from './backend.js';
import type { Member } from './pool-members.js';

/** A connection on loan. Give it back exactly once, by `release`. */
export interface Lease {
  readonly connection: Connection;
  /** Where the code stands that borrowed, where that was noted: see `borrower()`. */
  borrower?: Borrower | null;
  release(): void;
}

/** A place in the code; its text is made when it is read. */
export interface Borrower {
  readonly stack?: string;
}

/** A loan as those see it who look for what is never given back. */
export interface LoanInfo {
  /** The statement, or what else the connection is wanted for. */
  readonly purpose: string;
  readonly milliseconds: number;
  /** Where the code that borrowed stands, the innermost call first; null where it was not noted. */
  readonly borrower: string | null;
}

/** One object a loan: statements of every kind come by here. */
export class Loan implements Lease {
  readonly connection: Connection;
  readonly member: Member;
  readonly purpose: string;
  readonly since = Date.now();
  readonly #takeBack: (loan: Loan) => void;
  borrower: Borrower | null = null;

  constructor(member: Member, purpose: string, takeBack: (loan: Loan) => void) {
    this.connection = member.connection;
    this.member = member;
    this.purpose = purpose;
    this.#takeBack = takeBack;
  }

  get info(): LoanInfo {
    return { purpose: this.purpose, milliseconds: Date.now() - this.since, borrower: callsOf(this.borrower?.stack) };
  }

  release(): void {
    this.#takeBack(this);
  }
}

/** The library's own files, which say nothing about who borrowed. */
const ownFiles = (): string => import.meta.url.replace(/^file:\/\//, '').replace(/(?:backends\/)?[^/]*$/, '');

/** Where the code stands that calls `above`, for `LoanInfo`. Costs some microseconds. */
export function borrower(above: (...args: never[]) => unknown): Borrower {
  const here: Borrower = {};
  Error.captureStackTrace?.(here, above);
  return here;
}

/** The calls of a stack that are not the library's or the runtime's. */
function callsOf(stack: string | undefined): string | null {
  if (stack === undefined) return null;
  const own = ownFiles();
  const calls = stack
    .split('\n')
    .slice(1)
    .filter((line) => !line.includes('node:') && !line.includes(own))
    .map((line) => line.trim());
  return calls.length === 0 ? null : calls.join('\n');
}

/** A statement as messages show it. */
export const shortened = (purpose: string): string => (purpose.length > 120 ? `${purpose.slice(0, 119)}…` : purpose);

/** `'atomic()' for 1.2 s (at transfer (bank.ts:12:3))`. */
export function told({ purpose, milliseconds, borrower }: LoanInfo): string {
  const where = borrower === null ? '' : ` (${borrower.split('\n')[0]!})`;
  return `'${shortened(purpose)}' for ${(milliseconds / 1000).toFixed(1)} s${where}`;
}
