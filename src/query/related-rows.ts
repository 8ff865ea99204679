import { typeError } from '../errors.js';
import { instances } from '../schema/instance.js';
import type { ModelMeta, Relation } from '../schema/model-meta.js';
import { cacheName, forgetRelated } from './absent.js';
import type { Query } from './query.js';
import type { Extras, QuerySet } from './queryset.js';

export type QuerySetClass = new (query: Query | (() => Query), extras?: Extras) => QuerySet;
/** A manager of what one instance is related to. */
export type RelatedManagerClass<M extends QuerySet> = new (
  query: Query | (() => Query),
  extras: Extras,
  instance: object,
  relation: Relation,
) => M;

/** What a related manager knows beside its query. */
export interface RelatedRows {
  readonly instance: object;
  readonly relation: Relation;
  /** The related objects that a prefetch loaded; null when the database must be asked. */
  readonly prefetched: object[] | null;
  /** What was prefetched is no longer what is there. */
  forget(): void;
}

/**
 * The part that all related managers share: they belong to one instance and relation, and answer from what a prefetch put
 * there as long as nothing more is asked.
 */
export function relatedRows(Base: QuerySetClass): RelatedManagerClass<QuerySet & RelatedRows> {
  return class extends Base {
    readonly instance: object;
    readonly relation: Relation;

    constructor(query: Query | (() => Query), extras: Extras, instance: object, relation: Relation) {
      super(query, extras);
      this.instance = instance;
      this.relation = relation;
    }

    get prefetched(): object[] | null {
      const kept = instances().cached(this.instance, cacheName(this.relation));
      return Array.isArray(kept) ? (kept as object[]) : null;
    }
    forget(): void {
      forgetRelated(this.instance, this.relation);
    }

    override async rows(): Promise<unknown[]> {
      return this.prefetched ?? super.rows();
    }
    override all(): QuerySet {
      const kept = this.prefetched;
      return kept === null ? super.all() : super.all().setRows(kept);
    }
    override async count(): Promise<number> {
      return this.prefetched?.length ?? super.count();
    }
    override async exists(): Promise<boolean> {
      const kept = this.prefetched;
      return kept === null ? super.exists() : kept.length > 0;
    }
    override async contains(object: unknown): Promise<boolean> {
      return this.prefetched === null ? super.contains(object) : this.all().contains(object);
    }
    override slice(start?: unknown, end?: unknown): QuerySet {
      return this.prefetched === null ? super.slice(start, end) : this.all().slice(start, end);
    }
    override async at(index: number): Promise<unknown> {
      return this.prefetched === null ? super.at(index) : this.all().at(index);
    }
  };
}

/** The arguments of add() and remove(): objects, and options as the last one. */
export function objectsAndOptions<O extends object>(
  args: readonly unknown[],
  names: readonly string[],
): [objects: unknown[], options: Partial<O>] {
  const last = args[args.length - 1];
  return isOptions(last, names, args.length > 1) ? [args.slice(0, -1), last as Partial<O>] : [[...args], {}];
}

/** Whether an argument is a plain object of known options; an empty one only where something stands before it. */
function isOptions(value: unknown, names: readonly string[], mayBeEmpty: boolean): boolean {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  const keys = Object.keys(value);
  return keys.every((name) => names.includes(name)) && (mayBeEmpty || keys.length > 0);
}

/** What set() takes: a list, or a QuerySet, which is asked. */
export type Listed = Iterable<unknown> | PromiseLike<Iterable<unknown>>;
export const listed = async (objects: Listed): Promise<unknown[]> => [...(await objects)];

/** Whether `meta` is the model, a proxy of it or a child. */
export const isKindOf = (meta: ModelMeta, wanted: ModelMeta): boolean =>
  meta.concrete === wanted.concrete || meta.concrete.ancestors.has(wanted.concrete);

/** An argument as an instance of the model. Throws TypeError for anything else. */
export function instanceOf(meta: ModelMeta, value: unknown, method: string): object {
  const other = instances().metaOf(value);
  if (other !== null && isKindOf(other, meta)) return value as object;
  throw typeError(
    'not-an-instance',
    `${method}() takes instances of ${meta.label}, not ${other === null ? describe(value) : `of ${other.label}`}.`,
  );
}

const describe = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
