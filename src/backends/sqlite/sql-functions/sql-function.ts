/** A value as the drivers give it to a function and take it back. A number goes back as REAL, a bigint as INTEGER. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** A function that SQL can call on our connections. */
export interface SqlFunction {
  readonly name: string;
  /** How many arguments it takes; -1 for any number. */
  readonly arity: number;
  /** Whether the same arguments always give the same result. */
  readonly deterministic: boolean;
  /** Whole numbers come as bigint rather than as number, for functions that must see all 64 bits, or tell 1 from 1.0. */
  readonly bigints: boolean;
  readonly call: (...args: any[]) => SqlValue;
}

/** An aggregate that SQL can call on our connections; `remove` takes the oldest row out of a moving window. */
export interface SqlAggregate<State = any> {
  readonly name: string;
  readonly arity: number;
  readonly bigints: boolean;
  readonly start: () => State;
  readonly add: (state: State, ...args: any[]) => State;
  readonly remove: (state: State, ...args: any[]) => State;
  readonly result: (state: State) => SqlValue;
}

/** A function that is NULL when any argument is, as most of SQL's are. */
export function strict(
  name: string,
  call: (...args: any[]) => SqlValue,
  options: { readonly bigints?: boolean; readonly arity?: number } = {},
): SqlFunction {
  return {
    name,
    arity: options.arity ?? call.length,
    deterministic: true,
    bigints: options.bigints ?? false,
    call: (...args) => {
      for (let index = 0; index < args.length; index++) if (args[index] === null) return null;
      return call(...args);
    },
  };
}
