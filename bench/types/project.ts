import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const modelsPerApp = 10;

/** A generated project: where it is, and how its models are named. */
export interface Project {
  readonly directory: string;
  /** Adds a file of queries; its text follows the imports of the models of all apps. Returns the program's config file. */
  program(name: string, queries: readonly string[]): string;
}

/** App and class of the n-th model. */
export const modelName = (n: number) => ({ app: `app${Math.floor(n / modelsPerApp)}`, name: `Model${n}` });

/**
 * Writes a project of `size` models, ten an app, each with eleven fields and three relations: a foreign key and a many-to-many
 * to neighbours in the same app, and a nullable foreign key to another app.
 */
export function writeProject(directory: string, size: number): Project {
  mkdirSync(directory, { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(directory, file), text);
  write('package.json', '{ "type": "module" }\n');
  write('nuages.d.ts', entryFile());
  const apps = Array.from({ length: Math.ceil(size / modelsPerApp) }, (_, index) => `app${index}`);
  for (const [index, app] of apps.entries()) {
    const first = index * modelsPerApp;
    const count = Math.min(modelsPerApp, size - first);
    const models = Array.from({ length: count }, (_, i) => modelText(app, first, i, count, size));
    write(
      `${app}.ts`,
      `import * as m from 'nuages';\n${models.join('')}declare module 'nuages' { interface Register { ${app}: typeof import('./${app}.js') } }\n`,
    );
  }
  write('config.json', JSON.stringify({ size }));
  return {
    directory,
    program(name, queries) {
      const imports = apps.map((app) => `import * as ${app} from './${app}.js';\n`).join('');
      const use = `export const apps = [${apps.join(', ')}] as const;\n`;
      write(
        `${name}.ts`,
        `${imports}import * as m from 'nuages';\n${use}export const F = m.F;\n${queries.join('\n')}\n`,
      );
      write(`${name}.json`, configText(directory, [...apps.map((app) => `${app}.ts`), `${name}.ts`]));
      return join(directory, `${name}.json`);
    },
  };
}

/** The program without any model: what the library alone costs. */
export function writeEmptyProject(directory: string): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(directory, 'nuages.d.ts'), entryFile());
  writeFileSync(join(directory, 'empty.ts'), "import * as m from 'nuages';\nexport const F = m.F;\n");
  writeFileSync(join(directory, 'empty.json'), configText(directory, ['empty.ts']));
  return join(directory, 'empty.json');
}

function modelText(app: string, first: number, i: number, count: number, size: number): string {
  const n = first + i;
  const sibling = first + ((i + 1) % count);
  const tagged = first + ((i + 2) % count);
  const foreign = modelName((n + modelsPerApp) % size);
  return `export class Model${n} extends m.Model('${app}.Model${n}', {
  title: m.CharField({ maxLength: 200 }),
  slug: m.SlugField({ unique: true }),
  body: m.TextField({ blank: true }),
  views: m.IntegerField({ default: 0 }),
  price: m.DecimalField({ maxDigits: 8, decimalPlaces: 2, null: true }),
  isLive: m.BooleanField({ default: true }),
  createdAt: m.DateTimeField({ autoNowAdd: true }),
  pubDate: m.DateField({ null: true }),
  status: m.CharField({ maxLength: 8, choices: [['draft', 'Draft'], ['live', 'Live']], default: 'draft' }),
  uid: m.UUIDField(),
  rating: m.FloatField({ null: true }),
  parent: m.ForeignKey('Model${sibling}', { onDelete: m.CASCADE, relatedName: 'children${n}' }),
  owner: m.ForeignKey('${foreign.app}.${foreign.name}', { onDelete: m.SET_NULL, null: true, relatedName: 'owned${n}' }),
  tags: m.ManyToManyField('Model${tagged}', { relatedName: 'tagged${n}' }),
}) {}
`;
}

/**
 * Writes the declarations of `src/types` to `directory`/types, as the package holds them: a user's compiler does not check the
 * library's own declarations, and neither do the measurements.
 */
export function writeLibrary(directory: string): void {
  const config = join(directory, 'library.json');
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    config,
    JSON.stringify({
      extends: relative(directory, join(root, 'tsconfig.json')),
      compilerOptions: {
        rootDir: relative(directory, join(root, 'src')),
        outDir: '.',
        declaration: true,
        emitDeclarationOnly: true,
        typeRoots: [relative(directory, join(root, 'node_modules/@types'))],
      },
      include: [relative(directory, join(root, 'src/types'))],
    }),
  );
  const run = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`src/types does not compile:\n${run.stdout}`);
}

// The public values with their public types, without the code behind them. The library lies beside the projects.
function entryFile(): string {
  const faces = readFileSync(join(root, 'src/types/faces.ts'), 'utf8');
  const names = [...faces.matchAll(/^ {2}([A-Za-z0-9_]+): /gm)].map((match) => match[1]);
  return `import type { Faces } from '../types/faces.js';
import type * as queryset from '../types/public/queryset.js';
export * from '../types/register.js';
export type QuerySet<I> = queryset.QuerySet<I>;
${names.map((name) => `export declare const ${name}: Faces['${name}'];`).join('\n')}
`;
}

function configText(directory: string, files: readonly string[]): string {
  return JSON.stringify({
    extends: relative(directory, join(root, 'tsconfig.json')),
    compilerOptions: {
      noEmit: true,
      declaration: false,
      rootDir: '/',
      paths: { nuages: ['./nuages.d.ts'] },
      typeRoots: [relative(directory, join(root, 'node_modules/@types'))],
      pretty: false,
    },
    include: [],
    files: [...files, 'nuages.d.ts'],
  });
}

export const repositoryRoot: string = dirname(join(root, 'package.json'));
