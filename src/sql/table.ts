import type { ExpressionNode, OrderNode } from './expression-nodes.js';
import type { ColumnType, ContribName, DbValue } from './value-type.js';

/** A column as it stands in the database; made from models and by introspection alike. */
export interface ColumnDef {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  /** DEFAULT in the database: a literal or an expression without columns. */
  readonly default?: { readonly literal: DbValue } | { readonly expression: ExpressionNode } | null;
  readonly generated?: { readonly expression: ExpressionNode; readonly stored: boolean } | null;
  readonly comment?: string | null;
}
/** `ON DELETE` in the database; `null` where the library itself follows references. */
export type ReferentialAction = 'CASCADE' | 'SET NULL' | 'SET DEFAULT' | null;
export type ConstraintDef =
  | {
      readonly kind: 'unique';
      readonly name: string;
      readonly columns: readonly string[];
      readonly condition?: ExpressionNode | null;
      readonly expressions?: readonly OrderNode[];
      readonly deferrable?: 'deferred' | 'immediate' | null;
      readonly include?: readonly string[];
      readonly nullsDistinct?: boolean | null;
      readonly opclasses?: readonly string[];
    }
  | { readonly kind: 'check'; readonly name: string; readonly condition: ExpressionNode }
  | {
      readonly kind: 'foreignKey';
      readonly name: string;
      readonly columns: readonly string[];
      readonly table: string;
      readonly to: readonly string[];
      readonly onDelete: ReferentialAction;
    }
  | {
      /** No two rows for which all operators hold. */
      readonly kind: 'exclusion';
      readonly name: string;
      /** The method of its index: gist. */
      readonly method: string;
      readonly terms: readonly { readonly term: OrderNode; readonly operator: string }[];
      readonly condition: ExpressionNode | null;
      readonly deferrable: 'deferred' | 'immediate' | null;
      readonly include: readonly string[];
      readonly contrib: ContribName;
    };
export interface IndexDef {
  readonly name: string;
  readonly columns: readonly {
    readonly name: string;
    readonly descending: boolean;
    readonly opclass?: string | null;
  }[];
  readonly expressions: readonly OrderNode[];
  readonly condition: ExpressionNode | null;
  readonly include: readonly string[];
  /** btree where null; gin, gist, brin, hash … on PostgreSQL. */
  readonly method: string | null;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
  /** The part of `contrib/` that the method is of, where only one database has it; the others refuse it. */
  readonly contrib?: ContribName | null;
  readonly tablespace?: string | null;
}
/** A table as it stands in the database. */
export interface TableDef {
  readonly name: string;
  readonly columns: readonly ColumnDef[];
  readonly constraints: readonly ConstraintDef[];
  readonly indexes: readonly IndexDef[];
  readonly comment?: string | null;
  readonly tablespace?: string | null;
}
