import { NotSupportedError, ValueError } from '../errors.js';
import { statementOf } from '../sql/build.js';
import type { ExpressionNode, FrameBound, LogicalNode } from '../sql/expression-nodes.js';
import type { SqlNode } from '../sql/statement-nodes.js';
import { checkContrib } from './contrib.js';
import type { FunctionVisit, NodeOf, SqlWriter, Visits } from './dialect.js';
import { encodeMapped, encoderOf } from './writer.js';

/** Kinds that are written without parentheses of their own and so need them inside another expression. */
const LOOSE: ReadonlySet<string> = new Set([
  'comparison',
  'between',
  'isNull',
  'like',
  'regex',
  'in',
  'logical',
  'not',
  'exists',
  'collate',
]);

/** An expression as a part of another one: in parentheses where it could be read otherwise. */
export function writeOperand(node: ExpressionNode, out: SqlWriter): void {
  if (LOOSE.has(node.kind)) out.text('(').node(node).text(')');
  else out.node(node);
}

const FUNCTION_NAME = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$/;

/** `NAME(a, b)`; the name is checked, since `Func` takes it from the developer. */
export function writeCall(name: string, args: readonly SqlNode[], out: SqlWriter): void {
  if (!FUNCTION_NAME.test(name))
    throw new ValueError('invalid-function-name', 'A function name is made of letters, digits and underscores.');
  out.text(name).text('(').list(args).text(')');
}

/** A function of the dialect's own: `NAME(a, b)`, with each argument written by `write`. */
export const callWith =
  (name: string, write: (arg: ExpressionNode, out: SqlWriter) => void): FunctionVisit =>
  (node, out) => {
    out
      .text(`${name}(`)
      .each(node.args, (arg) => write(arg, out))
      .text(')');
  };

/** The function as the dialect spells it, or plainly. */
function writeFunction(node: NodeOf<'call'> | NodeOf<'aggregate'>, out: SqlWriter): void {
  checkContrib(node.contrib, `Functions such as ${node.name}`, out.dialect);
  const functions = out.dialect.functions;
  if (Object.hasOwn(functions, node.name)) functions[node.name]!(node, out);
  else if (node.kind === 'call') writeCall(node.name, node.args, out);
  else writeAggregate(node.name, node, out);
}

/** `NAME(DISTINCT x ORDER BY y) FILTER (WHERE z)`. */
export function writeAggregate(name: string, node: NodeOf<'aggregate'>, out: SqlWriter): void {
  if (!FUNCTION_NAME.test(name))
    throw new ValueError('invalid-function-name', 'A function name is made of letters, digits and underscores.');
  out.text(`${name}(`);
  if (node.distinct) out.text('DISTINCT ');
  out.list(node.args);
  if (node.orderBy.length > 0) out.text(' ORDER BY ').list(node.orderBy);
  out.text(')');
  if (node.filter !== null) out.text(' FILTER (WHERE ').node(node.filter).text(')');
}

/** ` OVER (…)`, after the function. */
export function writeOver(node: NodeOf<'window'>, out: SqlWriter): void {
  out.text(' OVER (');
  let space = '';
  if (node.partitionBy.length > 0) {
    out.text('PARTITION BY ').list(node.partitionBy);
    space = ' ';
  }
  if (node.orderBy.length > 0) {
    out.text(`${space}ORDER BY `).list(node.orderBy);
    space = ' ';
  }
  if (node.frame !== null) out.text(space).node(node.frame);
  out.text(')');
}

function writeLogical(node: LogicalNode, out: SqlWriter): void {
  if (node.connector === 'XOR') {
    writeXor(node.operands, out);
    return;
  }
  const write = (operand: ExpressionNode): void => {
    if (operand.kind === 'logical') out.text('(').node(operand).text(')');
    else out.node(operand);
  };
  out.each(node.operands, write, ` ${node.connector} `);
}

/** An odd number of operands is true. As Django writes it, NULL counts as false. */
function writeXor(operands: readonly ExpressionNode[], out: SqlWriter): void {
  out.text('(');
  out.each(operands, (operand) => out.text('CASE WHEN ').node(operand).text(' THEN 1 ELSE 0 END'), ' + ');
  out.text(') % 2 = 1');
}

function writeBound(bound: FrameBound, out: SqlWriter): void {
  switch (bound.kind) {
    case 'unboundedPreceding':
      out.text('UNBOUNDED PRECEDING');
      break;
    case 'unboundedFollowing':
      out.text('UNBOUNDED FOLLOWING');
      break;
    case 'currentRow':
      out.text('CURRENT ROW');
      break;
    default: {
      const offset = bound.offset ?? 0;
      if (!Number.isSafeInteger(offset) || offset < 0)
        throw new ValueError('invalid-frame', 'The bound of a window frame must be a whole number.');
      out.text(`${offset} ${bound.kind === 'preceding' ? 'PRECEDING' : 'FOLLOWING'}`);
    }
  }
}

function writeInChoices(choices: NodeOf<'in'>['choices'], out: SqlWriter): void {
  if ('length' in choices) {
    out.text('(').list(choices).text(')');
  } else if (choices.kind === 'listParam') {
    out.node(choices);
  } else {
    out.nested(() => out.node(statementOf(choices)));
  }
}

const unsupported =
  (what: string) =>
  (_node: SqlNode, out: SqlWriter): void => {
    throw new NotSupportedError('not-supported', `${out.dialect.label} has no ${what}.`);
  };

type ExpressionKind = ExpressionNode['kind'] | 'order' | 'frame' | 'listParam';

/** How expressions are written in the SQL that all databases share; what has no shared spelling refuses. */
export const expressionVisits: { readonly [K in ExpressionKind]: Visits[K] } = {
  column: (node, out) => {
    if (node.table !== null) out.name(node.table).text('.');
    out.name(node.name);
  },
  param: (node, out) => {
    out.param(node);
  },
  literal: (node, out) => {
    if (node.value === null) out.text('NULL');
    else if (typeof node.value === 'boolean') out.text(node.value ? 'TRUE' : 'FALSE');
    else if (!Number.isSafeInteger(node.value))
      throw new ValueError('invalid-literal', 'Only whole numbers are written into SQL as text.');
    // Parentheses keep `1 - -1` from becoming a comment.
    else out.text(node.value < 0 ? `(${node.value})` : String(node.value));
  },
  star: (_node, out) => {
    out.text('*');
  },
  alias: (node, out) => {
    out.name(node.name);
  },
  call: writeFunction,
  aggregate: writeFunction,
  binary: (node, out) => {
    out.text('(');
    writeOperand(node.left, out);
    out.text(` ${node.operator} `);
    writeOperand(node.right, out);
    out.text(')');
  },
  temporalArithmetic: (node, out) => {
    out.text('(');
    writeOperand(node.left, out);
    out.text(` ${node.operator} `);
    writeOperand(node.right, out);
    out.text(')');
  },
  negate: (node, out) => {
    out.text('(-');
    writeOperand(node.operand, out);
    out.text(')');
  },
  comparison: (node, out) => {
    writeOperand(node.left, out);
    out.text(` ${node.operator} `);
    writeOperand(node.right, out);
  },
  between: (node, out) => {
    writeOperand(node.operand, out);
    out.text(' BETWEEN ');
    writeOperand(node.low, out);
    out.text(' AND ');
    writeOperand(node.high, out);
  },
  isNull: (node, out) => {
    writeOperand(node.operand, out);
    out.text(node.negated ? ' IS NOT NULL' : ' IS NULL');
  },
  like: (node, out) => {
    const side = (part: ExpressionNode): void => {
      if (node.ignoreCase) out.text('UPPER(').node(part).text(')');
      else writeOperand(part, out);
    };
    side(node.left);
    out.text(' LIKE ');
    side(node.pattern);
    out.text(" ESCAPE '\\'");
  },
  regex: (node, out) => {
    writeOperand(node.left, out);
    out.text(' REGEXP ');
    if (node.ignoreCase) out.text("'(?i)' || ");
    writeOperand(node.pattern, out);
  },
  in: (node, out) => {
    writeOperand(node.operand, out);
    out.text(' IN ');
    writeInChoices(node.choices, out);
  },
  listParam: (node, out) => {
    const encode = encoderOf(node.elementType, out.dialect);
    const encodeAll = (values: readonly unknown[]): unknown => values.map(encode);
    out
      .text('ANY(')
      .input({ source: node.source, encode: encodeMapped(node.map, encodeAll), value: encodeAll(node.values) })
      .text(')');
  },
  logical: writeLogical,
  not: (node, out) => {
    out.text('NOT ');
    if (node.operand.kind === 'exists') out.node(node.operand);
    else out.text('(').node(node.operand).text(')');
  },
  case: (node, out) => {
    out.text('CASE');
    for (const { condition, result } of node.whens) out.text(' WHEN ').node(condition).text(' THEN ').node(result);
    if (node.otherwise !== null) out.text(' ELSE ').node(node.otherwise);
    out.text(' END');
  },
  cast: (node, out) => {
    out
      .text('CAST(')
      .node(node.operand)
      .text(` AS ${out.dialect.castSql(node.to)})`);
  },
  collate: (node, out) => {
    writeOperand(node.operand, out);
    out.text(' COLLATE ').name(node.collation);
  },
  window: (node, out) => {
    out.node(node.expression);
    writeOver(node, out);
  },
  frame: (node, out) => {
    out.text(node.mode === 'rows' ? 'ROWS BETWEEN ' : 'RANGE BETWEEN ');
    writeBound(node.start, out);
    out.text(' AND ');
    writeBound(node.end, out);
    if (node.exclusion === null) return;
    if (!out.dialect.features.windowExclusion) unsupported('exclusion from window frames')(node, out);
    out.text(` EXCLUDE ${node.exclusion}`);
  },
  subquery: (node, out) => {
    out.nested(() => out.node(statementOf(node.query)));
  },
  exists: (node, out) => {
    out.text('EXISTS ').nested(() => out.node(statementOf(node.query)));
  },
  tuple: (node, out) => {
    out.text('(').list(node.items).text(')');
  },
  jsonPath: unsupported('paths into JSON documents'),
  extract: unsupported('parts of dates'),
  trunc: unsupported('truncation of dates'),
  raw: (node, out) => {
    out.text('(');
    node.texts.forEach((text, index) => {
      out.text(text);
      if (index < node.values.length) out.node(node.values[index]!);
    });
    out.text(')');
  },
  default: (_node, out) => {
    out.text('DEFAULT');
  },
  order: (node, out) => {
    writeOperand(node.expression, out);
    // Ascending is what every database does without a word.
    if (node.descending) out.text(' DESC');
    if (node.nulls !== null) out.text(node.nulls === 'first' ? ' NULLS FIRST' : ' NULLS LAST');
  },
};
