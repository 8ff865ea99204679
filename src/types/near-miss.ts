/** The value type of a key that is wrong; its text is what the editor shows. */
export interface LookupError<M extends string> {
  readonly '⚠': M;
}

/** "library.Book has no field 'titel'. Did you mean 'title'?": `Names` are what there is. */
export type NoField<L, H extends string, Names> = `${L & string} has no field '${H}'${Hint<H, Names>}`;

/** `. Did you mean 'title'?`, or nothing. */
export type Hint<H extends string, Names> = [Near<H, Names>] extends [never]
  ? ''
  : `. Did you mean '${Near<H, Names>}'?`;

/**
 * The names that differ from `H` by one letter (missing, added, changed), by two swapped letters, by case or by underscores. Three letters
 * are completed too. So short a text resembles much: with it only names of its own length or one letter more are compared, letter by letter.
 */
type Near<H extends string, Names> = NearTo<Lowercase<WithoutUnderscores<H>>, Names>;

type NearTo<H extends string, Names> = H extends `${string}${string}${string}${infer R}`
  ? R extends ''
    ?
        | Matching<Names, `${H}${string}`>
        | Matching<UpToThree<Names>, Gaps<H, ''>>
        | Matching<OfFour<Names>, Longer<H, ''>>
    : Matching<Names, H | Gaps<H, ''>>
  : H extends `${infer A}${infer B}`
    ? Matching<Names, `${B}${A}`> | Matching<OfThree<Names>, Longer<H, ''>>
    : never;

type Matching<Names, P> = Names extends string ? (Lowercase<Names> extends P ? Names : never) : never;

type WithoutUnderscores<H extends string> = H extends `${infer A}_${infer B}` ? `${A}${WithoutUnderscores<B>}` : H;

// A pattern `ti${string}le` stands for all names that share beginning and end with the misspelled one: no distances are computed.
type Gaps<Rest extends string, Before extends string> = Rest extends `${infer C}${infer After}`
  ?
      | `${Before}${string}${After}`
      | (After extends `${infer D}${infer Tail}` ? `${Before}${D}${C}${Tail}` : never)
      | Gaps<After, `${Before}${C}`>
  : never;

// All letters, and something between them.
type Longer<Rest extends string, Before extends string> = Rest extends `${infer C}${infer After}`
  ? `${Before}${string}${Rest}` | Longer<After, `${Before}${C}`>
  : `${Before}${string}`;

type UpToThree<N> = N extends `${string}${string}${string}${infer R}` ? (R extends '' ? N : never) : N;
type OfThree<N> = N extends `${string}${string}${string}${infer R}` ? (R extends '' ? N : never) : never;
type OfFour<N> = N extends `${string}${string}${string}${string}${infer R}` ? (R extends '' ? N : never) : never;
