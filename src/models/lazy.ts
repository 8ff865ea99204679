/** Something that is fetched when it is awaited, not before; it is fetched once. */
export class Lazy<T> implements PromiseLike<T> {
  readonly #load: () => Promise<T>;
  #promise: Promise<T> | null = null;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  // biome-ignore lint/suspicious/noThenProperty: it is awaited; that is what it is for
  then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#promise ??= this.#load();
    return this.#promise.then(fulfilled, rejected);
  }
}
