/** A file that a row names: the value of a FileField. The bytes are in a storage. */
export interface FieldFile {
  /** Path within the storage; `''` without a file. */
  readonly name: string;
  /** Address for browsers, by the storage. */
  readonly url: string;
  /** Bytes. Asks the storage. */
  readonly size: number | Promise<number>;
  /** Stores `content` under `name` and, unless `save` is false, saves the instance. */
  save(name: string, content: unknown, options?: { readonly save?: boolean }): Promise<void>;
  /** A stream of the content. */
  open(): unknown;
  /** Deletes the file and, unless `save` is false, saves the instance. */
  delete(options?: { readonly save?: boolean }): Promise<void>;
  toString(): string;
}
