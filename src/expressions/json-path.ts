import { JSONField } from '../fields/json.js';
import type { ExpressionNode, JsonPathNode } from '../sql/expression-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { getOrMake } from '../util/get-or-make.js';
import { textField } from './types.js';

/** A part of a JSON document: JSON again, with lookups of its own. */
export class JsonPart extends JSONField {
  override get kind(): string {
    return 'JSONField';
  }
}

const parts = new WeakMap<ValueType, JsonPart>();
/** The type of a document's parts: encoded and decoded as the document is. */
function partType(document: ValueType): JsonPart {
  if (document instanceof JsonPart) return document;
  return getOrMake(parts, document, () => new JsonPart(document instanceof JSONField ? document.options : {}));
}

/** A name in a path: a whole number is the position in a list, anything else is a key, whatever characters it has. */
export const jsonStep = (name: string): string | number => (/^[+-]?\d{1,15}$/.test(name) ? Number(name) : name);

/** The part of a document at one more step. */
export function jsonPath(document: ExpressionNode, step: string | number): JsonPathNode {
  const type = partType(document.type);
  if (document.kind === 'jsonPath' && !document.asText) return { ...document, path: [...document.path, step], type };
  return { kind: 'jsonPath', operand: document, path: [step], asText: false, type };
}

/** The same part as text: a JSON string without its quotes. */
export const jsonText = (part: JsonPathNode): JsonPathNode =>
  part.asText ? part : { ...part, asText: true, type: textField };
