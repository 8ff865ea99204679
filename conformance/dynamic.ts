/**
 * A value whose type only the corpus knows. The worlds' models are built at run time, from data: no static type can
 * describe their fields, and so the runner calls the library through this one hole in the type system.
 */
// biome-ignore lint/suspicious/noExplicitAny: the reason is given above.
export type Dynamic = any;

/** The library's public entry point, by name: `nuages.CharField`, `nuages['Lower']`. */
export type Library = Readonly<Record<string, Dynamic>>;
