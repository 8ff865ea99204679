import type { ModelClass, ModelMeta } from '../schema/model-meta.js';
import { Registry } from '../schema/registry.js';
import { classPrepared } from '../signals/model-signals.js';
import { installAccessors } from './accessors.js';
import { bindManagers } from './managers.js';
import { installMethods } from './methods.js';
import { ModelBase } from './model.js';
import { setErrors } from './model-errors.js';
import { setMeta } from './state.js';

/** The models of the project. */
export const registry = new Registry({ classOfJoinTable: joinTableClass });

// what follows from a model's place among the others is hung on its class as soon as that is known
registry.onReady(hang);

function hang(meta: ModelMeta): void {
  const { modelClass } = meta;
  setMeta(modelClass, meta);
  // below the user's class, so that what it defines itself wins
  const base = meta.autoCreated ? modelClass.prototype : (Object.getPrototypeOf(modelClass.prototype) as object);
  installAccessors(meta, base);
  installMethods(meta, base);
  bindManagers(modelClass, meta);
  if (classPrepared.hasListeners()) classPrepared.sendSync(modelClass, {});
}

/** A class for the rows of a join table that no model describes. */
function joinTableClass(meta: ModelMeta): ModelClass {
  const made = class extends ModelBase {};
  Object.defineProperty(made, 'name', { value: meta.name, configurable: true });
  Object.defineProperty(made, 'label', { value: meta.label, configurable: true });
  setErrors(made, []);
  return made as unknown as ModelClass;
}
