import { readFileSync } from 'node:fs';

/** A fenced block of a page. Lines count from 0; `open` and `close` are those of the fences. */
export interface Block {
  readonly language: string;
  readonly open: number;
  readonly close: number;
  readonly lines: readonly string[];
  /** The file that the block is, by the comment on its first line (`// library/models.ts`); null for a part of the page's script. */
  readonly file: string | null;
}

/** A page of the documentation and its blocks. */
export interface Page {
  /** `queries` for docs/queries.md. */
  readonly name: string;
  /** For messages: `docs/queries.md`. */
  readonly path: string;
  readonly lines: readonly string[];
  readonly blocks: readonly Block[];
  /** The module that the script begins with, by the page's first line: `<!-- begins with: ./library/rows.js -->`. */
  readonly beginsWith: string | null;
}

const FENCE = /^```(\S*)\s*$/;
const FILE = /^\/\/ ([\w-]+(?:\/[\w-]+)*(?:\.config)?\.ts)$/;

/** Reads a page. Throws when a fence is never closed. */
export function readPage(name: string, url: URL): Page {
  const path = `docs/${name}.md`;
  const lines = readFileSync(url, 'utf8').split('\n');
  const blocks: Block[] = [];
  for (let open = 0; open < lines.length; open++) {
    const language = FENCE.exec(lines[open]!)?.[1];
    if (language === undefined) continue;
    const close = lines.findIndex((line, index) => index > open && FENCE.test(line));
    if (close < 0) throw new Error(`${path}:${open + 1}: the block never ends.`);
    const inside = lines.slice(open + 1, close);
    blocks.push({ language, open, close, lines: inside, file: FILE.exec(inside[0] ?? '')?.[1] ?? null });
    open = close;
  }
  const beginsWith = /^<!-- begins with: (\S+) -->$/.exec(lines[0] ?? '')?.[1] ?? null;
  return { name, path, lines, blocks, beginsWith };
}

const isTypeScript = (block: Block): boolean => block.language === 'ts';

/** The blocks that make up the page's script. */
export const scriptBlocks = (page: Page): readonly Block[] =>
  page.blocks.filter((block) => isTypeScript(block) && block.file === null);

/** The files that the page shows, with their text. Every line keeps its number, so that a message leads to the page. */
export function shownFiles(page: Page): ReadonlyMap<string, string> {
  const files = new Map<string, Block[]>();
  for (const block of page.blocks) {
    if (isTypeScript(block) && block.file !== null) files.set(block.file, [...(files.get(block.file) ?? []), block]);
  }
  return new Map([...files].map(([file, blocks]) => [file, onlyLinesOf(page, blocks).join('\n')]));
}

/** The page's lines with everything blank but what is inside of the blocks. */
export function onlyLinesOf(page: Page, blocks: readonly Block[]): string[] {
  const kept = page.lines.map(() => '');
  for (const { open, lines } of blocks) for (const [index, line] of lines.entries()) kept[open + 1 + index] = line;
  return kept;
}
