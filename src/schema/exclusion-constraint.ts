import { typeError, ValueError } from '../errors.js';
import { isExpression } from '../expressions/expression.js';
import { callable } from '../util/callable.js';
import { Constraint, type ConstraintClass, type ConstraintOptions, Deferrable, isConditional } from './constraints.js';

/** The name of a field, or an expression, with the operator by which two rows are compared: `['room', '=']`. */
export type ExclusionTerm = readonly [expression: unknown, operator: string];

export interface ExclusionConstraintOptions extends ConstraintOptions {
  readonly expressions: readonly ExclusionTerm[];
  /** The method of its index; gist where it is not given. */
  readonly indexType?: 'gist' | 'spgist' | 'hash';
  /** Only rows that fulfil it are compared. */
  readonly condition?: unknown;
  readonly deferrable?: Deferrable;
  /** Columns that the index carries along. */
  readonly include?: readonly string[];
}

/** No two rows for which all operators hold (PostgreSQL). */
export interface ExclusionConstraint extends Constraint {
  readonly terms: readonly ExclusionTerm[];
  readonly indexType: 'gist' | 'spgist' | 'hash';
  readonly condition: unknown;
  readonly deferrable: Deferrable | null;
  readonly include: readonly string[];
  readonly options: ExclusionConstraintOptions;
}

const METHODS: readonly unknown[] = ['gist', 'spgist', 'hash'];
/** Characters of which PostgreSQL makes operators; two of their pairs begin comments. */
const OPERATOR = /^(?!.*(--|\/\*))[-+*/<>=~!@#%^&|`?]{1,63}$/;

function checkTerm(term: unknown, name: string): ExclusionTerm {
  const [expression, operator] = Array.isArray(term) ? (term as readonly unknown[]) : [];
  const isNamed = typeof expression === 'string' && expression !== '' && !expression.startsWith('-');
  if (!Array.isArray(term) || term.length !== 2 || !(isNamed || isExpression(expression)))
    throw typeError(
      'constraint',
      `ExclusionConstraint '${name}': expressions are pairs of a field's name or an expression, and an operator.`,
    );
  if (typeof operator !== 'string' || !OPERATOR.test(operator))
    throw new ValueError('constraint', `ExclusionConstraint '${name}': an operator is made of signs such as = or &&.`);
  return Object.freeze([expression, operator] as const);
}

export const ExclusionConstraint: ConstraintClass<ExclusionConstraint, [options: ExclusionConstraintOptions]> =
  callable(
    class ExclusionConstraint extends Constraint {
      readonly terms: readonly ExclusionTerm[];
      readonly indexType: 'gist' | 'spgist' | 'hash';
      readonly condition: unknown;
      readonly deferrable: Deferrable | null;
      readonly include: readonly string[];

      constructor(options: ExclusionConstraintOptions) {
        super(options);
        const { expressions, indexType = 'gist', condition = null, deferrable = null, include = [] } = options;
        const refuse = (message: string): never => {
          throw typeError('constraint', `ExclusionConstraint '${this.name}': ${message}`);
        };
        if (!Array.isArray(expressions) || expressions.length === 0)
          refuse('expressions must be a list of at least one pair.');
        if (!METHODS.includes(indexType)) refuse('indexType must be gist, spgist or hash.');
        if (condition !== null && !isConditional(condition)) refuse('the condition must be a condition.');
        if (deferrable !== null && !Object.values(Deferrable).includes(deferrable))
          refuse('deferrable must be Deferrable.DEFERRED or Deferrable.IMMEDIATE.');
        if (!Array.isArray(include) || include.some((field) => typeof field !== 'string'))
          refuse('include must be a list of names.');
        this.terms = Object.freeze(expressions.map((term) => checkTerm(term, this.name)));
        this.indexType = indexType;
        this.condition = condition;
        this.deferrable = deferrable;
        this.include = Object.freeze([...include]);
      }
      get options(): ExclusionConstraintOptions {
        return {
          ...this.baseOptions,
          expressions: this.terms,
          ...(this.indexType === 'gist' ? {} : { indexType: this.indexType }),
          ...(this.condition === null ? {} : { condition: this.condition }),
          ...(this.deferrable === null ? {} : { deferrable: this.deferrable }),
          ...(this.include.length === 0 ? {} : { include: this.include }),
        };
      }
    },
  );
