import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkLayers } from '../../../scripts/check-layers.js';

const made: string[] = [];

/** Writes a tree of `{ path: text }` to a temporary folder and returns what the check says of it, one line a violation. */
function check(tree: Readonly<Record<string, string>>): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'nuages-layers-'));
  made.push(root);
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkLayers(root).map(({ rule, file, line, message }) => `${rule} ${file}:${line} ${message}`);
}

afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
});

describe('check-layers', () => {
  it('is content with imports from folders above, from the same folder and from packages', () => {
    expect(
      check({
        'errors.ts': 'export class E {}',
        'sql/nodes.ts': "import { E } from '../errors.js'; import pg from 'pg'; import './build.js';",
        'sql/build.ts': "import { readFileSync } from 'node:fs';",
        'query/queryset.ts': "import '../database/database.js'; import '../schema/meta.js';",
        'database/database.ts': "import '../sql/nodes.js';",
        'schema/meta.ts': "import '../sql/nodes.js';",
        'index.ts': "export * from './query/queryset.js';",
      }),
    ).toEqual([]);
  });

  it('reports an import from a folder below, with its line', () => {
    expect(
      check({
        'sql/build.ts': "// waist\nimport { q } from '../query/query.js';",
        'query/query.ts': 'export const q = 1;',
      }),
    ).toEqual(['order sql/build.ts:2 imports query/query.ts, but query/ stands below sql.']);
  });

  it.each([
    ['an import type', "import type { Q } from '../query/query.js';"],
    ['an export from', "export { type Q } from '../query/query.js';"],
    ['an import() type', "export type Q = import('../query/query.js').Q;"],
    ['a dynamic import', "export const q = () => import('../query/query.js');"],
    ['an import of the package by its own name', "import 'nuages';"],
  ])('sees %s', (_, text) => {
    const found = check({ 'sql/build.ts': text, 'query/query.ts': 'export type Q = 1;', 'index.ts': '' });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^order sql\/build\.ts:1 /);
  });

  it('reports an import between the database side and the model side, in either direction', () => {
    expect(
      check({
        'compiler/compile.ts': "import '../fields/field.js';",
        'schema/meta.ts': "import type { Db } from '../database/database.js';",
        'fields/field.ts': '',
        'database/database.ts': 'export type Db = 1;',
      }).map((line) => line.split(' ').slice(0, 2).join(' ')),
    ).toEqual(['sides compiler/compile.ts:1', 'sides schema/meta.ts:1']);
  });

  it('lets only entry files import a concrete backend', () => {
    expect(
      check({
        'backends/backend.ts': '',
        'backends/sqlite/index.ts': "import '../backend.js'; import './visits.js';",
        'backends/sqlite/visits.ts': '',
        'backends/mysql/index.ts': "import '../sqlite/visits.js';",
        'database/database.ts': "import '../backends/backend.js';\nimport '../backends/sqlite/index.js';",
        'sqlite.ts': "export * from './backends/sqlite/index.js';",
      }).map((line) => line.split(' ').slice(0, 2).join(' ')),
    ).toEqual(['backend backends/mysql/index.ts:1', 'backend database/database.ts:2']);
  });

  it('reports a circle of files once, with the whole way, even when it is of types only', () => {
    expect(
      check({
        'sql/a.ts': "import type { B } from './b.js'; export type A = B;",
        'sql/b.ts': "import type { C } from './c.js'; export type B = C;",
        'sql/c.ts': "import type { A } from './a.js'; export type C = A;",
        'sql/d.ts': "import type { A } from './a.js';",
      }),
    ).toEqual(['cycle sql/a.ts:1 is part of a circle: sql/a.ts → sql/b.ts → sql/c.ts → sql/a.ts.']);
  });

  it('reports a folder that is not in the tree and an import that leads nowhere', () => {
    expect(check({ 'helpers/misc.ts': '', 'util/case.ts': "import './gone.js';" })).toEqual([
      'tree helpers/misc.ts:1 is in helpers/, which is not a folder of the tree.',
      "missing util/case.ts:1 imports './gone.js', which is no file of the tree.",
    ]);
  });

  it('lets admin use the entry files and nothing else', () => {
    expect(
      check({
        'admin/site.ts': "import '../index.js';\nimport '../query/query.js';",
        'query/query.ts': '',
        'index.ts': "export * from './query/query.js';",
      }),
    ).toEqual(['order admin/site.ts:2 imports query/query.ts. admin/ uses the public entry files only.']);
  });

  it('ignores what only looks like an import', () => {
    expect(
      check({ 'sql/a.ts': "// import '../query/query.js'\nexport const text = \"import '../query/query.js'\";" }),
    ).toEqual([]);
  });
});
