import type { AnyExpression, SameAs } from '../../types/descriptions.js';
import type { Expression } from '../../types/public/expressions.js';

/** Public value of the schema in `nuages/postgres` → its type. */
export interface SchemaFaces {
  OpClass: OpClassFactory;
}

/** What `OpClass` is. */
export type OpClassFactory = <const E extends string | AnyExpression>(
  expression: E,
  options: { readonly name: string },
) => Expression<SameAs<E>>;
