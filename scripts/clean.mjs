// Removes the compiled output, so that a build never ships the file of a module that is gone.
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
