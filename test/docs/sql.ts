import type { Block, Page } from './page.js';
import type { Sent } from './recorder.js';

/** A ```sql block and the block of TypeScript that sends it: the last one before it. */
export interface ShownSql {
  /** Line of the SQL block's opening fence, from 1. */
  readonly line: number;
  /** Line of the other block's opening fence, from 1. */
  readonly sender: number;
  /** Separated by `;` in the block, each on one line here. */
  readonly statements: readonly string[];
}

/** The SQL that a page shows. */
export function shownSql(page: Page): readonly ShownSql[] {
  const found: ShownSql[] = [];
  let sender: Block | null = null;
  for (const block of page.blocks) {
    if (block.language === 'ts' && block.file === null) sender = block;
    if (block.language !== 'sql') continue;
    if (sender === null) throw new Error(`${page.path}:${block.open + 1}: no ts block sends this SQL.`);
    const statements = block.lines
      .join('\n')
      .split(/;\s*(?:\n|$)/)
      .map(onOneLine)
      .filter(Boolean);
    found.push({ line: block.open + 1, sender: sender.open + 1, statements });
  }
  return found;
}

/** What was sent, as the page would show it: BEGIN, SAVEPOINT and the like only where it shows such. */
export function sentLike(like: ShownSql, sent: readonly Sent[]): readonly string[] {
  const showsControl = like.statements.some((text) => /^(BEGIN|SAVEPOINT|COMMIT|ROLLBACK)/i.test(text));
  return sent.filter(({ control }) => showsControl || !control).map(({ sql }) => onOneLine(sql));
}

/** SQL on one line, without blanks inside of parentheses: how it is broken into lines is the page's choice. */
const onOneLine = (sql: string): string =>
  sql.replaceAll(/\s+/g, ' ').replaceAll(/\( /g, '(').replaceAll(/ \)/g, ')').trim();
