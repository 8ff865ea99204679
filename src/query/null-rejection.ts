import type { ExpressionNode } from '../sql/expression-nodes.js';

type Aliases = ReadonlySet<string>;
const NONE: Aliases = new Set();

/**
 * Aliases of tables without whose row `condition` cannot be true. A LEFT JOIN to such a table may be INNER: the rows that
 * it would add are filtered out anyway. Read off the nodes alone, so it holds for every lookup and function.
 */
export function rejectsMissing(condition: ExpressionNode | null): Aliases {
  return condition === null ? NONE : notTrueWithout(condition);
}

/** Tables without which the condition is false or unknown. */
function notTrueWithout(node: ExpressionNode): Aliases {
  switch (node.kind) {
    case 'logical':
      if (node.connector === 'AND') return union(node.operands.map(notTrueWithout));
      return node.connector === 'OR' ? intersection(node.operands.map(notTrueWithout)) : NONE;
    case 'not':
      return notFalseWithout(node.operand);
    case 'isNull':
      return node.negated ? nullWithout(node.operand) : NONE;
    default:
      return nullWithout(node);
  }
}

/** Tables without which the condition is true or unknown. */
function notFalseWithout(node: ExpressionNode): Aliases {
  switch (node.kind) {
    case 'logical':
      if (node.connector === 'AND') return intersection(node.operands.map(notFalseWithout));
      return node.connector === 'OR' ? union(node.operands.map(notFalseWithout)) : NONE;
    case 'not':
      return notTrueWithout(node.operand);
    case 'isNull':
      return node.negated ? NONE : nullWithout(node.operand);
    default:
      return nullWithout(node);
  }
}

/** Functions that give NULL when any argument is NULL. What is not listed is taken to give anything. */
const STRICT = new Set([
  'ABS',
  'ACOS',
  'ASIN',
  'ATAN',
  'ATAN2',
  'CEILING',
  'COS',
  'COT',
  'DEGREES',
  'EXP',
  'FLOOR',
  'LN',
  'LOG',
  'MOD',
  'POWER',
  'RADIANS',
  'ROUND',
  'SIGN',
  'SIN',
  'SQRT',
  'TAN',
  'MD5',
  'SHA1',
  'SHA224',
  'SHA256',
  'SHA384',
  'SHA512',
  'CHR',
  'LEFT',
  'LENGTH',
  'LOWER',
  'LPAD',
  'LTRIM',
  'ORD',
  'REPEAT',
  'REPLACE',
  'REVERSE',
  'RIGHT',
  'RPAD',
  'RTRIM',
  'STRINDEX',
  'SUBSTRING',
  'TRIM',
  'UPPER',
]);

/** Tables without which the value is NULL. */
function nullWithout(node: ExpressionNode): Aliases {
  switch (node.kind) {
    case 'column':
      return node.table === null ? NONE : new Set([node.table]);
    case 'comparison':
    case 'binary':
    case 'temporalArithmetic':
      return union([nullWithout(node.left), nullWithout(node.right)]);
    case 'like':
    case 'regex':
      return union([nullWithout(node.left), nullWithout(node.pattern)]);
    case 'between':
      return nullWithout(node.operand);
    case 'in':
    case 'negate':
    case 'cast':
    case 'collate':
    case 'extract':
    case 'trunc':
    case 'jsonPath':
      return nullWithout(node.operand);
    case 'tuple':
      // one part that is NULL may be of no account
      return intersection(node.items.map(nullWithout));
    case 'call':
      return STRICT.has(node.name) ? union(node.args.map(nullWithout)) : NONE;
    default:
      return NONE;
  }
}

function union(sets: readonly Aliases[]): Aliases {
  const all = new Set<string>();
  for (const set of sets) for (const alias of set) all.add(alias);
  return all;
}

function intersection(sets: readonly Aliases[]): Aliases {
  const [first, ...others] = sets;
  if (first === undefined) return NONE;
  return new Set([...first].filter((alias) => others.every((other) => other.has(alias))));
}
