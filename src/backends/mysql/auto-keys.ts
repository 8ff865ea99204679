import { ValueError } from '../../errors.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import type { ValueType } from '../../sql/value-type.js';
import { getOrMake } from '../../util/get-or-make.js';

const AUTOMATIC = new Set(['smallAuto', 'auto', 'bigAuto']);
const checked = new WeakMap<ValueType, ValueType>();

/** The type, refusing 0: where it is stored as an automatic key, the server would take the next free number for it, without a word. */
function withoutZero(type: ValueType): ValueType {
  return getOrMake(checked, type, () => ({
    columnType: type.columnType,
    toDb(value) {
      if (Number(value) !== 0) return type.toDb(value);
      throw new ValueError('auto-key-zero', 'MySQL does not accept 0 as the value of an automatic key.');
    },
    fromDb: type.fromDb,
    limited: type.limited ?? false,
  }));
}

/** The value, refused if it is 0 for an automatic key. */
export const notZeroForKey = (node: ExpressionNode): ExpressionNode =>
  node.kind === 'param' && AUTOMATIC.has(node.type.columnType.name) ? { ...node, type: withoutZero(node.type) } : node;
