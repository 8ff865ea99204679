import { inspect } from 'node:util';
import { subscribe } from '../../src/database/instrumentation.js';

/** What a page's script met that is not as the page says. */
export interface Difference {
  readonly line: number;
  readonly expected: string;
  readonly actual: string;
}

/** A statement that a block sent; `control` for BEGIN, SAVEPOINT and the like. */
export interface Sent {
  readonly sql: string;
  readonly control: boolean;
}

export const differences: Difference[] = [];
/** Line of a block's opening fence → what it sent. */
export const sent = new Map<number, Sent[]>();

let block: Sent[] = [];
let written: string[] = [];

subscribe(({ sql, control }) => {
  if (!/^\s*PRAGMA\b/i.test(sql)) block.push({ sql, control });
});
console.log = (...values: unknown[]) => void written.push(values.map(asText).join(' '));

export function begin(_line: number): void {
  block = [];
}
export function end(line: number): void {
  sent.set(line, block);
}

/** Compares a value with what the page shows, or what was written where there is none, and gives it on. */
export function value<T>(line: number, expected: string, actual: T): T {
  compare(line, expected, actual === undefined && written.length > 0 ? written.join(' ') : shown(actual));
  return actual;
}
export function clearOutput(): void {
  written = [];
}
export function output(line: number, expected: string): void {
  compare(line, expected, written.join(' '));
}
export async function throws(line: number, expected: string, run: () => unknown): Promise<void> {
  try {
    const result = await run();
    compare(line, `throws ${expected}`, shown(result));
  } catch (error) {
    const { name, message } = error as Error;
    compare(line, expected, expected.includes(':') ? `${name}: ${message}` : name);
  }
}

/** A value as the console shows it, on one line. Values of Temporal are shown as the text that they stand for. */
const shown = (actual: unknown): string =>
  inspect(actual, { compact: true, breakLength: Number.POSITIVE_INFINITY, depth: 6, maxArrayLength: 200 });
const asText = (actual: unknown): string => (typeof actual === 'string' ? actual : shown(actual));

const collapsed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function compare(line: number, expected: string, actual: string): void {
  if (!fits(expected, actual)) differences.push({ line, expected: collapsed(expected), actual: collapsed(actual) });
}

/** Whether a text is as the page shows it: white space is one blank, `…` anything. */
export function fits(expected: string, actual: string): boolean {
  const parts = collapsed(expected)
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(collapsed(actual));
}
