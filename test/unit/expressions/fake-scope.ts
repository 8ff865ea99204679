import '../../../src/lookups/builtins.js';
import { FieldError } from '../../../src/errors.js';
import { Expression } from '../../../src/expressions/expression.js';
import { F } from '../../../src/expressions/f.js';
import { OrderBy } from '../../../src/expressions/order-by.js';
import { QCondition } from '../../../src/expressions/q.js';
import { BinaryField } from '../../../src/fields/binary.js';
import { BooleanField } from '../../../src/fields/boolean.js';
import { DurationField } from '../../../src/fields/duration.js';
import type { Field } from '../../../src/fields/field.js';
import { JSONField } from '../../../src/fields/json.js';
import {
  BigIntegerField,
  DecimalField,
  FloatField,
  IntegerField,
  PositiveIntegerField,
} from '../../../src/fields/numeric.js';
import { DateField, DateTimeField, TimeField } from '../../../src/fields/temporal.js';
import { CharField, TextField } from '../../../src/fields/text.js';
import { UUIDField } from '../../../src/fields/uuid.js';
import type { LookupRight } from '../../../src/lookups/lookup.js';
import { lookupFor, transformFor } from '../../../src/lookups/registry.js';
import { and, column, not, or, order, param, select, xor } from '../../../src/sql/build.js';
import type { ExpressionNode, OrderNode } from '../../../src/sql/expression-nodes.js';
import type { Scope } from '../../../src/sql/resolvable.js';
import type { QueryNode } from '../../../src/sql/statement-nodes.js';

/** Fields of the one table that names mean here. */
export const fields: Readonly<Record<string, Field>> = {
  name: new CharField({ maxLength: 50 }),
  bio: new TextField(),
  pages: new IntegerField(),
  stock: new PositiveIntegerField(),
  views: new BigIntegerField(),
  weight: new FloatField(),
  price: new DecimalField({ maxDigits: 8, decimalPlaces: 2 }),
  day: new DateField(),
  created: new DateTimeField(),
  opens: new TimeField(),
  span: new DurationField(),
  active: new BooleanField(),
  data: new JSONField(),
  key: new UUIDField(),
  blob: new BinaryField(),
};

/** A QuerySet, as far as subqueries look at one. */
export const querySet = (shape: string | null = 'rows', node: QueryNode = oneColumn('pages')) => ({
  query: { shape: shape === null ? null : { key: shape }, inputs: [] },
  node,
});
export const oneColumn = (name: string): QueryNode =>
  select({
    columns: [{ expression: column('u', name, fields[name]!), alias: null }],
    from: { kind: 'table', name: 'other', alias: 'u' },
  });

/** A scope in which names are columns of table `t` (or `alias`) and conditions are read without any join. */
export class FakeScope implements Scope {
  readonly timeZone = 'Europe/Paris';
  readonly outer: Scope | null;
  readonly checking: boolean;
  constructor(
    readonly options: {
      outer?: Scope;
      checking?: boolean;
      alias?: string;
      annotations?: Readonly<Record<string, ExpressionNode>>;
    } = {},
  ) {
    this.outer = options.outer ?? null;
    this.checking = options.checking ?? false;
  }

  path(path: string): ExpressionNode {
    const annotated = this.options.annotations?.[path];
    if (annotated !== undefined) return annotated;
    const [first = '', ...rest] = path.split('__');
    const field = fields[first];
    if (field === undefined) throw new FieldError('unknown-field', `There is no field '${first}'.`);
    return rest.reduce(
      (node, name) => this.#transform(node, name),
      column(this.options.alias ?? 't', first, field) as ExpressionNode,
    );
  }

  #transform(node: ExpressionNode, name: string): ExpressionNode {
    const transform = transformFor(node.type, name);
    if (transform === null) throw new FieldError('unknown-lookup', `There is no transform '${name}'.`);
    return transform.toNode(node, { timeZone: this.timeZone, subject: name });
  }

  condition(condition: unknown): ExpressionNode {
    if (condition instanceof QCondition) {
      const parts = condition.children.map((child) => this.condition(child));
      const joined = { AND: and, OR: or, XOR: xor }[condition.connector](parts);
      return condition.negated && parts.length > 0 ? not(joined) : joined;
    }
    if (condition instanceof Expression) return condition.resolve(this);
    return and(Object.entries(condition as object).map(([path, value]) => this.lookup(path, value)));
  }

  /** `path__lookup: value` as a node. */
  lookup(path: string, value: unknown): ExpressionNode {
    const names = path.split('__');
    const last = names[names.length - 1]!;
    const named = names.length > 1 ? lookupFor(this.path(names.slice(0, -1).join('__')).type, last) : null;
    const left = this.path(named === null ? path : names.slice(0, -1).join('__'));
    const lookup = named ?? lookupFor(left.type, 'exact')!;
    const context = { timeZone: this.timeZone, subject: `Book.${names[0]}` };
    const right: LookupRight =
      value instanceof Expression
        ? value.resolve(this)
        : param(lookup.prepare(value, left.type, context), left.type, { path });
    return lookup.toNode(left, right, context);
  }

  subquery(given: unknown): QueryNode {
    return (given as { node: QueryNode }).node;
  }

  order(term: unknown): OrderNode[] {
    if (term instanceof OrderBy) return [term.toOrder(this)];
    if (term instanceof Expression) return [order(term.resolve(this))];
    const name = String(term);
    return [order(F(name.replace(/^-/, '')).resolve(this), name.startsWith('-'))];
  }
}

export const scope = new FakeScope();

/** A node as short text, for assertions that are about structure. */
export function show(node: ExpressionNode): string {
  switch (node.kind) {
    case 'column':
      return `${node.table}.${node.name}`;
    case 'param':
      return `?${String(node.value instanceof Uint8Array ? `bytes` : Array.isArray(node.value) ? `[${node.value.join(',')}]` : node.value)}`;
    case 'literal':
      return String(node.value).toUpperCase();
    case 'star':
      return '*';
    case 'call':
    case 'aggregate': {
      const inner = `${node.kind === 'aggregate' && node.distinct ? 'DISTINCT ' : ''}${node.args.map(show).join(', ')}`;
      const ordered =
        node.kind === 'aggregate' && node.orderBy.length > 0
          ? ` ORDER BY ${node.orderBy.map(showOrder).join(', ')}`
          : '';
      const filter = node.kind === 'aggregate' && node.filter !== null ? ` FILTER (${show(node.filter)})` : '';
      return `${node.name}(${inner}${ordered})${filter}`;
    }
    case 'binary':
    case 'temporalArithmetic':
    case 'comparison':
      return `(${show(node.left)} ${node.operator} ${show(node.right)})`;
    case 'negate':
      return `-${show(node.operand)}`;
    case 'between':
      return `(${show(node.operand)} BETWEEN ${show(node.low)} AND ${show(node.high)})`;
    case 'isNull':
      return `(${show(node.operand)} IS ${node.negated ? 'NOT ' : ''}NULL)`;
    case 'like':
    case 'regex':
      return `(${show(node.left)} ${node.ignoreCase ? 'I' : ''}${node.kind.toUpperCase()} ${show(node.pattern)})`;
    case 'in':
      return `(${show(node.operand)} IN ${'length' in node.choices ? `(${node.choices.map(show).join(', ')})` : node.choices.kind === 'listParam' ? `?[${node.choices.values.join(',')}]` : '(SELECT)'})`;
    case 'logical':
      return `(${node.operands.map(show).join(` ${node.connector} `)})`;
    case 'not':
      return `NOT ${show(node.operand)}`;
    case 'case':
      return `CASE ${node.whens.map((when) => `WHEN ${show(when.condition)} THEN ${show(when.result)}`).join(' ')}${node.otherwise === null ? '' : ` ELSE ${show(node.otherwise)}`} END`;
    case 'cast':
      return `CAST(${show(node.operand)} AS ${node.to.name})`;
    case 'collate':
      return `(${show(node.operand)} COLLATE ${node.collation})`;
    case 'window':
      return `${show(node.expression)} OVER (${node.partitionBy.map(show).join(', ')}; ${node.orderBy.map(showOrder).join(', ')}; ${node.frame === null ? '-' : JSON.stringify([node.frame.mode, node.frame.start, node.frame.end, node.frame.exclusion])})`;
    case 'subquery':
      return '(SELECT)';
    case 'exists':
      return 'EXISTS(SELECT)';
    case 'jsonPath':
      return `${show(node.operand)}${node.asText ? '->>' : '->'}${JSON.stringify(node.path)}`;
    case 'extract':
      return `EXTRACT(${node.part} ${show(node.operand)} ${node.timeZone ?? '-'})`;
    case 'trunc':
      return `TRUNC(${node.unit} ${show(node.operand)} ${node.timeZone ?? '-'})`;
    case 'raw':
      return node.texts
        .map((text, index) => text + (index < node.values.length ? show(node.values[index]!) : ''))
        .join('');
    default:
      return node.kind;
  }
}

const showOrder = (node: OrderNode): string =>
  `${show(node.expression)}${node.descending ? ' DESC' : ''}${node.nulls === null ? '' : ` NULLS ${node.nulls}`}`;

/** What an expression becomes, as short text. */
export const sqlOf = (expression: { resolve(scope: Scope): ExpressionNode }, within: Scope = scope): string =>
  show(expression.resolve(within));
/** The kind of the field that is the type of an expression. */
export const typeOf = (expression: { resolve(scope: Scope): ExpressionNode }, within: Scope = scope): string => {
  const { type } = expression.resolve(within);
  return (type as Partial<Field>).kind ?? type.columnType.name;
};
/** What a lookup becomes, as short text. */
export const where = (lookups: object, within = scope): string => show(within.condition(lookups));
