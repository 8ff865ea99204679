import { unresolvedReason } from '../expressions/output-type.js';
import { Field } from '../fields/field.js';
import type { ValueType } from '../sql/value-type.js';
import { getOrMake } from '../util/get-or-make.js';
import type { Lookup, Transform } from './lookup.js';

/** A class of fields: registrations hold for its subclasses too. */
export type FieldClass = abstract new (...args: never[]) => Field;
/** A function that may be registered as a transform: `registerLookups(CharField, Lower)`. */
export interface AsTransform {
  readonly transform: Transform;
}

interface Table {
  readonly lookups: Map<string, Lookup>;
  readonly transforms: Map<string, Transform>;
  /** Makes a transform of any name that nothing else knows: the keys of JSON documents. */
  anyName: ((name: string) => Transform | null) | null;
}

const tables = new WeakMap<object, Table>();
const columnTypes = new Map<string, object>();
/** What was found before, by class; emptied by every registration. */
let found = new WeakMap<object, Table>();

function tableOf(fieldClass: FieldClass): Table {
  return getOrMake(tables, fieldClass.prototype as object, emptyTable);
}
const emptyTable = (): Table => ({ lookups: new Map(), transforms: new Map(), anyName: null });

/**
 * Adds lookups and transforms to a class of fields and its subclasses. A name registered again, or again for a subclass, wins.
 *
 * @example
 * registerLookups(CharField, Length);           // filter({ name__length__gt: 3 })
 * registerLookups(IntegerField, {
 *   name: "ne",
 *   prepare: (value, type, context) => prepareFor(type, value, context),
 *   toNode: (left, right) => compare(left, "<>", rightSide(left, right)),
 * });
 */
export function registerLookups(
  fieldClass: FieldClass,
  ...definitions: readonly (Lookup | Transform | AsTransform)[]
): void {
  const table = tableOf(fieldClass);
  for (const given of definitions) {
    const definition = 'transform' in given ? given.transform : given;
    if ('prepare' in definition) table.lookups.set(definition.name, definition);
    else table.transforms.set(definition.name, definition);
  }
  found = new WeakMap();
}

/** Makes names that are no lookups or transforms of the class transforms: all of them, or those for which `make` gives one. */
export function registerAnyName(fieldClass: FieldClass, make: (name: string) => Transform | null): void {
  tableOf(fieldClass).anyName = make;
  found = new WeakMap();
}

/** Says which class of fields has the lookups of value types that are no fields, by the name of their column type. */
export function registerColumnType(name: string, fieldClass: FieldClass): void {
  columnTypes.set(name, fieldClass.prototype as object);
}

/** Everything that holds for a type, the nearest class first. Throws FieldError for a type that cannot be told. */
function known(type: ValueType): Table {
  const reason = unresolvedReason(type);
  if (reason !== null) throw reason;
  const start =
    type instanceof Field
      ? (Object.getPrototypeOf(type) as object)
      : (columnTypes.get(type.columnType.name) ?? Field.prototype);
  return getOrMake(found, start, tableFrom);
}

/** All that a class of fields has, its own and what it inherits. */
function tableFrom(start: object): Table {
  const all = emptyTable();
  for (let step: object | null = start; step !== null; step = Object.getPrototypeOf(step) as object | null) {
    const table = tables.get(step);
    if (table === undefined) continue;
    for (const [name, lookup] of table.lookups) if (!all.lookups.has(name)) all.lookups.set(name, lookup);
    for (const [name, transform] of table.transforms)
      if (!all.transforms.has(name)) all.transforms.set(name, transform);
    all.anyName ??= table.anyName;
  }
  return all;
}

/** The lookup of this name for values of this type, or null. */
export const lookupFor = (type: ValueType, name: string): Lookup | null => known(type).lookups.get(name) ?? null;

/** The transform of this name for values of this type, or null. */
export function transformFor(type: ValueType, name: string): Transform | null {
  const all = known(type);
  return all.transforms.get(name) ?? all.anyName?.(name) ?? null;
}

/** The names of all lookups and transforms of the type, for messages. */
export function lookupNames(type: ValueType): string[] {
  const all = known(type);
  return [...new Set([...all.lookups.keys(), ...all.transforms.keys()])].sort();
}
