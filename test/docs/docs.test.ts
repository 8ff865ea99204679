/**
 * Every ```ts block of docs/ runs, and what it shows is what comes: values and errors in comments, SQL in the block below.
 *
 * The pages are one project. A block whose first line is a comment with a path is that file; the others of a page are one
 * script, in order. Both are written to test/docs/.project, with the line numbers of the page, and also type-checked.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readPage, scriptBlocks, shownFiles } from './page.js';
import { plainScript, runningScript } from './script.js';
import { sentLike, shownSql } from './sql.js';
import { typeErrors } from './type-errors.js';

/** What is exported for the library's own folders, or waits for the feature that it belongs to. */
const NOT_YET = new Set(['typeError', 'CompositePrimaryKey', 'm2mChanged', 'preInit', 'postInit']);

const docs = new URL('../../docs/', import.meta.url);
const project = fileURLToPath(new URL('.project/', import.meta.url));

const pages = readdirSync(docs)
  .filter((file) => file.endsWith('.md'))
  .map((file) => readPage(file.slice(0, -'.md'.length), new URL(file, docs)));

function write(file: string, text: string): void {
  const path = `${project}${file}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

rmSync(project, { recursive: true, force: true });
/** File of the project → page, to lead from a message back to where it was written. */
const origin = new Map<string, string>();
for (const page of pages) {
  for (const [file, text] of shownFiles(page)) {
    if (origin.has(file)) throw new Error(`${page.path} shows ${file}, as ${origin.get(file)} does.`);
    origin.set(file, page.path);
    write(file, text);
  }
  if (scriptBlocks(page).length === 0) continue;
  origin.set(`${page.name}.ts`, page.path);
  write(`${page.name}.ts`, plainScript(page));
  write(`${page.name}.run.ts`, runningScript(page, '../recorder.js'));
}

// What pages put among the temporary files goes when they are done.
const temporary = mkdtempSync(`${tmpdir()}/nuages-docs-`);
beforeAll(() => {
  for (const name of ['TMPDIR', 'TEMP']) vi.stubEnv(name, temporary);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true, force: true });
});

// Each page starts with a library that knows no models, and databases of its own.
beforeEach(() => void vi.resetModules());

// A database in the process takes its time to start.
const slow = { timeout: 60_000 };
test.each(pages.filter((page) => scriptBlocks(page).length > 0))(
  '$path shows what really comes',
  slow,
  async (page) => {
    const { log } = console;
    const recorder = await import('./recorder.js');
    const wrong: string[] = [];
    const differs = (line: number, expected: string, actual: string) =>
      void wrong.push(`${page.path}:${line}\n  shows ${expected}\n  came  ${actual}`);

    await import(`${project}${page.name}.run.ts`).catch((error: Error) => wrong.push(error.stack ?? String(error)));
    console.log = log;
    for (const { line, expected, actual } of recorder.differences) differs(line, expected, actual);
    for (const shown of shownSql(page)) {
      const expected = shown.statements.join('\n        ');
      const actual = sentLike(shown, recorder.sent.get(shown.sender) ?? []).join('\n        ');
      if (expected !== actual) differs(shown.line, expected, actual);
    }
    expect(wrong.join('\n')).toBe('');
  },
);

test('every public name is somewhere in the pages', async () => {
  const text = pages.map(({ lines }) => lines.join('\n')).join('\n');
  const named = new Set(text.match(/\w+/g));
  const exported = Object.keys({
    ...(await import('nuages')),
    ...(await import('nuages/postgres')),
    ...(await import('nuages/testing')),
  });
  expect(exported.filter((name) => !named.has(name) && !NOT_YET.has(name))).toEqual([]);
});

test('every block compiles', { timeout: 120_000 }, () => {
  // What is wrong in the library itself is for the library's own check to say.
  const messages = typeErrors(project, [...origin.keys()]).flatMap(({ file, line, message }) =>
    origin.has(file) ? [`${origin.get(file)}:${line} ${message}`] : [],
  );
  expect(messages.join('\n')).toBe('');
});
