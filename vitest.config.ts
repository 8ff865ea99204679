import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { configDefaults, defineConfig, type TestProjectConfiguration } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Vite leaves decorators as they are (github.com/rolldown/rolldown/issues/7327), and Node.js has none yet: the compiler rewrites them. */
const decorators = {
  name: 'decorators',
  enforce: 'pre',
  transform(code: string, id: string) {
    if (!/\.ts$/.test(id) || !/^\s*@\w+\(/m.test(code)) return null;
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, sourceMap: true };
    const { outputText, sourceMapText } = ts.transpileModule(code, { fileName: id, compilerOptions });
    return { code: outputText, map: sourceMapText ?? null };
  },
} as const;

/** PostgreSQL without a server: the features on it, with every `npm test`. */
const pglite: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'pglite',
    include: ['test/features/**/*.test.ts'],
    // What PostgreSQL alone has is tested on PGlite anyway.
    exclude: [...configDefaults.exclude, 'test/features/postgres/**'],
    globalSetup: ['test/support/empty-pglite.ts'],
    env: { TEST_DATABASE: 'pglite:' },
  },
};

/** Everything, and the features on the database that `TEST_DATABASE` names: SQLite where it names none. */
const main: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'main',
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    // These start servers of their own: TEST_SERVERS=start says that they may.
    exclude: [...configDefaults.exclude, ...(process.env.TEST_SERVERS === 'start' ? [] : ['test/servers/**'])],
  },
};

const { TEST_DATABASE } = process.env;
const projects = TEST_DATABASE === undefined ? [main, pglite] : TEST_DATABASE === 'pglite:' ? [pglite] : [main];

export default defineConfig({
  plugins: [decorators],
  resolve: {
    // Tests, examples and documentation import the library by its own name; here that is its source.
    alias: [
      { find: /^nuages$/, replacement: source('./src/index.ts') },
      { find: /^nuages\/([a-z]+)$/, replacement: source('./src/$1.ts') },
    ],
  },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects,
  },
});
