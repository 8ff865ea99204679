import { typeError, ValueError } from '../errors.js';
import { isExpression } from '../expressions/expression.js';
import { textField } from '../expressions/types.js';
import { call, like, mapParam, param, regex as regexNode } from '../sql/build.js';
import type { ExpressionNode, ParamNode } from '../sql/expression-nodes.js';
import type { ValueType } from '../sql/value-type.js';
import { isDecimal } from '../util/decimal.js';
import type { Lookup, LookupContext, LookupRight } from './lookup.js';
import { paramOf, prepareFor, rightSide } from './right-side.js';

/** The text in which the wildcards of LIKE stand for themselves. */
export const escapeLike = (text: string): string => (/[\\%_]/.test(text) ? text.replace(/[\\%_]/g, '\\$&') : text);

const constant = (text: string): ExpressionNode => param(text, textField);

/** The same for a text that only the database knows. */
function escapeNode(node: ExpressionNode): ExpressionNode {
  let escaped = asText(node);
  for (const character of ['\\', '%', '_']) {
    escaped = call('REPLACE', [escaped, constant(character), constant(`\\${character}`)], textField);
  }
  return escaped;
}

/** A part of a JSON document is searched as text; how other types become text is the database's to say. */
export const asText = (node: ExpressionNode): ExpressionNode =>
  node.kind === 'jsonPath' && !node.asText ? { ...node, asText: true, type: textField } : node;

/** A value as the text that is searched for. Throws TypeError for what has no text. */
function textOf(value: unknown, type: ValueType, context: LookupContext): unknown {
  return isExpression(value) ? value : plainText(value, type, context);
}

function plainText(value: unknown, type: ValueType, context: LookupContext): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isDecimal(value)) return value.toFixed();
  const tagged =
    typeof value === 'object' && value !== null && Symbol.toStringTag in value && !(value instanceof Uint8Array);
  if (value instanceof Date || tagged) return String(type.toDb(prepareFor(type, value, context)));
  throw typeError(
    'text-expected',
    `${context.subject}: a text is searched for, not ${Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`}.`,
  );
}

interface Around {
  readonly before: '%' | '';
  readonly after: '%' | '';
}

function pattern(name: string, { before, after }: Around, ignoreCase: boolean): Lookup {
  return {
    name,
    prepare: textOf,
    toNode: (left, right) => {
      const value = paramOf(right);
      const text =
        value !== null
          ? mapParam(value, (given: string) => before + escapeLike(given) + after, textField)
          : surround(before, escapeNode(rightSide(left, right)), after);
      return like(asText(left), text, ignoreCase);
    },
  };
}

/** Before and after a text that only the database knows. REPLACE gives NULL for NULL, so that the comparison is unknown then. */
const surround = (before: string, node: ExpressionNode, after: string): ExpressionNode =>
  before + after === '' ? node : call('REPLACE', [constant(`${before}?${after}`), constant('?'), node], textField);

const inside: Around = { before: '%', after: '%' };
const atStart: Around = { before: '', after: '%' };
const atEnd: Around = { before: '%', after: '' };

/** The whole text, whatever the case, as the database folds case. SQL: `left LIKE 'x'` */
export const iexact = pattern('iexact', { before: '', after: '' }, true);
/** SQL: `left LIKE '%x%'`, the value's own wildcards escaped. On SQLite ASCII letters match in either case. */
export const contains = pattern('contains', inside, false);
/** `contains`, whatever the case. */
export const icontains = pattern('icontains', inside, true);
/** SQL: `left LIKE 'x%'` */
export const startswith = pattern('startswith', atStart, false);
/** `startswith`, whatever the case. */
export const istartswith = pattern('istartswith', atStart, true);
/** SQL: `left LIKE '%x'` */
export const endswith = pattern('endswith', atEnd, false);
/** `endswith`, whatever the case. */
export const iendswith = pattern('iendswith', atEnd, true);

/** Syntax that other dialects have and JavaScript's has not; such a pattern is left to the database. */
const FOREIGN = /^\*\*\*|\(\?[a-zA-Z#P>]|\(\?<[a-zA-Z]/;

function checkedPattern(value: unknown, type: ValueType, context: LookupContext): unknown {
  const text = textOf(value, type, context);
  if (typeof text !== 'string' || FOREIGN.test(text)) return text;
  try {
    new RegExp(text);
  } catch (cause) {
    throw new ValueError('malformed-regex', `The regular expression for ${context.subject} is malformed.`, { cause });
  }
  return text;
}

const matches = (name: string, ignoreCase: boolean): Lookup => ({
  name,
  prepare: checkedPattern,
  toNode: (left, right) => regexNode(asText(left), regexPattern(left, right), ignoreCase),
});

function regexPattern(left: ExpressionNode, right: LookupRight): ExpressionNode {
  const value: ParamNode | null = paramOf(right);
  return value === null ? rightSide(left, right) : { ...value, type: textField };
}

/** A regular expression of the database's dialect (on SQLite JavaScript's). Throws ValueError when it is malformed. */
export const regex = matches('regex', false);
/** `regex`, whatever the case. */
export const iregex = matches('iregex', true);
