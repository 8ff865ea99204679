// Writes the published JavaScript: each entry of the package and what entries share as few files, since loading hundreds of
// modules takes longer than running them. Backends, which are imported when they are used, stay files of their own.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { forgetFunctionNames, writeClassNames } from './class-names.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports, bin = {}, dependencies, peerDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const targets = [...Object.values(exports).map((target) => target.default ?? target), ...Object.values(bin)];
const sources = targets
  .filter((target) => target.endsWith('.js'))
  .map((target) => target.replace(/^(\.\/)?dist\//, `${root}src/`).replace(/\.js$/, '.ts'));

// What every import needs, and takes longer to find and to read than to run: temporal-polyfill as one minified module loads in a third of
// the time that its six files take, and without a file of decimal.js an import is 3 ms shorter. Their values are understood by other
// copies of them, and where the runtime has a Temporal of its own that one is used. The dependencies give the types.
const BUNDLED = ['decimal.js', 'temporal-polyfill'];

// What several entries share would be a file for each set of those who share it, and each file costs a millisecond to find. Everything
// else is loaded beside the main entry anyway; told so, the bundler puts all that backends share, and an import does not need, into one
// file.
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
      const isBackend = /[/\\]backends[/\\]/.test(path);
      const others = isBackend ? [core, ...shared] : sources.includes(path) && path !== core ? [core] : [];
      const imports = others.map((other) => `import ${JSON.stringify(other)};`);
      return { loader: 'ts', contents: [readFileSync(path, 'utf8'), ...imports].join('\n') };
    });
  },
};

// What V8 does for each function and class of temporal-polyfill takes 2 ms of an import, and most programs want few of its classes and
// none in their first milliseconds. So it stands inside of one function, which V8 skips and which runs when a class is asked for.
const polyfill = await build({
  stdin: { contents: "export { Temporal } from 'temporal-polyfill'", resolveDir: root },
  bundle: true,
  format: 'iife',
  globalName: 'polyfill',
  minify: true,
  platform: 'node',
  target: 'node20',
  write: false,
});
const lazyTemporal = {
  name: 'lazy-temporal',
  setup({ onResolve, onLoad }) {
    const namespace = 'lazy-temporal';
    const calendar = ['PlainDate', 'PlainDateTime', 'PlainMonthDay', 'PlainTime', 'PlainYearMonth', 'ZonedDateTime'];
    const contents = `
      function make() { ${polyfill.outputFiles[0].text} return polyfill.Temporal; }
      let made;
      export const Temporal = Object.defineProperty({}, Symbol.toStringTag, { value: 'Temporal', configurable: true });
      for (const name of ${JSON.stringify(['Now', 'Instant', 'Duration', ...calendar])}) {
        const put = (value) => Object.defineProperty(Temporal, name, { value, writable: true, configurable: true });
        const get = () => put((made ??= make())[name])[name];
        Object.defineProperty(Temporal, name, { get, set: put, configurable: true });
      }`;
    onResolve({ filter: /^temporal-polyfill$/ }, ({ path }) => ({ path, namespace }));
    onLoad({ filter: /./, namespace }, () => ({ contents }));
  },
};

const { outputFiles } = await build({
  plugins: [oneCore, lazyTemporal],
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
  const { code } = await transform(forgetFunctionNames(text), {
    minify,
    lineLimit: 200,
    target: 'node20',
    format: 'esm',
  });
  writeFileSync(path, writeClassNames(code));
}
for (const name of BUNDLED) {
  const license = readdirSync(`${root}node_modules/${name}`).find((file) => /^licen[cs]e/i.test(file));
  copyFileSync(`${root}node_modules/${name}/${license}`, `${root}dist/${name}.LICENSE`);
}
