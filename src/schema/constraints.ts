import { typeError, ValueError } from '../errors.js';
import { callable } from '../util/callable.js';
import { show } from '../util/show.js';

/** When a deferrable constraint is checked: at the end of the transaction, or at each statement unless told otherwise. */
export const Deferrable = Object.freeze({ DEFERRED: 'deferred', IMMEDIATE: 'immediate' } as const);
export type Deferrable = (typeof Deferrable)[keyof typeof Deferrable];

/** Options that every constraint takes. `name` may hold `%(app_label)s` and `%(class)s`. */
export interface ConstraintOptions {
  readonly name: string;
  readonly violationErrorCode?: string;
  readonly violationErrorMessage?: string;
}

/** A rule that the database keeps for every row of a table. */
export abstract class Constraint {
  readonly name: string;
  readonly violationErrorCode: string | null;
  readonly violationErrorMessage: string;

  constructor(options: ConstraintOptions) {
    const kind = new.target.name;
    if (typeof options !== 'object' || options === null)
      throw typeError('constraint', `${kind} takes options, not ${show(options)}.`);
    if (typeof options.name !== 'string' || options.name === '')
      throw typeError('constraint', `${kind} must be named: give it a name.`);
    this.name = options.name;
    this.violationErrorCode = options.violationErrorCode ?? null;
    this.violationErrorMessage = options.violationErrorMessage ?? 'Constraint “%(name)s” is violated.';
  }

  /** The class's public name. */
  get kind(): string {
    return this.constructor.name;
  }
  /** The options that make an equal constraint. */
  abstract get options(): ConstraintOptions;
  /** The expressions that it is over, before the options. */
  get expressions(): readonly unknown[] {
    return [];
  }
  /** The same constraint with other options. */
  clone(changes: Partial<ConstraintOptions> = {}): this {
    return Reflect.construct(this.constructor, [...this.expressions, { ...this.options, ...changes }]) as this;
  }
  /** For the class that inherits it from an abstract model: the placeholders of the name filled in. */
  forModel(appLabel: string, modelName: string): this {
    const name = fillName(this.name, appLabel, modelName);
    return name === this.name ? this : this.clone({ name });
  }
  protected get baseOptions(): ConstraintOptions {
    return {
      name: this.name,
      ...(this.violationErrorCode === null ? {} : { violationErrorCode: this.violationErrorCode }),
      violationErrorMessage: this.violationErrorMessage,
    };
  }
}

/** `%(app_label)s_%(class)s_idx` for `library.Book` → `library_book_idx`. */
export function fillName(name: string, appLabel: string, modelName: string): string {
  return name.replaceAll('%(app_label)s', appLabel.toLowerCase()).replaceAll('%(class)s', modelName.toLowerCase());
}

export interface CheckConstraintOptions extends ConstraintOptions {
  /** What holds for every row: a condition over its own columns. */
  readonly condition: unknown;
}

/**
 * A condition that holds for every row.
 *
 * @example
 * CheckConstraint({ name: 'price_positive', condition: { price__gt: 0 } })
 */
export interface CheckConstraint extends Constraint {
  readonly condition: unknown;
  readonly options: CheckConstraintOptions;
}
export const CheckConstraint: ConstraintClass<CheckConstraint, [options: CheckConstraintOptions]> = callable(
  class CheckConstraint extends Constraint {
    readonly condition: unknown;
    constructor(options: CheckConstraintOptions) {
      super(options);
      if (!isConditional(options.condition)) {
        throw typeError(
          'constraint',
          'CheckConstraint: the condition must be a condition (an object of lookups, Q or a boolean expression).',
        );
      }
      this.condition = options.condition;
    }
    get options(): CheckConstraintOptions {
      return { ...this.baseOptions, condition: this.condition };
    }
  },
);

/** A constraint class: callable with and without `new`. */
export interface ConstraintClass<T, A extends readonly unknown[]> {
  new (...args: A): T;
  (...args: A): T;
  readonly prototype: T;
}

export interface UniqueConstraintOptions extends ConstraintOptions {
  readonly fields?: readonly string[];
  /** Only rows that fulfil it are compared. */
  readonly condition?: unknown;
  readonly deferrable?: Deferrable;
  /** Columns that the index carries along (PostgreSQL). */
  readonly include?: readonly string[];
  /** Operator classes, one for each field (PostgreSQL). */
  readonly opclasses?: readonly string[];
  /** Whether two NULLs differ (PostgreSQL 15). */
  readonly nullsDistinct?: boolean;
}

/**
 * No two rows are alike in these fields or expressions.
 *
 * @example
 * UniqueConstraint({ name: 'unique_slug', fields: ['blog', 'slug'] })
 * UniqueConstraint(Lower('email'), { name: 'unique_email' })
 */
export interface UniqueConstraint extends Constraint {
  readonly fields: readonly string[];
  readonly condition: unknown;
  readonly deferrable: Deferrable | null;
  readonly include: readonly string[];
  readonly opclasses: readonly string[];
  readonly nullsDistinct: boolean | null;
  readonly options: UniqueConstraintOptions;
  /** Whether it holds for all rows by columns alone: then it counts as a key. */
  readonly isTotal: boolean;
}
export const UniqueConstraint: ConstraintClass<
  UniqueConstraint,
  [...expressions: unknown[], options: UniqueConstraintOptions]
> = callable(
  class UniqueConstraint extends Constraint {
    readonly fields: readonly string[];
    readonly condition: unknown;
    readonly deferrable: Deferrable | null;
    readonly include: readonly string[];
    readonly opclasses: readonly string[];
    readonly nullsDistinct: boolean | null;
    readonly #expressions: readonly unknown[];

    constructor(...args: [...expressions: unknown[], options: UniqueConstraintOptions]) {
      const options = args[args.length - 1] as UniqueConstraintOptions;
      super(options);
      const expressions = args.slice(0, -1);
      const refuse = (message: string): never => {
        throw new ValueError('constraint', `UniqueConstraint '${this.name}': ${message}`);
      };
      const {
        fields = [],
        condition = null,
        deferrable = null,
        include = [],
        opclasses = [],
        nullsDistinct = null,
      } = options;
      for (const [option, list] of Object.entries({ fields, include, opclasses })) {
        if (!Array.isArray(list))
          throw typeError('constraint', `UniqueConstraint '${this.name}': ${option} must be a list of names.`);
      }
      if (fields.length === 0 && expressions.length === 0) refuse('at least one field or expression is needed.');
      if (fields.length > 0 && expressions.length > 0) refuse('fields and expressions exclude each other.');
      if (condition !== null && !isConditional(condition)) {
        throw typeError('constraint', `UniqueConstraint '${this.name}': the condition must be a condition.`);
      }
      if (condition !== null && deferrable !== null) refuse('with a condition it cannot be deferred.');
      if (include.length > 0 && deferrable !== null) refuse('with include it cannot be deferred.');
      if (opclasses.length > 0 && deferrable !== null) refuse('with opclasses it cannot be deferred.');
      if (expressions.length > 0 && deferrable !== null) refuse('with expressions it cannot be deferred.');
      if (expressions.length > 0 && opclasses.length > 0)
        refuse('opclasses go with fields; with expressions use OpClass().');
      if (deferrable !== null && !Object.values(Deferrable).includes(deferrable)) {
        throw typeError(
          'constraint',
          `UniqueConstraint '${this.name}': deferrable must be Deferrable.DEFERRED or Deferrable.IMMEDIATE.`,
        );
      }
      if (opclasses.length > 0 && opclasses.length !== fields.length)
        refuse('fields and opclasses must be of the same number.');
      if (nullsDistinct !== null && typeof nullsDistinct !== 'boolean') {
        throw typeError('constraint', `UniqueConstraint '${this.name}': nullsDistinct must be true or false.`);
      }
      this.fields = Object.freeze([...fields]);
      this.condition = condition;
      this.deferrable = deferrable;
      this.include = Object.freeze([...include]);
      this.opclasses = Object.freeze([...opclasses]);
      this.nullsDistinct = nullsDistinct;
      this.#expressions = Object.freeze(expressions);
    }
    override get expressions(): readonly unknown[] {
      return this.#expressions;
    }
    get isTotal(): boolean {
      return this.condition === null && this.#expressions.length === 0;
    }
    get options(): UniqueConstraintOptions {
      return {
        ...this.baseOptions,
        ...(this.fields.length === 0 ? {} : { fields: this.fields }),
        ...(this.condition === null ? {} : { condition: this.condition }),
        ...(this.deferrable === null ? {} : { deferrable: this.deferrable }),
        ...(this.include.length === 0 ? {} : { include: this.include }),
        ...(this.opclasses.length === 0 ? {} : { opclasses: this.opclasses }),
        ...(this.nullsDistinct === null ? {} : { nullsDistinct: this.nullsDistinct }),
      };
    }
  },
);

/** Whether a value can be a condition at all; the query side knows which objects are. */
export function isConditional(value: unknown): boolean {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && !Array.isArray(value);
}
