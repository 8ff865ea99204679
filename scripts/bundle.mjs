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

// Making the classes of temporal-polyfill takes 2 ms, and most programs want few of them and none in their first milliseconds: each is
// there when it is asked for.
const lazyTemporal = {
  name: 'lazy-temporal',
  setup({ onResolve, onLoad }) {
    const [namespace, path] = ['lazy', 'temporal-polyfill'];
    const classes = [
      'Duration',
      'Instant',
      'PlainDate',
      'PlainDateTime',
      'PlainMonthDay',
      'PlainTime',
      'PlainYearMonth',
      'ZonedDateTime',
    ];
    const contents = `
      let made;
      export const Temporal = Object.defineProperty({}, Symbol.toStringTag, { value: 'Temporal', configurable: true });
      for (const name of ${JSON.stringify(['Now', ...classes])}) {
        const put = (value) => Object.defineProperty(Temporal, name, { value, writable: true, configurable: true });
        const get = () => put((made ??= require('${path}').Temporal)[name])[name];
        Object.defineProperty(Temporal, name, { get, set: put, configurable: true });
      }`;
    onResolve({ filter: /^temporal-polyfill$/ }, (asked) =>
      asked.namespace === namespace ? null : { namespace, path },
    );
    onLoad({ filter: /./, namespace }, () => ({ contents, resolveDir: root }));
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
