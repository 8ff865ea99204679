/** How many answers of each kind are still to come: to texts, to portals to be opened, to statements to be run. */
export interface Unanswered {
  parses: number;
  binds: number;
  runs: number;
}

/** Errors of a message that come only where the message before it did nothing: the statement, or the portal, does not exist. */
const NO_STATEMENT = '26000';
const NO_PORTAL = '34000';

/**
 * The error behind an answer that lacks something, at an error of the server or (without `code`) at the end; null where nothing is
 * lacking. PGlite's server stands on the stack of JavaScript, which ends before the server's own limit: then the message at which it
 * ended is left without an answer, and those behind it are read as if it had not been there.
 */
export function lostAnswer({ parses, binds, runs }: Unanswered, code?: string): Error | null {
  if (parses > 0 && (code === undefined || code === NO_STATEMENT)) return tooDeep();
  if (code === undefined ? binds > 0 || runs > 0 : binds > 0 && code === NO_PORTAL) return brokenOff();
  return null;
}

/** As a server puts it. The text was not taken, and nothing else has happened. */
const tooDeep = (): Error => failure('ERROR', 'stack depth limit exceeded');

/** What the statement had begun is not undone, and the session gives no sensible answer from here on. */
const brokenOff = (): Error =>
  failure(
    'FATAL',
    'stack depth limit exceeded while the statement ran, which the session of PGlite does not survive; a database in memory is lost with it',
  );

const failure = (severity: string, message: string): Error =>
  Object.assign(new Error(message), { name: 'PGliteError', severity, code: '54001' });
