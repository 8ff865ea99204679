import { typeError, ValueError } from '../../errors.js';
import type { ConstraintClass } from '../../schema/constraints.js';
import { Index, type IndexOptions } from '../../schema/indexes.js';
import type { ContribName } from '../../sql/value-type.js';
import { callable } from '../../util/callable.js';
import { didYouMean } from '../../util/closest.js';

type Setting = string | number | boolean;

/** A storage parameter: its name in PostgreSQL, and what it takes. */
interface Parameter {
  readonly name: string;
  readonly takes: 'boolean' | 'onOrOff' | readonly [least: number, most: number];
}

const GENERAL: readonly string[] = ['fields', 'name', 'dbTablespace', 'opclasses', 'condition', 'include'];
const fillfactor: Parameter = { name: 'fillfactor', takes: [10, 100] };

function checked(kind: string, option: string, { takes }: Parameter, value: unknown): Setting {
  if (takes === 'boolean' || takes === 'onOrOff') {
    if (typeof value === 'boolean') return takes === 'boolean' ? value : value ? 'on' : 'off';
    throw typeError('index', `${kind}: ${option} must be true or false.`);
  }
  const [least, most] = takes;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ValueError('index', `${kind}: ${option} must be a whole number from ${least} to ${most}.`);
}

/** The class of the indexes of one method, as data. */
interface Definition<O extends IndexOptions> {
  readonly kind: string;
  readonly method: string;
  /** The last part of a name that is made. */
  readonly suffix: string;
  readonly parameters: Readonly<Partial<Record<Exclude<keyof O, keyof IndexOptions> & string, Parameter>>>;
  /** Storage parameters that are not one to one with options. */
  readonly more?: (options: O, fields: number) => Readonly<Record<string, Setting>>;
  /** Options that `more` reads. */
  readonly read?: readonly string[];
}

/** An index's class: callable without `new`. */
type IndexClass<O extends IndexOptions> = ConstraintClass<Index, [...expressions: unknown[], options: O]>;

function defineIndex<O extends IndexOptions>({
  kind,
  method,
  suffix,
  parameters,
  more,
  read = [],
}: Definition<O>): IndexClass<O> {
  const own = parameters as Readonly<Record<string, Parameter>>;
  const known = [...GENERAL, ...Object.keys(own), ...read];
  const DefinedIndex = class extends Index {
    readonly #own: Readonly<Record<string, unknown>>;
    readonly #storage: Readonly<Record<string, Setting>>;

    constructor(...args: unknown[]) {
      super(...(args as [IndexOptions]));
      const options = args[args.length - 1] as O & Readonly<Record<string, unknown>>;
      const mine: Record<string, unknown> = {};
      const storage: Record<string, Setting> = {};
      for (const [option, value] of Object.entries(options)) {
        if (!known.includes(option))
          throw typeError('index', `${kind} has no option '${option}'.${didYouMean(option, known)}`);
        if (value === undefined || GENERAL.includes(option)) continue;
        mine[option] = value;
        if (Object.hasOwn(own, option)) storage[own[option]!.name] = checked(kind, option, own[option]!, value);
      }
      this.#own = Object.freeze(mine);
      this.#storage = Object.freeze({ ...storage, ...more?.(options, this.fields.length) });
    }
    override get method(): string {
      return method;
    }
    override get suffix(): string {
      return suffix;
    }
    override get contrib(): ContribName {
      return 'postgres';
    }
    override get storage(): Readonly<Record<string, Setting>> {
      return this.#storage;
    }
    override get ownOptions(): Readonly<Record<string, unknown>> {
      return this.#own;
    }
  };
  Object.defineProperty(DefinedIndex, 'name', { value: kind });
  return callable(DefinedIndex) as unknown as IndexClass<O>;
}

export interface BTreeIndexOptions extends IndexOptions {
  /** How full a page is at first, in percent. */
  readonly fillfactor?: number;
  /** Whether equal entries are kept once. */
  readonly deduplicateItems?: boolean;
}
/** The usual kind of index, with its storage parameters. */
export const BTreeIndex = defineIndex<BTreeIndexOptions>({
  kind: 'BTreeIndex',
  method: 'btree',
  suffix: 'btree',
  parameters: { fillfactor, deduplicateItems: { name: 'deduplicate_items', takes: 'boolean' } },
});

export interface GinIndexOptions extends IndexOptions {
  /** Whether new entries are gathered first; true by itself. */
  readonly fastupdate?: boolean;
  /** How much is gathered at most, in kilobytes. */
  readonly ginPendingListLimit?: number;
}
/** For values that hold others: arrays, JSON, vectors of search, trigrams. */
export const GinIndex = defineIndex<GinIndexOptions>({
  kind: 'GinIndex',
  method: 'gin',
  suffix: 'gin',
  parameters: {
    fastupdate: { name: 'fastupdate', takes: 'boolean' },
    ginPendingListLimit: { name: 'gin_pending_list_limit', takes: [64, 2_147_483_647] },
  },
});

export interface GistIndexOptions extends IndexOptions {
  /** Whether the build is buffered; PostgreSQL decides by itself. */
  readonly buffering?: boolean;
  readonly fillfactor?: number;
}
/** For ranges, shapes and nearest neighbours. */
export const GistIndex = defineIndex<GistIndexOptions>({
  kind: 'GistIndex',
  method: 'gist',
  suffix: 'gist',
  parameters: {
    buffering: { name: 'buffering', takes: 'onOrOff' },
    fillfactor,
  },
});

export interface SpGistIndexOptions extends IndexOptions {
  readonly fillfactor?: number;
}
/** For values that are found by parts of space: points, ranges, addresses, texts by their beginning. */
export const SpGistIndex = defineIndex<SpGistIndexOptions>({
  kind: 'SpGistIndex',
  method: 'spgist',
  suffix: 'spgist',
  parameters: { fillfactor },
});

export interface BrinIndexOptions extends IndexOptions {
  /** Whether new pages are summarized by themselves. */
  readonly autosummarize?: boolean;
  readonly pagesPerRange?: number;
}
/** Very small, for large tables whose rows lie in the order of the column: moments of creation. */
export const BrinIndex = defineIndex<BrinIndexOptions>({
  kind: 'BrinIndex',
  method: 'brin',
  suffix: 'brin',
  parameters: {
    autosummarize: { name: 'autosummarize', takes: 'boolean' },
    pagesPerRange: { name: 'pages_per_range', takes: [1, 131_072] },
  },
});

export interface HashIndexOptions extends IndexOptions {
  readonly fillfactor?: number;
}
/** Of one column, for equality alone. */
export const HashIndex = defineIndex<HashIndexOptions>({
  kind: 'HashIndex',
  method: 'hash',
  suffix: 'hash',
  parameters: { fillfactor },
});

export interface BloomIndexOptions extends IndexOptions {
  /** Bits of a row's signature, up to 4096. */
  readonly length?: number;
  /** Bits for each field, up to 4095, in the order of the fields. */
  readonly columns?: readonly number[];
}
/** One index for equality in any of many columns. Needs the extension bloom. */
export const BloomIndex = defineIndex<BloomIndexOptions>({
  kind: 'BloomIndex',
  method: 'bloom',
  suffix: 'bloom',
  parameters: { length: { name: 'length', takes: [1, 4096] } },
  read: ['columns'],
  more: ({ columns = [] }, fields) => {
    if (!Array.isArray(columns) || columns.length > Math.min(fields, 32))
      throw new ValueError(
        'index',
        'BloomIndex: columns must be a list of numbers, not more than there are fields, nor than 32.',
      );
    return Object.fromEntries(
      columns.map((bits, index) => [
        `col${index + 1}`,
        checked('BloomIndex', 'each of columns', { name: 'col', takes: [1, 4095] }, bits),
      ]),
    );
  },
});
