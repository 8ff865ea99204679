import { Signal } from './signal.js';

/** A signal whose senders are model classes: receivers may name them by label (`library.Book`) before they exist. */
export class ModelSignal<Payload extends object> extends Signal<Payload> {
  protected override matches(wanted: object | string, sender: object): boolean {
    return typeof wanted === 'string' ? wanted === (sender as { readonly label?: unknown }).label : wanted === sender;
  }
}

interface InstanceEvent {
  readonly instance: object;
  /** Alias of the database. */
  readonly using: string;
}
interface SaveEvent extends InstanceEvent {
  /** The values are written as they are: a fixture is being loaded. */
  readonly raw: boolean;
  /** The names given as `updateFields`; null when all are saved. */
  readonly updateFields: ReadonlySet<string> | null;
}
interface DeleteEvent extends InstanceEvent {
  /** The instance or QuerySet whose `delete()` was called. */
  readonly origin: object;
}
/** What a many-to-many relation is about to do, or has done. */
export type ManyToManyAction = 'pre_add' | 'post_add' | 'pre_remove' | 'post_remove' | 'pre_clear' | 'post_clear';
interface ManyToManyEvent extends InstanceEvent {
  readonly action: ManyToManyAction;
  /** The change was asked for on the side that does not declare the field. */
  readonly reverse: boolean;
  /** The class of the objects that are added or removed. */
  readonly model: object;
  /** Their keys; null when the relation is cleared. */
  readonly pkSet: ReadonlySet<unknown> | null;
}
interface MigrateEvent {
  readonly appLabel: string;
  readonly using: string;
  readonly plan: readonly unknown[];
}

/** Before `save()` writes. Not sent by `update()`, `bulkCreate()` and `bulkUpdate()`. */
export const preSave = new ModelSignal<SaveEvent>();
/** After `save()` wrote; `created` says whether the row is new. */
export const postSave = new ModelSignal<SaveEvent & { readonly created: boolean }>();
/** Before a row is deleted: sent for each instance, also for those that a deletion takes along. */
export const preDelete = new ModelSignal<DeleteEvent>();
/** After a row was deleted; the instance still has its key. */
export const postDelete = new ModelSignal<DeleteEvent>();
/** Around each change of a many-to-many relation through its manager; the sender is the class of the join table. */
export const m2mChanged = new ModelSignal<ManyToManyEvent>();
/** Before an instance takes its values. Receivers must be synchronous. */
export const preInit = new ModelSignal<{ readonly values: object }>();
/** After an instance took its values. Receivers must be synchronous. */
export const postInit = new ModelSignal<{ readonly instance: object }>();
/** After a model class was registered. Receivers must be synchronous. */
export const classPrepared = new ModelSignal<object>();
/** Before the migrations of an app run. */
export const preMigrate = new Signal<MigrateEvent>();
/** After the migrations of an app ran. */
export const postMigrate = new Signal<MigrateEvent>();
