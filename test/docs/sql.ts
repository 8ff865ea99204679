import { inspect } from 'node:util';
import type { Block, Page } from './page.js';
import type { Sent } from './recorder.js';

/** A ```sql block and the block of TypeScript that sends it: the last one before it. */
export interface ShownSql {
  /** Line of the SQL block's opening fence, from 1. */
  readonly line: number;
  /** Line of the other block's opening fence, from 1. */
  readonly sender: number;
  readonly statements: readonly string[];
}

/** The SQL that a page shows. Statements are separated by `;`, and may end with a comment that shows the parameters. */
export function shownSql(page: Page): readonly ShownSql[] {
  const found: ShownSql[] = [];
  let sender: Block | null = null;
  for (const block of page.blocks) {
    if (block.language === 'ts' && block.file === null) sender = block;
    if (block.language !== 'sql') continue;
    if (sender === null) throw new Error(`${page.path}:${block.open + 1}: no ts block sends this SQL.`);
    const statements = block.lines
      .join('\n')
      .split(/;[^\S\n]*(?=\n|$)/)
      .map((text) => text.trim())
      .filter(Boolean);
    found.push({ line: block.open + 1, sender: sender.open + 1, statements: withParams(statements) });
  }
  return found;
}

// `SELECT …;` and the line below it, `-- [ 'x' ]`, are one statement: its parameters come behind the semicolon.
function withParams(pieces: readonly string[]): string[] {
  const statements: string[] = [];
  for (const piece of pieces) {
    const [first = '', ...rest] = piece.split('\n');
    if (!first.startsWith('-- [') || statements.length === 0) statements.push(piece);
    else {
      statements.push(`${statements.pop()} ${first}`);
      if (rest.length > 0) statements.push(rest.join('\n'));
    }
  }
  return statements;
}

/** How a page would show what was sent, in the detail that `like` has: parameters only where it shows some. */
export function sentLike(like: ShownSql, sent: readonly Sent[]): string[] {
  const showsControl = like.statements.some((text) => /^(BEGIN|SAVEPOINT|COMMIT|ROLLBACK)/i.test(text));
  return sent
    .filter(({ control }) => showsControl || !control)
    .map(({ sql, params }, index) =>
      like.statements[index]?.includes('-- [')
        ? `${sql} -- ${inspect([...params], { compact: true, breakLength: Number.POSITIVE_INFINITY })}`
        : sql,
    );
}

/** SQL on one line, without blanks inside of parentheses: how it is broken into lines is the page's choice. */
export const onOneLine = (sql: string): string =>
  sql.replaceAll(/\s+/g, ' ').replaceAll(/\( /g, '(').replaceAll(/ \)/g, ')').trim();
