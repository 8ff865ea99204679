/**
 * Keys of what exists for the compiler alone. They are unique symbols so that they stay out of completion lists and cannot
 * collide with a field. Nothing has these keys at run time.
 */

/** On an instance: `[label](): 'library.Book'`. A method, so that in `Parent & Child` the child's is the one inferred. */
export declare const label: unique symbol;
/** On a model class: its full label. */
export declare const classLabel: unique symbol;
/** On a model class: all its fields, those of parents included. */
export declare const classFields: unique symbol;
/** On a model class: the fields that make columns and relations of its own table. */
export declare const classOwn: unique symbol;
/** On a model class: the labels of its concrete ancestors, a union. */
export declare const classAncestors: unique symbol;
/** On a model class: the options it was given. */
export declare const classOptions: unique symbol;
/** On an abstract class: marks it as one. */
export declare const classAbstract: unique symbol;
/** On a field: what the compiler knows of it. */
export declare const fieldInfo: unique symbol;
/** On a relation field: what the compiler knows of it. */
export declare const relationInfo: unique symbol;
/** On a composite key: the names of its fields. */
export declare const keyParts: unique symbol;
/** On a QuerySet: what it yields. */
export declare const row: unique symbol;
/** On a QuerySet: the names that it was annotated with, and their types. */
export declare const annotations: unique symbol;
/** On a related manager: the foreign key that it fills in itself. */
export declare const filledIn: unique symbol;
/** On an expression or condition: its description, resolved against the model that it meets. */
export declare const describes: unique symbol;
/** On an aggregate: the name that it gets when none is given. */
export declare const defaultAlias: unique symbol;
/** On a value: the kind of the fields that hold such values, where the type alone does not tell it. */
export declare const valueKind: unique symbol;
/** On the names that an editor offers, which tells them from what stands in a query; and in place of the keys of a query that is not there. */
export declare const offers: unique symbol;
