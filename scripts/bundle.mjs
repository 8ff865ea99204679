// Writes the published JavaScript: each entry of the package and what entries share as few files, since loading hundreds of
// modules takes longer than running them. Backends, which are imported when they are used, stay files of their own.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports, bin = {}, dependencies, peerDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const targets = [...Object.values(exports).map((target) => target.default ?? target), ...Object.values(bin)];
const sources = targets
  .filter((target) => target.endsWith('.js'))
  .map((target) => target.replace(/^(\.\/)?dist\//, `${root}src/`).replace(/\.js$/, '.ts'));

// What every import needs, and takes longer to find and to read than to run: temporal-polyfill as one minified module loads in a third of
// the time that its six files take, and without a file of decimal.js an import is 3 ms shorter. Their values are understood by other copies of them, and where the
// runtime has a Temporal of its own that one is used. The dependencies give the types.
const BUNDLED = ['decimal.js', 'temporal-polyfill'];

// What several entries share would be a file for each set of those who share it, and each file costs a millisecond to find. Everything
// else is loaded beside the main entry anyway, and one backend with it: told so, the bundler puts what that needs, and what backends
// share, into one file.
const core = `${root}src/index.ts`;
const shared = ['compiler', 'backends'].flatMap((folder) =>
  readdirSync(`${root}src/${folder}`)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${root}src/${folder}/${name}`),
);
const oneCore = {
  name: 'one-core',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]src[/\\](?:[\w-]+|backends[/\\]\w+[/\\]index)\.ts$/ }, ({ path }) => {
      const isEntry = sources.includes(path) || /[/\\]backends[/\\]/.test(path);
      const others = path === core ? shared : isEntry ? [core] : [];
      const imports = others.map((other) => `import ${JSON.stringify(other)};`);
      return { loader: 'ts', contents: [readFileSync(path, 'utf8'), ...imports].join('\n') };
    });
  },
};

const { outputFiles } = await build({
  plugins: [oneCore],
  entryPoints: sources.filter((source) => existsSync(source)),
  outdir: `${root}dist`,
  outbase: `${root}src`,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !BUNDLED.includes(name)),
  keepNames: true,
  write: false,
  logLevel: 'warning',
});
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  // Reading the text is most of what an import takes. `--readable` leaves names and lines, for profiles.
  const minify = !process.argv.includes('--readable');
  const { code } = await transform(nameClassesOnly(text), { minify, lineLimit: 200, target: 'node20', format: 'esm' });
  writeFileSync(path, code);
}
for (const name of BUNDLED) {
  const license = readdirSync(`${root}node_modules/${name}`).find((file) => /^licen[cs]e/i.test(file));
  copyFileSync(`${root}node_modules/${name}/${license}`, `${root}dist/${name}.LICENSE`);
}

/**
 * Errors and generated aliases show the names of classes, so these are kept: `static { __name(this, "Field"); }`. The bundler names
 * functions likewise, `__name(() => …, "read")`: at import for each of a thousand, and for an inner one whenever it is made, for each
 * row if need be. These calls are taken out.
 */
function nameClassesOnly(text) {
  const file = ts.createSourceFile('bundle.js', text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const removed = [];
  const visit = (node) => {
    const call = ts.isExpressionStatement(node) ? node.expression : node;
    if (ts.isCallExpression(call) && isFunctionName(call)) {
      const [named] = call.arguments;
      if (call !== node && ts.isIdentifier(named)) {
        removed.push([node.pos, node.end]);
        return;
      }
      removed.push([call.pos, named.pos], [named.end, call.end]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  let result = '';
  let start = 0;
  for (const [from, to] of removed.sort(([left], [right]) => left - right)) {
    result += text.slice(start, from);
    start = to;
  }
  return result + text.slice(start);
}

function isFunctionName({ expression, arguments: given }) {
  if (!ts.isIdentifier(expression) || expression.text !== '__name' || given.length !== 2) return false;
  return given[0].kind !== ts.SyntaxKind.ThisKeyword && ts.isStringLiteral(given[1]);
}
