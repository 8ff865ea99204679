/** How bad it is: an error will not work, a warning may not. */
export type CheckLevel = 'debug' | 'info' | 'warning' | 'error' | 'critical';

/** What a check found. */
export interface CheckMessage {
  /** `fields.E001`: Django's. */
  readonly id: string;
  readonly level: CheckLevel;
  readonly message: string;
  /** What to do about it, or null. */
  readonly hint: string | null;
  /** What it is about: `library.Book` or `library.Book.title`. */
  readonly obj: string;
}

const LEVELS: Readonly<Record<string, CheckLevel>> = { D: 'debug', I: 'info', W: 'warning', E: 'error', C: 'critical' };

/** A message whose level is the letter of its id. */
export function finding(id: string, obj: string, message: string, hint: string | null = null): CheckMessage {
  return { id, level: LEVELS[id.charAt(id.indexOf('.') + 1)] ?? 'error', message, hint, obj };
}
