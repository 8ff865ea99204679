import { DataError, NuagesError, typeError, ValueError } from '../errors.js';
import type { SqlNode } from '../sql/statement-nodes.js';
import type { ColumnType, DbValue, ValueType } from '../sql/value-type.js';
import { identity } from '../sql/value-type.js';
import { getOrMake } from '../util/get-or-make.js';
import { codecOf } from './contrib.js';
import type { CompiledParam, Dialect, ParamIdentity, SqlWriter } from './dialect.js';
import { encodePlain } from './plain-values.js';

type Encode = (value: any) => unknown;

/** Encoders by dialect and type; both live as long as the models that name them. */
const encoders = new WeakMap<Dialect, WeakMap<ValueType, Encode>>();

/**
 * From JavaScript's meaning to the driver's form: the type's conversion, then the dialect's. Null stays null.
 * Composed once for each type and dialect.
 */
export function encoderOf(type: ValueType, dialect: Dialect): Encode {
  const byType = getOrMake(encoders, dialect, () => new WeakMap());
  return getOrMake(byType, type, () => composeEncoder(type, dialect));
}

function composeEncoder(type: ValueType, dialect: Dialect): Encode {
  if (type.columnType.name === 'any') return (value) => encodePlain(value, dialect);
  const { encode, encodeColumn = encode } = codecOf(type.columnType, dialect);
  const codec = type.limited === true ? encodeColumn : encode;
  const check = type.limited === true ? rangeCheck(type.columnType, dialect) : null;
  return (value) => {
    if (value === null) return null;
    if (value === undefined)
      throw typeError('undefined-parameter', 'A parameter of a statement is undefined; use null for NULL.');
    const neutral = type.toDb(value);
    check?.(neutral as number | bigint);
    return neutral === null || codec === identity ? neutral : codec(neutral);
  };
}

/**
 * Refuses whole numbers that a column cannot hold; null where every number of its type fits. A negative number for a column that
 * takes none is left to the database, whose CHECK says which column it was.
 */
function rangeCheck(type: ColumnType, dialect: Dialect): ((value: number | bigint) => void) | null {
  const range = dialect.features.integerRanges[type.name];
  if (range === undefined) return null;
  const [min, max] = range[0] === 0n ? [-range[1] - 1n, range[1]] : range;
  const [low, high] = [Number(min), Number(max)];
  return (value) => {
    // numbers are compared with numbers, as nearly all are
    if (typeof value === 'number' ? value >= low && value <= high : value >= min && value <= max) return;
    throw new DataError(
      'out-of-range',
      `A column of the type ${type.name} holds whole numbers from ${range[0]} to ${max} on ${dialect.label}.`,
    );
  };
}

/** `map` before `encode`; maps see null too, since only they know what it means to them. */
export const encodeMapped = (map: ((value: any) => unknown) | null, encode: Encode): Encode =>
  map === null ? encode : (value) => encode(map(value));

/** Gathers text and parameters. One writer for one statement. */
export class Writer implements SqlWriter {
  readonly dialect: Dialect;
  /** True where no parameter can stand (DDL): values are written as literals by `dialect.literal`. */
  readonly #literals: boolean;
  #sql = '';
  #depth = 0;
  readonly #params: CompiledParam[] = [];
  readonly #databases: string[] = [];
  /** By what their values come from: the parameters that may be written once more, with their numbers. */
  #known: Map<object, { readonly identity: ParamIdentity; readonly index: number }[]> | null = null;

  constructor(dialect: Dialect, options: { readonly literals?: boolean } = {}) {
    this.dialect = dialect;
    this.#literals = options.literals ?? false;
  }

  get sql(): string {
    return this.#sql;
  }
  get params(): readonly CompiledParam[] {
    return this.#params;
  }
  get databases(): readonly string[] {
    return this.#databases;
  }
  get depth(): number {
    return this.#depth;
  }

  text(sql: string): this {
    this.#sql += sql;
    return this;
  }

  name(identifier: string): this {
    this.#sql += this.dialect.quoteName(identifier);
    return this;
  }

  node(node: SqlNode): this {
    // The table is typed kind by kind; that kind and node belong together is what its type says.
    const visit = this.dialect.visits[node.kind] as ((node: SqlNode, out: SqlWriter) => void) | undefined;
    if (visit === undefined)
      throw new NuagesError('unknown-node', `There is no SQL for a node of kind '${String(node.kind)}'.`);
    visit(node, this);
    return this;
  }

  list(nodes: readonly SqlNode[], separator = ', '): this {
    return this.each(nodes, (node) => this.node(node), separator);
  }

  each<T>(items: readonly T[], write: (item: T) => void, separator = ', '): this {
    for (let index = 0; index < items.length; index++) {
      if (index > 0) this.#sql += separator;
      write(items[index]!);
    }
    return this;
  }

  param(param: Parameters<SqlWriter['param']>[0], told?: unknown): this {
    const { value, type, source, map } = param;
    if (this.#literals) {
      this.#sql += this.dialect.literal(
        value === null || value === undefined ? null : type.toDb(value),
        type.columnType,
      );
      return this;
    }
    // `value` is already mapped; a later run starts from the source's value and maps it again.
    const encode = encoderOf(type, this.dialect);
    const identity = told === undefined ? null : ([source ?? param, type, map, told] as const);
    return this.input({ source, encode: encodeMapped(map, encode), value: encode(value) }, identity);
  }

  input(param: CompiledParam, identity: ParamIdentity | null = null): this {
    if (this.#literals)
      throw new ValueError('no-parameters-here', 'Parameters cannot stand in the definition of a table.');
    let index = identity === null ? 0 : this.#indexOf(identity);
    if (index === 0) {
      index = this.#params.push(param);
      if (identity !== null) this.#remember(identity, index);
    }
    this.#sql += this.dialect.placeholder(index);
    return this;
  }

  /** The number of the parameter that was written before, 0 for none. */
  #indexOf(identity: ParamIdentity): number {
    const same = this.#known
      ?.get(identity[0])
      ?.find((known) => identity.every((part, place) => part === known.identity[place]));
    return same?.index ?? 0;
  }

  #remember(identity: ParamIdentity, index: number): void {
    this.#known ??= new Map();
    getOrMake(this.#known, identity[0], () => []).push({ identity, index });
  }

  bind(value: DbValue, source: object | null = null): this {
    if (this.#literals) {
      this.#sql += this.dialect.literal(value, { name: typeof value === 'number' ? 'bigint' : 'text' });
      return this;
    }
    const encode = typeof value === 'number' ? this.dialect.codec({ name: 'bigint' }).encode : identity;
    return this.input({ source, encode, value: encode(value) });
  }

  on(alias: string): this {
    if (!this.#databases.includes(alias)) this.#databases.push(alias);
    return this;
  }

  nested(write: () => void): this {
    this.#depth++;
    this.#sql += '(';
    write();
    this.#sql += ')';
    this.#depth--;
    return this;
  }
}
