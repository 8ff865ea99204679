import { MultipleObjectsReturned, ObjectDoesNotExist, ObjectNotUpdated } from '../errors.js';

interface WithErrors {
  readonly DoesNotExist?: typeof ObjectDoesNotExist;
  readonly MultipleObjectsReturned?: typeof MultipleObjectsReturned;
  readonly NotUpdated?: typeof ObjectNotUpdated;
}

/** Gives a model class its `DoesNotExist`, `MultipleObjectsReturned` and `NotUpdated`, which are also those of its first parent with a table. */
export function setErrors(modelClass: object, parents: readonly object[]): void {
  const parent = parents.find((each) => (each as WithErrors).DoesNotExist !== undefined) as WithErrors | undefined;
  const Missing = class DoesNotExist extends (parent?.DoesNotExist ?? ObjectDoesNotExist) {};
  const Many = class extends (parent?.MultipleObjectsReturned ?? MultipleObjectsReturned) {};
  const NotUpdated = class NotUpdated extends (parent?.NotUpdated ?? ObjectNotUpdated) {};
  Object.defineProperty(Many, 'name', { value: 'MultipleObjectsReturned' });
  Object.defineProperty(modelClass, 'DoesNotExist', { value: Missing, configurable: true });
  Object.defineProperty(modelClass, 'MultipleObjectsReturned', { value: Many, configurable: true });
  Object.defineProperty(modelClass, 'NotUpdated', { value: NotUpdated, configurable: true });
}
