import type { QuerySet } from './public/queryset.js';
import type { RelatedManagerMethods, RemovingMethods } from './public/related-manager.js';
import type { ClassOf, InstanceOf } from './registered.js';

/** What `Book.objects` is: the model's own manager, with the methods of its QuerySet. */
export type ManagerOf<L> = ClassOf<L> extends { readonly objects: infer M } ? M : QuerySet<InstanceOf<L>>;

/**
 * The manager of many related objects: the target's own manager and the methods that change the relation.
 * `Field` is the foreign key that it fills in; `Removable` says whether objects can be taken out without being deleted.
 */
export type RelatedManagerTo<L, Field, Removable> = ManagerOf<L> &
  RelatedManagerMethods<InstanceOf<L>, Field> &
  (Removable extends true ? RemovingMethods<InstanceOf<L>> : {});
