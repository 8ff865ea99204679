import type {
  AggregateNode,
  AliasNode,
  ArithmeticOperator,
  BinaryNode,
  CallNode,
  CaseNode,
  CastNode,
  ColumnNode,
  ComparisonNode,
  ComparisonOperator,
  ExistsNode,
  ExpressionNode,
  InNode,
  IsNullNode,
  LikeNode,
  LiteralNode,
  LogicalNode,
  NestedQuery,
  NotNode,
  OrderNode,
  ParamNode,
  RegexNode,
  StarNode,
  SubqueryNode,
  TupleNode,
} from './expression-nodes.js';
import type { QueryNode, SelectNode } from './statement-nodes.js';
import type { IndexDef } from './table.js';
import type { ContribName, ValueType } from './value-type.js';
import { identity } from './value-type.js';

/** The type of conditions. Backends decode it to true and false. */
export const booleanType: ValueType<boolean> = Object.freeze({
  columnType: { name: 'boolean' },
  toDb: (value: boolean) => value,
  fromDb: identity,
});

export const column = (table: string | null, name: string, type: ValueType): ColumnNode => ({
  kind: 'column',
  table,
  name,
  type,
});

/** A bound value in JavaScript's meaning; `source` lets a cached plan find the value of the next query. */
export const param = (value: unknown, type: ValueType, source: object | null = null): ParamNode => ({
  kind: 'param',
  value,
  type,
  source,
  map: null,
});

/** The same parameter, its value passed through `map` (which must be pure: plans call it again for other values). */
export function mapParam(node: ParamNode, map: (value: any) => unknown, type: ValueType = node.type): ParamNode {
  const before = node.map;
  return { ...node, type, value: map(node.value), map: before === null ? map : (value) => map(before(value)) };
}

export const literal = (value: null | number | boolean, type: ValueType): LiteralNode => ({
  kind: 'literal',
  value,
  type,
});
export const TRUE: LiteralNode = Object.freeze(literal(true, booleanType));
export const FALSE: LiteralNode = Object.freeze(literal(false, booleanType));
export const isTrue = (node: ExpressionNode): boolean => node.kind === 'literal' && node.value === true;
export const isFalse = (node: ExpressionNode): boolean => node.kind === 'literal' && node.value === false;

export const star = (type: ValueType): StarNode => ({ kind: 'star', type });
export const alias = (name: string, type: ValueType): AliasNode => ({ kind: 'alias', name, type });
export const call = (
  name: string,
  args: readonly ExpressionNode[],
  type: ValueType,
  options?: CallNode['options'],
): CallNode =>
  options === undefined ? { kind: 'call', name, args, type } : { kind: 'call', name, args, type, options };

export function aggregate(
  name: string,
  args: readonly ExpressionNode[],
  type: ValueType,
  options: {
    distinct?: boolean;
    filter?: ExpressionNode | null;
    orderBy?: readonly OrderNode[];
    contrib?: ContribName | undefined;
  } = {},
): AggregateNode {
  const node: AggregateNode = {
    kind: 'aggregate',
    name,
    args,
    type,
    distinct: options.distinct ?? false,
    filter: options.filter ?? null,
    orderBy: options.orderBy ?? [],
  };
  return options.contrib === undefined ? node : { ...node, contrib: options.contrib };
}

export const binary = (
  left: ExpressionNode,
  operator: ArithmeticOperator,
  right: ExpressionNode,
  type: ValueType,
): BinaryNode => ({
  kind: 'binary',
  operator,
  left,
  right,
  type,
});
/** Several expressions as one value; `type` names the types of its parts. */
export const tuple = (items: readonly ExpressionNode[], type: ValueType): TupleNode => ({ kind: 'tuple', items, type });
/** The parts of a tuple, or of a parameter whose value is a list with one item for each part; null for anything else. */
export function partsOf(node: ExpressionNode): readonly ExpressionNode[] | null {
  if (node.kind === 'tuple') return node.items;
  if (node.kind !== 'param' || node.type.parts === undefined) return null;
  return node.type.parts.map((type, index) =>
    mapParam(node, (values: readonly unknown[] | null) => values?.[index] ?? null, type),
  );
}

export const compare = (left: ExpressionNode, operator: ComparisonOperator, right: ExpressionNode): ComparisonNode => ({
  kind: 'comparison',
  operator,
  left,
  right,
  type: booleanType,
});
/** `left = right`; tuples are equal when all their parts are. */
export function equal(left: ExpressionNode, right: ExpressionNode): ExpressionNode {
  const [some, others] = [partsOf(left), partsOf(right)];
  if (some === null || others === null || some.length !== others.length) return compare(left, '=', right);
  return and(some.map((part, index) => equal(part, others[index]!)));
}
/** `operand IS NULL`, negated `operand IS NOT NULL`; a tuple is null when any part is. */
export function isNull(operand: ExpressionNode, negated = false): ExpressionNode {
  if (operand.kind !== 'tuple') return { kind: 'isNull', operand, negated, type: booleanType } satisfies IsNullNode;
  const parts = operand.items.map((part) => isNull(part, negated));
  return negated ? and(parts) : or(parts);
}
export const like = (left: ExpressionNode, pattern: ExpressionNode, ignoreCase = false): LikeNode => ({
  kind: 'like',
  left,
  pattern,
  ignoreCase,
  type: booleanType,
});
export const regex = (left: ExpressionNode, pattern: ExpressionNode, ignoreCase = false): RegexNode => ({
  kind: 'regex',
  left,
  pattern,
  ignoreCase,
  type: booleanType,
});
export const between = (operand: ExpressionNode, low: ExpressionNode, high: ExpressionNode): ExpressionNode => ({
  kind: 'between',
  operand,
  low,
  high,
  type: booleanType,
});
export const isIn = (operand: ExpressionNode, choices: InNode['choices']): InNode => ({
  kind: 'in',
  operand,
  choices,
  type: booleanType,
});

/** All of `operands`; constants fold, nested ANDs flatten, nothing at all is TRUE. */
export function and(operands: readonly ExpressionNode[]): ExpressionNode {
  return connect('AND', operands, TRUE, FALSE);
}
/** Any of `operands`; constants fold, nested ORs flatten, nothing at all is FALSE. */
export function or(operands: readonly ExpressionNode[]): ExpressionNode {
  return connect('OR', operands, FALSE, TRUE);
}
function connect(
  connector: 'AND' | 'OR',
  operands: readonly ExpressionNode[],
  neutral: LiteralNode,
  absorbing: LiteralNode,
): ExpressionNode {
  const kept: ExpressionNode[] = [];
  for (const operand of operands) {
    if (operand.kind === 'literal' && operand.value === neutral.value) continue;
    if (operand.kind === 'literal' && operand.value === absorbing.value) return absorbing;
    if (operand.kind === 'logical' && operand.connector === connector) kept.push(...operand.operands);
    else kept.push(operand);
  }
  if (kept.length === 0) return neutral;
  if (kept.length === 1) return kept[0]!;
  return { kind: 'logical', connector, operands: kept, type: booleanType } satisfies LogicalNode;
}
export function xor(operands: readonly ExpressionNode[]): ExpressionNode {
  if (operands.length === 1) return operands[0]!;
  return { kind: 'logical', connector: 'XOR', operands, type: booleanType };
}
/** NOT; constants fold. A double negation stays: in three-valued logic it is not the same for every reader of the SQL. */
export function not(operand: ExpressionNode): ExpressionNode {
  if (isTrue(operand)) return FALSE;
  if (isFalse(operand)) return TRUE;
  return { kind: 'not', operand, type: booleanType } satisfies NotNode;
}

export const caseWhen = (whens: CaseNode['whens'], otherwise: ExpressionNode | null, type: ValueType): CaseNode => ({
  kind: 'case',
  whens,
  otherwise,
  type,
});
export const cast = (operand: ExpressionNode, type: ValueType): CastNode => ({
  kind: 'cast',
  operand,
  to: type.columnType,
  type,
});
export const order = (expression: ExpressionNode, descending = false, nulls: OrderNode['nulls'] = null): OrderNode => ({
  kind: 'order',
  expression,
  descending,
  nulls,
});
export const subquery = (query: QueryNode, type: ValueType): SubqueryNode => ({ kind: 'subquery', query, type });
export const exists = (query: QueryNode): ExistsNode => ({ kind: 'exists', query, type: booleanType });

/** The statement inside an expression: the only kinds that `NestedQuery` names. */
export const statementOf = (nested: NestedQuery): QueryNode => nested as QueryNode;

/** A SELECT in which everything that is not named is absent. */
export const select = (parts: Partial<SelectNode>): SelectNode => ({
  kind: 'select',
  ctes: [],
  recursive: false,
  distinct: false,
  distinctOn: [],
  columns: [],
  from: null,
  joins: [],
  where: null,
  groupBy: [],
  having: null,
  orderBy: [],
  slice: null,
  lock: null,
  oneRow: false,
  ...parts,
});

/** An index of columns, or of none yet, with nothing else to it. */
export const plainIndex = (name: string, columns: IndexDef['columns']): IndexDef => ({
  name,
  columns,
  expressions: [],
  condition: null,
  include: [],
  method: null,
});
