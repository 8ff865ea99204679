import { typeError, ValueError } from '../errors.js';
import type { ColumnType, DbValue } from '../sql/value-type.js';
import { callable } from '../util/callable.js';
import { Field, type FieldClass, type FieldOptions } from './field.js';

class JsonNull {
  toString(): string {
    return 'JSONNull';
  }
  toJSON(): null {
    return null;
  }
}

/** The null of JSON, where a plain null means SQL's NULL. Both are read back as null. */
export const JSONNull: JsonNull = Object.freeze(new JsonNull());
export type JSONNull = JsonNull;

/** As the second argument of JSON.stringify and JSON.parse. */
export type JsonReplacer = (this: any, key: string, value: any) => unknown;

export interface JSONFieldOptions extends FieldOptions {
  /** Makes plain JSON of other values, as JSON.stringify's replacer does; it then answers for what it lets through. */
  readonly encoder?: JsonReplacer;
  /** Makes other values of plain JSON, as JSON.parse's reviver does. */
  readonly decoder?: JsonReplacer;
}

const JSON_TYPE: ColumnType = Object.freeze({ name: 'json' });
/** A document nested deeper than this is refused: reading it elsewhere would overflow a stack. */
const MAX_DEPTH = 512;

/** A JSON document. In JavaScript: what it is made of. null stands for SQL NULL, `JSONNull` for the null of JSON. */
export const JSONField: FieldClass<any, JSONFieldOptions> = callable(
  class JSONField extends Field<any, JSONFieldOptions> {
    override fromDb: (text: string) => any =
      this.options.decoder === undefined ? parse : (text) => JSON.parse(text, this.options.decoder);
    get columnType(): ColumnType {
      return JSON_TYPE;
    }
    override get defaultErrorMessages(): Readonly<Record<string, string>> {
      return { ...super.defaultErrorMessages, invalid: 'Value must be valid JSON.' };
    }
    override prepare(value: unknown, name?: string): any {
      if (value !== JSONNull) checkDocument(value, this.options.encoder !== undefined, name);
      return value;
    }
    override toDb(value: unknown): DbValue {
      if (value === JSONNull) return 'null';
      const text = JSON.stringify(value, this.options.encoder) as string | undefined;
      if (text === undefined) throw typeError('json-value', 'The encoder gave nothing for a JSON document.');
      return text;
    }
  },
);
export type JSONField = Field<any, JSONFieldOptions>;

function parse(text: string): unknown {
  return JSON.parse(text);
}

/** Throws unless `value` is plain JSON of bounded depth; with an encoder only depth and cycles matter. */
function checkDocument(value: unknown, encoded: boolean, name: string | undefined): void {
  const subject = name === undefined ? 'A JSON document' : `Field '${name}'`;
  const path = new Set<object>();
  const visit = (item: unknown): void => {
    switch (typeof item) {
      case 'string':
      case 'boolean':
        return;
      case 'number':
        if (Number.isFinite(item) || encoded) return;
        throw new ValueError('json-number', `${subject} cannot hold ${item}: JSON has no such number.`);
      case 'object':
        break;
      default:
        if (encoded) return;
        throw typeError(
          'json-value',
          `${subject} cannot hold ${typeof item === 'undefined' ? 'undefined' : `a ${typeof item}`}: JSON has no such value.`,
        );
    }
    if (item === null) return;
    if (path.has(item)) throw new ValueError('json-cycle', `${subject} got a document that contains itself.`);
    if (path.size >= MAX_DEPTH)
      throw new ValueError('json-depth', `${subject} got a document nested more than ${MAX_DEPTH} levels deep.`);
    path.add(item);
    if (Array.isArray(item)) {
      for (const element of item) visit(element);
    } else {
      const prototype = Object.getPrototypeOf(item) as object | null;
      if (prototype !== null && Object.getPrototypeOf(prototype) !== null && !encoded) {
        throw typeError(
          'json-value',
          `${subject} got an object of class ${prototype.constructor?.name ?? '?'} within a JSON document; give the field an encoder or plain data.`,
        );
      }
      for (const key of Object.keys(item)) visit((item as Record<string, unknown>)[key]);
    }
    path.delete(item);
  };
  visit(value);
}
