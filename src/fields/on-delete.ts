/** What happens to rows that refer to a deleted one. Without `DB_` the library follows references itself, before it deletes. */
export interface OnDelete {
  readonly action:
    | 'CASCADE'
    | 'PROTECT'
    | 'RESTRICT'
    | 'SET_NULL'
    | 'SET_DEFAULT'
    | 'SET'
    | 'DO_NOTHING'
    | 'DB_CASCADE'
    | 'DB_SET_NULL'
    | 'DB_SET_DEFAULT';
  /** SET: the value, or a function that gives it at the time of the deletion. */
  readonly value?: unknown;
}

const handlers = new WeakSet<object>();
function handler<A extends OnDelete['action']>(action: A, value?: unknown): OnDelete & { readonly action: A } {
  const made = Object.freeze(action === 'SET' ? { action, value } : { action });
  handlers.add(made);
  return made;
}

/** Whether `value` is one of the handlers; an object that merely looks like one is not. */
export function isOnDelete(value: unknown): value is OnDelete {
  return typeof value === 'object' && value !== null && handlers.has(value);
}

/** Deletes the rows that refer to a deleted one too. */
export const CASCADE = handler('CASCADE');
/** Refuses to delete what is referred to: ProtectedError. */
export const PROTECT = handler('PROTECT');
/** Refuses to delete what is referred to, unless the referring rows go in the same deletion: RestrictedError. */
export const RESTRICT = handler('RESTRICT');
/** Sets the reference to NULL. */
export const SET_NULL = handler('SET_NULL');
/** Sets the reference to the field's default. */
export const SET_DEFAULT = handler('SET_DEFAULT');
/** Does nothing; the database may refuse. */
export const DO_NOTHING = handler('DO_NOTHING');
/** ON DELETE CASCADE: the database deletes, and nobody is told. */
export const DB_CASCADE = handler('DB_CASCADE');
/** ON DELETE SET NULL. */
export const DB_SET_NULL = handler('DB_SET_NULL');
/** ON DELETE SET DEFAULT; the field needs a `dbDefault`. */
export const DB_SET_DEFAULT = handler('DB_SET_DEFAULT');

/** Sets the reference to a value, or to what a function gives at the time of the deletion. */
export function SET(value: unknown): OnDelete {
  return handler('SET', value);
}
