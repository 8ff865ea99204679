import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { defineConfig } from 'vitest/config';

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
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    testTimeout: 20_000,
  },
});
