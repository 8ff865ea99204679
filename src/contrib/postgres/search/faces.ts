import type { Comparable } from '../../../types/comparable.js';
import type { AnyExpression, CallOf, Described, SureCall, ValueOf } from '../../../types/descriptions.js';
import type { Expression } from '../../../types/public/expressions.js';
import type { FieldClass, FieldOptions } from '../../../types/public/fields.js';

/** Public value of search in `nuages/postgres` → its type. */
export interface SearchFaces {
  SearchVectorField: SearchVectorFieldClass;
  SearchVector: SearchVectorFactory;
  SearchQuery: SearchQueryFactory;
  SearchRank: SearchRankFactory;
  SearchHeadline: SearchHeadlineFactory;
  TrigramSimilarity: TextComparison;
  TrigramDistance: TextComparison;
  TrigramWordSimilarity: WordComparison;
  TrigramWordDistance: WordComparison;
  TrigramStrictWordSimilarity: WordComparison;
  TrigramStrictWordDistance: WordComparison;
}

/** A document prepared for search. */
export interface SearchVectorFieldClass extends FieldClass<string, 'text', FieldOptions, {}> {}

/** Options of everything that a configuration decides. */
export interface SearchConfigOptions {
  /** The name of a configuration of text search (`english`), or an expression that gives it. */
  readonly config?: string | AnyExpression;
}

/** How much the words of a vector count: A most, D least. */
export type SearchWeight = 'A' | 'B' | 'C' | 'D';

/** Options of `SearchVector`. */
export interface SearchVectorOptions extends SearchConfigOptions {
  /** How much its words count; D by itself. */
  readonly weight?: SearchWeight;
}

/** A vector of words. */
export interface SearchVectorExpression<out D = unknown> extends Described<D> {
  /** This vector and the words of another. @example SearchVector('title', { weight: 'A' }).add(SearchVector('body')) */
  add<const E extends AnyExpression>(other: E): SearchVectorExpression<CallOf<string, this | E>>;
}

/** What `SearchVector` is. */
export interface SearchVectorFactory {
  <const A extends readonly [Text, ...Text[]]>(...texts: A): SearchVectorExpression<SureCall<string, A[number]>>;
  <const A extends readonly [Text, ...Text[]]>(
    ...texts: [...A, options: SearchVectorOptions]
  ): SearchVectorExpression<SureCall<string, A[number]>>;
}
type Text = string | AnyExpression;

/** Options of `SearchQuery`. */
export interface SearchQueryOptions extends SearchConfigOptions {
  /** How the text is read: words that must all be there (plain), a phrase, the syntax of to_tsquery (raw), or as search engines do. */
  readonly searchType?: 'plain' | 'phrase' | 'raw' | 'websearch';
  /** Finds what the text does not. */
  readonly invert?: boolean;
}

/** A query of a search. */
export interface SearchQueryExpression extends Described<ValueOf<string>> {
  /** Both. */
  and(other: SearchQueryExpression): SearchQueryExpression;
  /** Either. */
  or(other: SearchQueryExpression): SearchQueryExpression;
  /** What this does not find. */
  not(): SearchQueryExpression;
}

/** What `SearchQuery` is. */
export type SearchQueryFactory = (text: string | AnyExpression, options?: SearchQueryOptions) => SearchQueryExpression;

/** Options of `SearchRank`. */
export interface SearchRankOptions {
  /** How much words of the weights D, C, B and A count, in this order: numbers from 0 to 1; [0.1, 0.2, 0.4, 1] by itself. */
  readonly weights?: readonly [number, number, number, number];
  /** How the length of a document counts: a sum of 1, 2, 4, 8, 16 and 32. */
  readonly normalization?: number;
  /** Whether words that stand close to each other count more. */
  readonly coverDensity?: boolean;
}

/** What `SearchRank` is. */
export type SearchRankFactory = <const V extends string | AnyExpression>(
  vector: V,
  query: string | AnyExpression,
  options?: SearchRankOptions,
) => Expression<V extends string ? SureCall<number, V> : CallOf<number, V>>;

/** Options of `SearchHeadline`. */
export interface SearchHeadlineOptions extends SearchConfigOptions {
  /** What stands before a word that was found; `<b>` by itself. */
  readonly startSel?: string;
  /** What stands behind it; `</b>` by itself. */
  readonly stopSel?: string;
  readonly maxWords?: number;
  readonly minWords?: number;
  /** Words of this length or less are dropped at both ends. */
  readonly shortWord?: number;
  /** The whole document is the headline. */
  readonly highlightAll?: boolean;
  /** The most pieces of the document; 0 for one headline. */
  readonly maxFragments?: number;
  readonly fragmentDelimiter?: string;
}

/** What `SearchHeadline` is. */
export type SearchHeadlineFactory = <const E extends string | AnyExpression>(
  expression: E,
  query: string | AnyExpression,
  options?: SearchHeadlineOptions,
) => Expression<CallOf<string, E>>;

/** A number for how alike an expression and a text are. */
export type TextComparison = <const E extends string | AnyExpression>(
  expression: E,
  text: string | AnyExpression,
) => Expression<CallOf<number, E>>;
/** The same with the text first. */
export type WordComparison = <const E extends string | AnyExpression>(
  text: string | AnyExpression,
  expression: E,
) => Expression<CallOf<number, E>>;

/** What a lookup of texts takes: nothing where the field holds no text. */
type OfText<T> = [T] extends [string] ? Comparable<string> : never;

// By the way that applications take: the compiler loses augmentations that reach an interface by two.
declare module '../../../index.js' {
  interface FieldLookups<T> {
    search: OfText<T>;
    trigram_similar: OfText<T>;
    trigram_word_similar: OfText<T>;
    trigram_strict_word_similar: OfText<T>;
  }
  interface TextTransforms {
    unaccent: 'text';
  }
}
