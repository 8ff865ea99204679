/** Whether two types are the same, `any` and readonly told apart. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Fails to compile unless the two types are the same: `check<Same<typeof x, number>>()`. */
export declare function check<_T extends true>(): void;
