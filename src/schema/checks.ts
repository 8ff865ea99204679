import { checkFields } from './check-fields.js';
import type { CheckMessage } from './check-message.js';
import { checkModels } from './check-models.js';
import { checkRelations } from './check-relations.js';
import type { ModelMeta } from './model-meta.js';

export type { CheckLevel, CheckMessage } from './check-message.js';

/** A check of one's own: looks at all models and returns what it found. */
export type ModelCheck = (models: readonly ModelMeta[]) => readonly CheckMessage[];

const checks: ModelCheck[] = [checkFields, checkRelations, checkModels];

/** Adds a check; `runChecks` runs it with the others. */
export function registerCheck(check: ModelCheck): void {
  if (!checks.includes(check)) checks.push(check);
}

/**
 * Looks for mistakes in models that can be linked but will not work as they are meant, with Django's ids. What cannot be
 * linked at all (unknown models, clashing names) has thrown before. Ids in `silenced` are left out.
 */
export function runChecks(models: readonly ModelMeta[], silenced: readonly string[] = []): readonly CheckMessage[] {
  return checks.flatMap((check) => check(models)).filter(({ id }) => !silenced.includes(id));
}
