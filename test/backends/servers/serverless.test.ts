import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../support/fresh.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What a program writes that asks a database and closes nothing. */
async function outputOf(url: string): Promise<string> {
  const program = `
    import { connection, defineConfig } from './src/index.ts';
    defineConfig({ apps: {}, databases: { default: ${JSON.stringify(url)} } });
    await Promise.all([1, 2, 3].map(() => connection().execute\`SELECT 1 AS one\`));
    console.log(JSON.stringify(connection().pool));`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  return (await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 50_000 })).stdout;
}

for (const kind of kinds.filter(({ isServer }) => isServer)) {
  describe.skipIf(!kind.isThere)(`a function that comes and goes, on ${kind.name}`, () => {
    it('ends although its connection is open, and has no more than one', async () => {
      const fresh = await kind.create();
      try {
        const output = await outputOf(`${fresh.url}?serverless=true`);
        expect(JSON.parse(output)).toMatchObject({ size: 1, open: 1, idle: 1, waiting: 0, lent: [] });
      } finally {
        await fresh.drop();
      }
    }, 60_000);
  });
}
