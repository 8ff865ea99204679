import type { FunctionVisit, SqlWriter } from '../../compiler/dialect.js';
import { writeOperand } from '../../compiler/visit-expressions.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';

/** How an argument is written. */
export type Write = (node: ExpressionNode, out: SqlWriter) => void;

/** A function that is an operator: `(a @> b)`. */
export const infix =
  (operator: string, left: Write = writeOperand, right: Write = left): FunctionVisit =>
  (node, out) => {
    out.text('(');
    left(node.args[0]!, out);
    out.text(` ${operator} `);
    right(node.args[1]!, out);
    out.text(')');
  };
