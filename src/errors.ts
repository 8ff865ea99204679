/** Options that every error of Nuages takes beside its message. */
export interface NuagesErrorOptions {
  /** The error that led to this one, such as the driver's own. */
  readonly cause?: unknown;
}

/** Messages of more characters are looked at; names in them of more than these are cut. */
const LONG_MESSAGE = 400;
const LONG_NAME = 120;

/** A message with very long names cut short: whoever made them need not read, log or pay for all of it. */
function shortened(message: string): string {
  if (message.length <= LONG_MESSAGE) return message;
  const cut = (text: string, end = ''): string =>
    text.length > LONG_NAME ? `${text.slice(0, LONG_NAME / 2)}…${end}` : text;
  return message.replace(/'[^']+'/g, (quoted) => cut(quoted, "'")).replace(/\S+/g, (word) => cut(word));
}

/**
 * The root of every error that Nuages throws on purpose.
 * `code` is stable across releases and is meant for programs; the message is meant for people.
 */
export class NuagesError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options: NuagesErrorOptions = {}) {
    super(shortened(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    // Minified or subclassed, the name that a stack shows is that of the class thrown.
    Object.defineProperty(this, 'name', { value: new.target.name, configurable: true, writable: true });
  }
}

/** A name in a query that the model does not have, or that cannot be used where it stands. */
export class FieldError extends NuagesError {}
/** `meta.getField(name)` was asked for a field that the model does not have. */
export class FieldDoesNotExist extends NuagesError {}
/** A value that cannot be what it is used for: Python's `ValueError`. */
export class ValueError extends NuagesError {}
/** A position outside of what there is: Python's `IndexError`. */
export class IndexError extends NuagesError {}
/** An attribute that does not exist on the object it is asked of: Python's `AttributeError`. */
export class AttributeError extends NuagesError {}
/** A relation or column that its row came without was read, and `fetchMode('raise')` forbids to query for it. */
export class FieldFetchBlocked extends NuagesError {}

/** No row matches. Every model has its own subclass: `Book.DoesNotExist`. */
export class ObjectDoesNotExist extends NuagesError {}
/** More than one row matches where one was wanted. Every model has its own subclass. */
export class MultipleObjectsReturned extends NuagesError {}

/** The configuration lacks something or contradicts itself. */
export class ImproperlyConfigured extends NuagesError {}
/** Models were used before `defineConfig` registered them. */
export class AppRegistryNotReady extends NuagesError {}
/** A transaction was used in a way that would lose or leak work. */
export class TransactionManagementError extends NuagesError {}

/** What a database error says about itself, as far as the driver tells it. */
export interface DatabaseErrorDetails extends NuagesErrorOptions {
  /** The statement that failed. */
  readonly sql?: string;
  /** The statement's parameters. They stay out of the message, which may reach a log. */
  readonly params?: readonly unknown[];
}

/** Any error that came from the database or its driver. The driver's own error is its `cause`. */
export class DatabaseError extends NuagesError {
  declare readonly sql?: string;
  declare readonly params?: readonly unknown[];
  constructor(code: string, message: string, details: DatabaseErrorDetails = {}) {
    super(code, message, details);
    // Not enumerable: parameters may hold secrets, and an error is often logged whole.
    if (details.sql !== undefined) Object.defineProperty(this, 'sql', { value: details.sql, enumerable: false });
    if (details.params !== undefined) {
      Object.defineProperty(this, 'params', { value: details.params, enumerable: false });
    }
  }
}

/** Which rule of the database a row would have broken. */
export type IntegrityErrorKind = 'unique' | 'foreign-key' | 'not-null' | 'check' | 'exclusion';

export interface IntegrityErrorDetails extends DatabaseErrorDetails {
  readonly kind?: IntegrityErrorKind;
  readonly constraint?: string;
  readonly table?: string;
  readonly columns?: readonly string[];
}

/** A row would break a rule of the database: a unique, foreign key, not-null or check constraint. */
export class IntegrityError extends DatabaseError {
  readonly kind: IntegrityErrorKind | undefined;
  readonly constraint: string | undefined;
  readonly table: string | undefined;
  readonly columns: readonly string[] | undefined;
  constructor(code: string, message: string, details: IntegrityErrorDetails = {}) {
    super(code, message, details);
    this.kind = details.kind;
    this.constraint = details.constraint;
    this.table = details.table;
    this.columns = details.columns;
  }
}

/** Objects cannot be deleted because others refer to them with `onDelete: PROTECT`. */
export class ProtectedError extends IntegrityError {
  readonly protectedObjects: ReadonlySet<object>;
  constructor(message: string, protectedObjects: ReadonlySet<object>) {
    super('protected', message);
    this.protectedObjects = protectedObjects;
  }
}

/** Objects cannot be deleted because others refer to them with `onDelete: RESTRICT`. */
export class RestrictedError extends IntegrityError {
  readonly restrictedObjects: ReadonlySet<object>;
  constructor(message: string, restrictedObjects: ReadonlySet<object>) {
    super('restricted', message);
    this.restrictedObjects = restrictedObjects;
  }
}

/** A value that the column's type cannot hold. */
export class DataError extends DatabaseError {}
/** The database could not do its work: locked, unreachable, out of space, cancelled. */
export class OperationalError extends DatabaseError {}
/** The statement itself is wrong: unknown table or column, wrong syntax. */
export class ProgrammingError extends DatabaseError {}
/** The database reports an error of its own. */
export class InternalError extends DatabaseError {}
/** The connection was used wrongly, or is gone. */
export class InterfaceError extends DatabaseError {}
/** The database (or this combination of calls) does not support what was asked. */
export class NotSupportedError extends DatabaseError {}

/** An update that was forced (`forceUpdate`, `updateFields`) met no row. Every model has its own subclass: `Book.NotUpdated`. */
export class ObjectNotUpdated extends DatabaseError {}

/** The key under which errors that belong to no single field stand. */
export const NON_FIELD_ERRORS = '__all__';

/** What a ValidationError is made of: a message, another error, a list of these, or lists by field. */
export type ValidationMessage =
  | string
  | ValidationError
  | readonly ValidationMessage[]
  | { readonly [field: string]: ValidationMessage };

export interface ValidationErrorOptions extends NuagesErrorOptions {
  /** Says which rule was broken: `invalid`, `max_length`, `unique` … */
  readonly code?: string;
  /** Fills in `%(name)s` in the message. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/**
 * Values that break a rule of their field or model: one error, a list, or lists by field.
 *
 * @example
 * throw new ValidationError('%(value)s is not even.', { code: 'odd', params: { value } });
 * throw new ValidationError({ title: 'Too dull.', pages: ['Too few.', 'Not even.'] });
 */
export class ValidationError extends NuagesError {
  /** The message before params are filled in; undefined for a list or lists by field. */
  readonly template: string | undefined;
  readonly params: Readonly<Record<string, unknown>> | undefined;
  /** Errors by field; undefined unless it was made of such. */
  readonly errorDict: Readonly<Record<string, readonly ValidationError[]>> | undefined;
  readonly #list: readonly ValidationError[] | undefined;

  constructor(message: ValidationMessage, options: ValidationErrorOptions = {}) {
    const parts = partsOf(message);
    super(options.code ?? parts.code ?? '', '', options);
    this.template = parts.template;
    this.params = options.params ?? parts.params;
    this.errorDict = parts.dict;
    this.#list = parts.list;
    this.message = this.messages.join(' ');
  }

  /** Every single error: itself, or what it was made of. */
  get errorList(): readonly ValidationError[] {
    if (this.errorDict !== undefined) return Object.values(this.errorDict).flat();
    return this.#list ?? [this];
  }

  /** Every message, params filled in. */
  get messages(): readonly string[] {
    return this.errorList.map((error) => fillIn(error.template ?? '', error.params));
  }

  /** Messages by field; those of an error that knows no fields stand under `__all__`. */
  get messageDict(): Readonly<Record<string, readonly string[]>> {
    const byField = this.updateErrorDict(Object.create(null) as Record<string, ValidationError[]>);
    const messages: Record<string, readonly string[]> = {};
    for (const [field, errors] of Object.entries(byField)) messages[field] = errors.flatMap((error) => error.messages);
    return messages;
  }

  /** Adds its errors to `errors`, by field, and returns it. */
  updateErrorDict(errors: Record<string, ValidationError[]>): Record<string, ValidationError[]> {
    const own = this.errorDict ?? { [NON_FIELD_ERRORS]: this.errorList };
    for (const [field, list] of Object.entries(own)) errors[field] = [...(errors[field] ?? []), ...list];
    return errors;
  }
}

interface ValidationParts {
  readonly template?: string | undefined;
  readonly code?: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly list?: readonly ValidationError[];
  readonly dict?: Readonly<Record<string, readonly ValidationError[]>> | undefined;
}

function partsOf(message: ValidationMessage): ValidationParts {
  if (typeof message === 'string') return { template: message };
  if (message instanceof ValidationError) {
    const { template, code, params, errorDict } = message;
    if (errorDict !== undefined) return { dict: errorDict };
    return template === undefined ? { list: message.errorList } : { template, code, params };
  }
  if (isList(message)) return { list: message.flatMap((item) => asError(item).errorList) };
  const dict: Record<string, readonly ValidationError[]> = {};
  for (const [field, item] of Object.entries(message)) dict[field] = asError(item).errorList;
  return { dict };
}

const isList = (message: unknown): message is readonly ValidationMessage[] => Array.isArray(message);
const asError = (message: ValidationMessage): ValidationError =>
  message instanceof ValidationError ? message : new ValidationError(message);

function fillIn(template: string, params: Readonly<Record<string, unknown>> | undefined): string {
  if (params === undefined) return template;
  return template.replace(/%\((\w+)\)[sd]|%%/g, (found, name: string | undefined) => {
    if (name === undefined) return '%';
    return Object.hasOwn(params, name) ? String(params[name]) : found;
  });
}

/**
 * A native `TypeError` with a code: an argument of the wrong kind.
 *
 * @example
 * throw typeError('undefined-filter', "filter({ id: undefined }) …")
 */
export function typeError(code: string, message: string): TypeError & { code: string } {
  return Object.assign(new TypeError(shortened(message)), { code });
}
