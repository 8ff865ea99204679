/** The value under key `H` of a JSON value: typed where `T` tells, else unknown. Any key is accepted. */
export type JSONAt<T, H extends string> = unknown extends T
  ? unknown
  : NonNullable<T> extends infer V
    ? V extends readonly (infer E)[]
      ? H extends `${number}`
        ? E
        : unknown
      : H extends keyof V
        ? V[H]
        : unknown
    : never;
