import { typeError, ValueError } from '../errors.js';
import { Expression } from '../expressions/expression.js';
import { argument } from '../expressions/f.js';
import { isOptions } from '../expressions/func.js';
import { jsonText } from '../expressions/json-path.js';
import { jsonField } from '../expressions/types.js';
import { Value } from '../expressions/value.js';
import { call } from '../sql/build.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../sql/resolvable.js';
import { callable } from '../util/callable.js';
import { atLeast, defineFunction } from './define.js';

/**
 * A JSON list of values; SQL NULL becomes JSON null. SQL: `JSON_ARRAY(a, b)`
 *
 * @example
 * await Book.objects.annotate({ pair: JSONArray("title", "pages") });
 */
export const JSONArray = defineFunction<unknown[]>('JSONArray', {
  sql: 'JSON_ARRAY',
  arity: atLeast(0),
  type: jsonField,
});

/** The class behind `JSONObject`. */
export class JSONObjectExpression extends Expression {
  /** Keys and values in turn. Keys are data: they are bound like any value. */
  readonly args: readonly Resolvable[];

  constructor(fields: Readonly<Record<string, unknown>> = {}) {
    super();
    if (!isOptions(fields))
      throw typeError(
        'json-object',
        'JSONObject() takes an object of keys and expressions: JSONObject({ title: "title" }).',
      );
    this.args = Object.freeze(Object.entries(fields).flatMap(([key, value]) => [Value(key), argument(value)]));
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    return call(
      'JSON_OBJECT',
      this.args.map((arg) => arg.resolve(scope)),
      jsonField,
    );
  }
  override sources(): readonly Resolvable[] {
    return this.args;
  }
  protected ownShape(): string {
    return String(this.args.length);
  }
}
/**
 * A JSON object of keys and values; a text as value names a field. SQL: `JSON_OBJECT(key, value)`
 *
 * @example
 * await Book.objects.annotate({ card: JSONObject({ title: "title", author: "author__name" }) });
 */
export const JSONObject = callable(JSONObjectExpression);

/** The class behind `KT`. */
export class JsonTextExpression extends Expression {
  constructor(readonly path: string) {
    super();
    if (typeof path !== 'string' || !path.includes('__')) {
      throw new ValueError('json-path', 'KT() needs a key or an index behind the field: KT("data__name").');
    }
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const node = scope.path(this.path);
    if (node.kind !== 'jsonPath')
      throw new ValueError('json-path', `KT() takes a path into a JSON field; '${this.path}' is none.`);
    return jsonText(node);
  }
  protected ownShape(): string {
    return JSON.stringify(this.path);
  }
}
/**
 * The text at a path of a JSON field, for what wants text: order, Cast, text functions. SQL: `data ->> 'name'`
 *
 * @example
 * await Event.objects.orderBy(KT("data__name"));
 */
export const KT = callable(JsonTextExpression);
