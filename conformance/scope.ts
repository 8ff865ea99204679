import type { Json, JsonObject } from './corpus.js';
import type { Dynamic, Library } from './dynamic.js';
import { expressionForms } from './expressions.js';
import { buildQuery } from './queries.js';
import { formOf, isObject, plainJson, scalarForms } from './values.js';
import type { World } from './worlds.js';

/** Objects that a step mentions, fetched before it starts: by the JSON node that names them. */
export type Prepared = ReadonlyMap<Json, Dynamic>;

/**
 * What names mean at one place of a query: the model it is about, the names it has made so far, and the query around
 * it. Everything that the corpus encodes is decoded through a scope.
 */
export class Scope {
  readonly aliases = new Map<string, string | null>();
  /** Names that instances of this query carry beside their fields. */
  readonly annotations = new Set<string>();
  /** Attributes that prefetches fill, and the model of their objects. */
  readonly prefetched = new Map<string, string | null>();

  constructor(
    readonly nuages: Library,
    readonly world: World,
    readonly model: string,
    readonly prepared: Prepared = new Map(),
    readonly outer?: Scope,
  ) {}

  /** A scope for a query inside this one. */
  inner(model: string): Scope {
    return new Scope(this.nuages, this.world, model, this.prepared, this);
  }

  /** A lookup path in Nuages' spelling. */
  path(path: string): string {
    return this.world.names.lookup(this.model, path, this.aliases);
  }

  /** A lookup path that may be preceded by a minus sign. */
  orderPath(path: string): string {
    return path.startsWith('-') ? `-${this.path(path.slice(1))}` : this.path(path);
  }

  /** Remembers a name that the query makes, in the spelling that it has in Nuages: only clashing names change. */
  alias(name: string, target: string | null = null): string {
    const clash = this.world.names.of(this.model).lookups.get(name);
    if (clash !== undefined) return clash.camel;
    this.aliases.set(name, target);
    return name;
  }

  /** A value: scalars, expressions, queries, instances; strings stay strings. */
  decode(node: Json): Dynamic {
    if (Array.isArray(node)) return node.map((item) => this.decode(item));
    if (!isObject(node)) return node;
    const form = formOf(node);
    if (form === undefined) return mapValues(node, (value) => this.decode(value));
    if (this.prepared.has(node)) return this.prepared.get(node);
    const argument = node[form]!;
    if (Object.hasOwn(scalarForms, form)) return scalarForms[form]!(argument, this.nuages);
    if (form === '$tuple') return (argument as readonly Json[]).map((item) => this.decode(item));
    if (form === '$query') return buildQuery(argument as JsonObject, this);
    if (form === '$new') return this.newInstance(argument as readonly [string, JsonObject]);
    if (Object.hasOwn(expressionForms, form)) return expressionForms[form]!(argument, this, node);
    throw new Error(`The runner does not know the form ${form}.`);
  }

  /** An expression: as `decode`, but a string names a field. */
  expression(node: Json): Dynamic {
    if (typeof node === 'string') return this.orderPath(node);
    // A whole float cannot be told from an integer in JavaScript, so its type is said.
    if (formOf(node) === '$float') {
      return this.nuages.Value(this.decode(node), { outputField: this.nuages.FloatField() });
    }
    return this.decode(node);
  }

  /** `{"publisher__in_print": …}` with names and values of Nuages, for `filter` and its like. */
  lookups(where: JsonObject): Record<string, Dynamic> {
    const entries = Object.entries(where).map(([path, value]) => {
      const isBigInJson = formOf(value) === '$bigint' && this.#isJson(path);
      return [this.path(path), isBigInJson ? plainJson(value) : this.decode(value)];
    });
    return Object.fromEntries(entries);
  }

  /** Whether a path leads into a JSON document, where a number is a float whatever its size. */
  #isJson(path: string): boolean {
    return this.world.names.of(this.model).types.get(path.split('__')[0]!) === 'JSONField';
  }

  /** `{"publisher_id": 1}` with names and values of Nuages, for instances of `model`. */
  attributes(values: JsonObject, model = this.model): Record<string, Dynamic> {
    const names = this.world.names;
    const entries = Object.entries(values).map(([name, value]) => [names.attribute(model, name), this.decode(value)]);
    return Object.fromEntries(entries);
  }

  /** An unsaved instance. */
  newInstance([model, attributes]: readonly [string, JsonObject]): Dynamic {
    return new (this.world.model(model))(this.attributes(attributes, model));
  }
}

/** The same object with each value changed. */
export function mapValues<T>(object: JsonObject, change: (value: Json, key: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
