/** What to leave out of validation. */
export interface CleanOptions {
  readonly exclude?: Iterable<string>;
}
/** Which parts of validation run. */
export interface FullCleanOptions extends CleanOptions {
  readonly validateUnique?: boolean;
  readonly validateConstraints?: boolean;
}
export async function fullClean(_instance: object, _options: FullCleanOptions = {}): Promise<void> {}
export async function cleanFields(_instance: object, _options: CleanOptions = {}): Promise<void> {}
export async function validateUnique(_instance: object, _options: CleanOptions = {}): Promise<void> {}
export async function validateConstraints(_instance: object, _options: CleanOptions = {}): Promise<void> {}
