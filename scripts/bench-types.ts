/**
 * Measures what the types cost the compiler, on generated projects of 10, 100 and 500 models, and holds it against a budget.
 *
 * `npm run bench:types [-- --sizes 10,100] [-- --compilers 7]`. Prints a table; exits 1 when a figure is over its budget.
 * `npm run bench:types -- --peers [--rounds 5]` compares with other libraries instead; they are installed by `npm install --prefix bench`.
 *
 * Every figure is a difference: a project with some queries less the same project without them. The first query of a project
 * also pays for the index of all relations, once; that is counted with the models, for every project pays it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { comparePeers } from '../bench/types/compare.js';
import { type Compiler, compilers, type Measurement, measure } from '../bench/types/measure.js';
import { modelName, repositoryRoot, writeEmptyProject, writeLibrary, writeProject } from '../bench/types/project.js';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10,100,500' },
    compilers: { type: 'string', default: '5.9,7' },
    peers: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
  },
});
if (values.peers) {
  await comparePeers(values.compilers.split(','), Number(values.rounds));
  process.exit();
}
const sizes = values.sizes.split(',').map(Number);
const chosen = compilers.filter((one) => values.compilers.split(',').includes(one.name));

const budget = { model: 1500, filter: 450, composed: 680, misspelled: 2, pass: 100, listed: 1000, growth: 1.5 };

// Ten queries, each the first on its model.
const queries = 10;
const each = (text: (model: string, n: number) => string) =>
  Array.from({ length: queries }, (_, n) => text(`${modelName(n).app}.${modelName(n).name}`, n));

const touch = `export const touch = ${modelName(0).app}.${modelName(0).name}.objects.filter({ children9__title: 'x' });`;
const annotated = (model: string, n: number) => `const a${n} = ${model}.objects.annotate({ n: m.Count('tags') });`;
const take = (model: string, n: number) => `declare function take${n}(qs: m.QuerySet<${model}>): void; void take${n};`;

const programs: Record<string, readonly string[]> = {
  models: [touch],
  filter: [
    touch,
    ...each((model, n) => `export const q${n} = ${model}.objects.filter({ parent__owner__title__icontains: 'x' });`),
  ],
  // A call in the place of a condition: the names that an editor offers must not be put together for its context.
  composed: [
    touch,
    ...each((model, n) => `export const q${n} = ${model}.objects.filter(m.or({ title: 'x' }, { slug: 'x' }));`),
  ],
  misspelled: [
    touch,
    ...each(
      (model, n) =>
        `// @ts-expect-error\nexport const q${n} = ${model}.objects.filter({ parent__owner__titel__icontains: 'x' });`,
    ),
  ],
  annotated: [touch, ...each(annotated), ...each(take), ...each((_, n) => `void a${n};`)],
  listed: [touch, `export const labels = [${each((model) => model).join(', ')}].map((model) => model.name);`],
  passed: [touch, ...each(annotated), ...each(take), ...each((_, n) => `take${n}(a${n});`)],
};

interface Figures {
  readonly size: number;
  readonly model: number;
  readonly filter: number;
  readonly composed: number;
  readonly misspelled: number;
  readonly pass: number;
  readonly listed: number;
  readonly models: Measurement;
}

function figuresOf(compiler: Compiler, directory: string, size: number): Figures {
  const project = writeProject(join(directory, String(size)), size);
  const run = (name: string) => measure(compiler, project.program(name, programs[name]!));
  const empty = measure(compiler, writeEmptyProject(join(directory, 'empty')));
  const models = run('models');
  const filter = run('filter').instantiations - models.instantiations;
  return {
    size,
    model: (models.instantiations - empty.instantiations) / size,
    filter: filter / queries,
    composed: (run('composed').instantiations - models.instantiations) / queries,
    misspelled: (run('misspelled').instantiations - models.instantiations) / filter,
    pass: (run('passed').instantiations - run('annotated').instantiations) / queries,
    listed: (run('listed').instantiations - models.instantiations) / queries,
    models,
  };
}

const rows: string[][] = [];
const over: string[] = [];
const check = (what: string, value: number, limit: number, digits = 0): string => {
  const isOver = !(value <= limit);
  if (isOver) over.push(`${what}: ${value.toFixed(digits)}, the budget is ${limit}`);
  return `${value.toFixed(digits)}${isOver ? ' !' : ''}`;
};

const directory = mkdtempSync(join(repositoryRoot, 'node_modules', '.bench-types-'));
try {
  writeLibrary(directory);
  for (const compiler of chosen) {
    let smallest: Figures | undefined;
    for (const size of sizes) {
      const figures = figuresOf(compiler, directory, size);
      smallest ??= figures;
      const name = `TypeScript ${compiler.name}, ${size} models`;
      rows.push([
        compiler.name,
        String(size),
        check(`${name}: instantiations a model`, figures.model, budget.model),
        check(`${name}: instantiations a two-hop filter`, figures.filter, budget.filter),
        check(`${name}: instantiations a filter by or()`, figures.composed, budget.composed),
        check(`${name}: a misspelled filter, in filters`, figures.misspelled, budget.misspelled, 2),
        check(`${name}: passing an annotated QuerySet`, figures.pass, budget.pass),
        check(`${name}: a class in a list`, figures.listed, budget.listed),
        check(
          `${name}: growth of a filter from ${smallest.size} models`,
          figures.filter / smallest.filter,
          budget.growth,
          2,
        ),
        `${figures.models.checkTime.toFixed(2)} s`,
        `${figures.models.memoryMb} MB`,
      ]);
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

const header = [
  'TS',
  'models',
  'a model',
  'two-hop filter',
  'filter by or()',
  'misspelled',
  'passed on',
  'a class listed',
  'growth',
  'check',
  'memory',
];
const limits = [
  '',
  'budget',
  budget.model,
  budget.filter,
  budget.composed,
  `${budget.misspelled}x`,
  budget.pass,
  budget.listed,
  `${budget.growth}x`,
  '',
  '',
].map(String);
const table = [header, ...rows, limits];
const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
for (const row of table) console.log(row.map((cell, column) => cell.padStart(widths[column]!)).join('  '));
for (const line of over) console.error(`over budget: ${line}`);
process.exit(over.length > 0 ? 1 : 0);
