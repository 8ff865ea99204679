/**
 * Checks the house rules about imports, type imports included:
 *
 * 1. a folder of `src/` imports only from the folders before it in `layers`;
 * 2. the database side and the model side never import each other (they meet in `sql/`);
 * 3. only an entry file imports a concrete backend (`backends/<name>/`);
 * 4. no files import each other in a circle.
 *
 * `npm run check:layers [-- DIR]` prints every violation and exits 1 when there is one.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

/** The folders of `src/` in the order in which they may build on each other; `errors` is the file errors.ts. */
export const layers = [
  'errors',
  'util',
  'signals',
  'sql',
  'compiler',
  'backends',
  'database',
  'fields',
  'expressions',
  'functions',
  'lookups',
  'schema',
  'types',
  'query',
  'models',
  'contrib',
  'migrations',
  'testing',
  'cli',
  'admin',
] as const;

const entry = 'entry file';
const sides: Readonly<Record<string, string>> = {
  compiler: 'database side',
  backends: 'database side',
  database: 'database side',
  fields: 'model side',
  expressions: 'model side',
  functions: 'model side',
  lookups: 'model side',
  schema: 'model side',
  types: 'model side',
};

/** One broken rule: where it stands and what to do about it. */
export interface Violation {
  readonly rule: 'order' | 'sides' | 'backend' | 'cycle' | 'tree' | 'missing';
  /** Path relative to the tree's root, with forward slashes. */
  readonly file: string;
  /** The line of the import, from 1. */
  readonly line: number;
  readonly message: string;
}

interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** Every module that the file names: import, export from, `import()`, `import type`, `import('…').T` and `import x = require()`. */
function importsOf(path: string, text: string): readonly Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);
  const found: Import[] = [];
  const add = (node: ts.Node | undefined) => {
    if (node === undefined || !ts.isStringLiteralLike(node)) return;
    found.push({ specifier: node.text, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
    else if (ts.isExternalModuleReference(node)) add(node.expression);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function sourceFiles(dir: string): readonly string[] {
  return readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name);
      if (statSync(path).isDirectory()) return sourceFiles(path);
      return /\.[mc]?tsx?$/.test(name) ? [path] : [];
    });
}

/** The file of `root` that an import means: a file name, or undefined for a package. */
function targetOf(root: string, from: string, specifier: string): string | undefined {
  const self = /^nuages(?:\/(.+))?$/.exec(specifier);
  if (self !== null) return `${self[1] ?? 'index'}.ts`;
  if (!specifier.startsWith('.')) return undefined;
  const path = resolve(root, dirname(from), specifier);
  const candidates = [path.replace(/\.([mc]?)js$/, '.$1ts'), `${path}.ts`, join(path, 'index.ts'), path];
  const hit = candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
  return toPosix(relative(root, hit ?? (candidates[0] as string)));
}

const toPosix = (path: string): string => path.split(sep).join('/');

/** The layer of a file: its folder, `errors`, or `entry file` for what stands directly in the root. */
function layerOf(file: string): string {
  const slash = file.indexOf('/');
  if (slash >= 0) return file.slice(0, slash);
  return file === 'errors.ts' ? 'errors' : entry;
}

/** The concrete backend that a file belongs to (`sqlite`), or undefined. */
const backendOf = (file: string): string | undefined => /^backends\/([^/]+)\//.exec(file)?.[1];

function violationOf(from: string, to: string): Pick<Violation, 'rule' | 'message'> | undefined {
  const [here, there] = [layerOf(from), layerOf(to)];
  const backend = backendOf(to);
  if (backend !== undefined && backendOf(from) !== backend && here !== entry) {
    const remedy = 'Only an entry file imports a concrete backend; use the contracts in backends/backend.ts.';
    return { rule: 'backend', message: `imports ${to}. ${remedy}` };
  }
  if (here === there) return undefined;
  if (here === 'admin') {
    if (there === entry) return undefined;
    return { rule: 'order', message: `imports ${to}. admin/ uses the public entry files only.` };
  }
  const [mine, theirs] = [sides[here], sides[there]];
  if (mine !== undefined && theirs !== undefined && mine !== theirs) {
    const remedy = 'The two sides never import each other; what both need belongs in sql/, util/ or errors.ts.';
    return { rule: 'sides', message: `is of the ${mine} and imports ${to}, which is of the ${theirs}. ${remedy}` };
  }
  const order: readonly string[] = [...layers, entry];
  if (order.indexOf(there) > order.indexOf(here)) {
    return {
      rule: 'order',
      message: `imports ${to}, but ${there === entry ? 'an entry file' : `${there}/`} stands below ${here}.`,
    };
  }
  return undefined;
}

type Graph = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The shortest way from `start` back to itself, or undefined. */
function shortestCycle(graph: Graph, start: string): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const next of graph.get(file)?.keys() ?? []) {
      if (next === start) {
        const way = [start];
        for (let at = file; at !== start; at = cameFrom.get(at) as string) way.unshift(at);
        return [start, ...way];
      }
      if (cameFrom.has(next) || !graph.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}

/** One violation for each circle, found from its first file; a file already named in a circle starts no other. */
function cyclesOf(graph: Graph): readonly Violation[] {
  const named = new Set<string>();
  const violations: Violation[] = [];
  for (const file of graph.keys()) {
    if (named.has(file)) continue;
    const cycle = shortestCycle(graph, file);
    if (cycle === undefined) continue;
    for (const member of cycle) named.add(member);
    const line = graph.get(file)?.get(cycle[1] as string) ?? 1;
    violations.push({ rule: 'cycle', file, line, message: `is part of a circle: ${cycle.join(' → ')}.` });
  }
  return violations;
}

/**
 * Reads every TypeScript file under `root` (the `src/` of a tree) and returns what breaks a rule,
 * ordered by file. An empty list means that the house is in order.
 */
export function checkLayers(root: string): readonly Violation[] {
  const files = sourceFiles(root).map((path) => toPosix(relative(root, path)));
  const known = new Set(files);
  const graph = new Map<string, Map<string, number>>();
  const violations: Violation[] = [];
  for (const file of files) {
    const layer = layerOf(file);
    if (layer !== entry && !(layers as readonly string[]).includes(layer)) {
      violations.push({ rule: 'tree', file, line: 1, message: `is in ${layer}/, which is not a folder of the tree.` });
      continue;
    }
    const edges = new Map<string, number>();
    graph.set(file, edges);
    for (const { specifier, line } of importsOf(file, readFileSync(join(root, file), 'utf8'))) {
      const target = targetOf(root, file, specifier);
      if (target === undefined) continue;
      if (!known.has(target)) {
        violations.push({
          rule: 'missing',
          file,
          line,
          message: `imports '${specifier}', which is no file of the tree.`,
        });
        continue;
      }
      if (!edges.has(target)) edges.set(target, line);
      const violation = violationOf(file, target);
      if (violation !== undefined) violations.push({ ...violation, file, line });
    }
  }
  return [...violations, ...cyclesOf(graph)].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

/** Runs the check from the command line and returns the exit code. */
function main(dir: string | undefined): number {
  const root = dir === undefined ? fileURLToPath(new URL('../src', import.meta.url)) : resolve(dir);
  const violations = checkLayers(root);
  for (const { file, line, rule, message } of violations) {
    console.log(`${toPosix(relative(process.cwd(), join(root, file)))}:${line}  [${rule}] ${file} ${message}`);
  }
  const count = sourceFiles(root).length;
  console.log(
    violations.length === 0
      ? `check-layers: ${count} files, every import in order.`
      : `check-layers: ${violations.length} violation${violations.length === 1 ? '' : 's'} in ${count} files.`,
  );
  return violations.length === 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main(process.argv[2]);
}
