import type { NodeOf, SqlWriter, Visits } from '../../compiler/dialect.js';
import { writeOperand } from '../../compiler/visit-expressions.js';
import { writeReturning, writeValues } from '../../compiler/visit-writes.js';
import { baseVisits } from '../../compiler/visits.js';
import { encodeMapped, encoderOf } from '../../compiler/writer.js';
import { NotSupportedError } from '../../errors.js';
import type { ExpressionNode } from '../../sql/expression-nodes.js';
import type { ValueType } from '../../sql/value-type.js';
import { notZeroForKey } from './auto-keys.js';
import { ListValue } from './driver-values.js';
import { writeOtherAggregate } from './functions.js';
import { isDocument, type jsonVisits } from './json-expressions.js';
import { isAtLeast, type ServerFacts } from './server-facts.js';
import { withoutReading, withoutSliceInside } from './subqueries.js';
import { temporalVisits, writeTemporalArithmetic } from './temporal.js';

/** More rows than any table has: OFFSET needs a LIMIT before it (dev.mysql.com/doc/refman/8.0/en/select.html). */
const ALL_ROWS = '18446744073709551615';

const OPERATORS: Readonly<Record<string, string>> = { '#': '^' };

/** A text that is searched: documents without their quotes. */
function writeText(node: ExpressionNode, out: SqlWriter): void {
  if (isDocument(node)) out.text('JSON_UNQUOTE(').node(node).text(')');
  else writeOperand(node, out);
}

/** How a server reads what others write otherwise. */
export function visitsFor(facts: ServerFacts, json: ReturnType<typeof jsonVisits>): Visits {
  const temporal = temporalVisits(facts);

  const writeRegex = (node: NodeOf<'regex'>, out: SqlWriter): void => {
    if (!facts.isMariaDB) {
      out.text('REGEXP_LIKE(');
      writeText(node.left, out);
      out
        .text(', ')
        .node(node.pattern)
        .text(node.ignoreCase ? ", 'i')" : ", 'c')");
      return;
    }
    writeText(node.left, out);
    // Whatever the collation of the column, case counts or does not.
    if (node.ignoreCase) out.text(" REGEXP CONCAT('(?i)', ").node(node.pattern).text(')');
    else out.text(' REGEXP BINARY ').node(node.pattern);
  };

  return {
    ...baseVisits,

    // Power is a function, ^ is exclusive or.
    binary: (node, out) => {
      if (node.operator === '^') out.text('POW(').list([node.left, node.right]).text(')');
      else if (node.operator === '#') {
        out.text('(');
        writeOperand(node.left, out);
        out.text(` ${OPERATORS['#']} `);
        writeOperand(node.right, out);
        out.text(')');
      } else baseVisits.binary(node, out);
    },
    aggregate: (node, out) => {
      if (Object.hasOwn(out.dialect.functions, node.name)) baseVisits.aggregate(node, out);
      else writeOtherAggregate(node, out);
    },
    comparison: (node, out) => {
      if (!json.comparison(node, out)) baseVisits.comparison(node, out);
    },
    between: (node, out) => {
      if (!json.between(node, out)) baseVisits.between(node, out);
    },
    in: (node, out) => {
      const inner = { ...node, choices: withoutSliceInside(node.choices) };
      if (!json.in(inner, out)) baseVisits.in(inner, out);
    },
    // The session writes as many placeholders as there are values.
    listParam: (node, out) => {
      const { parts } = node.elementType;
      const encode = parts === undefined ? encoderOf(node.elementType, out.dialect) : tupleEncoder(parts, out);
      const type = parts === undefined ? listType(node.elementType, out) : parts.map((part) => listType(part, out));
      const through = node.elementType.columnType.name === 'json' ? json.listFunction : '';
      const encodeAll = (values: readonly unknown[]): ListValue => new ListValue(values.map(encode), type, through);
      out
        .text('(')
        .input({
          source: node.source,
          encode: encodeMapped(node.map, encodeAll as (value: unknown) => unknown),
          value: encodeAll(node.values),
        })
        .text(')');
    },

    // Whatever the collation says of case, the lookup says it; the escape character is a backslash in every session here.
    like: (node, out) => {
      if (node.ignoreCase) {
        out.text('LOWER(');
        writeText(node.left, out);
        out.text(') LIKE LOWER(').node(node.pattern).text(')');
      } else {
        writeText(node.left, out);
        out.text(' LIKE BINARY ');
        writeOperand(node.pattern, out);
      }
    },
    regex: writeRegex,
    logical: (node, out) => {
      if (node.connector !== 'XOR') return baseVisits.logical(node, out);
      const inside = (operand: ExpressionNode): void => void out.text('(').node(operand).text(')');
      out.text('(').each(node.operands, inside, ' XOR ').text(')');
    },
    cast: (node, out) => {
      if (node.to.name === 'json') out.text('JSON_EXTRACT(').node(node.operand).text(", '$')");
      else baseVisits.cast(node, out);
    },
    collate: (node, out) => {
      writeOperand(node.operand, out);
      out.text(' COLLATE ').name(node.collation);
    },

    temporalArithmetic: writeTemporalArithmetic,
    extract: temporal.extract,
    trunc: temporal.trunc,
    jsonPath: json.jsonPath,

    // NULLs come first when ascending and last when descending; asked for otherwise, they are sorted apart.
    order: (node, out) => {
      const apart = node.nulls !== null && (node.nulls === 'last') !== node.descending;
      if (apart) {
        writeOperand(node.expression, out);
        out.text(node.nulls === 'last' ? ' IS NULL, ' : ' IS NOT NULL, ');
      }
      baseVisits.order({ ...node, nulls: null }, out);
    },
    slice: (node, out) => {
      if (node.limit === null && node.offset > 0)
        out.text(` LIMIT ${ALL_ROWS} OFFSET `).bind(node.offset, node.offsetSource);
      else baseVisits.slice(node, out);
    },
    lock: (node, out) => {
      if (node.noKey) throw new NotSupportedError('not-supported', `${out.dialect.label} has no FOR NO KEY UPDATE.`);
      if (node.of.length > 0 && !out.dialect.features.selectForUpdateOf) {
        throw new NotSupportedError('not-supported', `${out.dialect.label} has no FOR UPDATE OF.`);
      }
      baseVisits.lock(node, out);
    },

    insert: (node, out) => {
      out.text(node.conflict?.action === 'ignore' ? 'INSERT IGNORE INTO ' : 'INSERT INTO ').name(node.table);
      const rows = node.rows.length === 0 ? [[]] : node.rows.map((row) => row.map(notZeroForKey));
      writeValues(node.columns, rows, out);
      if (node.conflict !== null) out.node(node.conflict);
      writeReturning(node.returning, out);
    },
    conflict: (node, out) => {
      if (node.target.length > 0)
        throw new NotSupportedError(
          'not-supported',
          `${out.dialect.label} takes any unique key for a conflict; it cannot be told which.`,
        );
      if (node.action === 'ignore') return;
      out
        .text(' ON DUPLICATE KEY UPDATE ')
        .each(node.update, (column) => out.name(column).text(' = VALUES(').name(column).text(')'));
    },
    update: (node, out) => baseVisits.update(isAtLeastMariaDB(facts) ? node : withoutReading(node, node.table), out),
    delete: (node, out) => baseVisits.delete(withoutReading(node, node.table), out),
  };
}

/** MariaDB lets an UPDATE read its own table since 10.3. */
const isAtLeastMariaDB = (facts: ServerFacts): boolean => facts.isMariaDB && isAtLeast(facts, 10, 3);

function tupleEncoder(parts: readonly ValueType[], out: SqlWriter): (value: any) => unknown {
  const encoders = parts.map((part) => encoderOf(part, out.dialect));
  return (values: readonly unknown[]) => encoders.map((encode, index) => encode(values[index]));
}

/** The type of a list's values for JSON_TABLE. */
function listType({ columnType: type }: ValueType, out: SqlWriter): string {
  switch (type.name) {
    case 'varchar':
    case 'text':
    case 'inet':
    case 'json':
    case 'uuid':
    case 'any':
      return 'longtext';
    case 'float':
      return 'double';
    case 'binary':
      return 'longblob';
    case 'datetime':
      return 'datetime(6)';
    case 'decimal':
      return 'decimal(65, 30)';
    default:
      return out.dialect.columnSql(type);
  }
}
