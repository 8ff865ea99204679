import type { NodeOf, SqlWriter } from '../../compiler/dialect.js';
import { writeOperand } from '../../compiler/visit-expressions.js';
import { NotSupportedError } from '../../errors.js';
import { mapParam, statementOf } from '../../sql/build.js';
import type { ExpressionNode, JsonPathNode, ListParamNode, ParamNode } from '../../sql/expression-nodes.js';
import type { QueryNode } from '../../sql/statement-nodes.js';
import { identity, type ValueType } from '../../sql/value-type.js';
import { quoteText } from './literals.js';
import { isAtLeast, type ServerFacts } from './server-facts.js';

const text: ValueType<string> = { columnType: { name: 'text' }, toDb: identity, fromDb: identity };
/** A value as what it is in JavaScript: a number, a text. */
const scalar: ValueType = { columnType: { name: 'any' }, toDb: (value) => value, fromDb: identity };

/** `."key"`: quoted always, so that every key is one member whatever characters it has. */
const memberText = (key: string): string => `.${JSON.stringify(key)}`;

/** The same where MariaDB reads it: it finds no key that begins with a hyphen, however it is quoted. */
function mariadbMemberText(key: string): string {
  if (!key.startsWith('-')) return memberText(key);
  throw new NotSupportedError(
    'json-key',
    'MariaDB finds no member of a JSON document by a key that begins with a hyphen.',
  );
}

const isJson = (node: ExpressionNode): boolean => node.type.columnType.name === 'json';

/** Whether a node is a document, or a part of one as a document. */
export const isDocument = (node: ExpressionNode): boolean =>
  isJson(node) && (node.kind === 'column' || (node.kind === 'jsonPath' && !node.asText));

/**
 * `JSON_EXTRACT(document, path)`. The path is written, not bound: with a parameter the same path in GROUP BY would be another
 * expression.
 */
export function jsonVisits(facts: ServerFacts) {
  const { isMariaDB } = facts;
  /**
   * MariaDB's documents are texts, in which a space, the order of the keys and the spelling of a number would make a difference;
   * JSON_EQUALS takes two NULLs for equal. JSON_NORMALIZE leaves the escapes of strings as they are, so a string beside a value is
   * compared without its quotes instead: other programs write é as \u00e9.
   */
  const canNormalize = isMariaDB && isAtLeast(facts, 10, 7);
  const member = isMariaDB ? mariadbMemberText : memberText;
  /** A position counted from the end finds nothing, as in Django. */
  const stepText = (step: string | number): string => {
    if (typeof step !== 'number') return member(step);
    return step >= 0 ? `[${step}]` : memberText(String(step));
  };
  /** `$."a"[0]` */
  const pathText = (path: readonly (string | number)[]): string => `$${path.map(stepText).join('')}`;

  const extract = (node: JsonPathNode, out: SqlWriter): void => {
    out
      .text('JSON_EXTRACT(')
      .node(node.operand)
      .text(`, ${quoteText(pathText(node.path))})`);
  };

  /** A document on the left of a comparison: MariaDB's documents are texts, which are compared without their quotes. */
  const writeCompared = (node: ExpressionNode, out: SqlWriter): void => {
    if (!isMariaDB) writeOperand(node, out);
    else if (node.kind === 'jsonPath') out.text('JSON_UNQUOTE(').node(node).text(')');
    // Spelled as JSON_EXTRACT spells the value beside it, whoever wrote the text.
    else out.text('JSON_UNQUOTE(JSON_EXTRACT(').node(node).text(", '$'))");
  };

  /** A value beside a document: read as a document for equality, as what it is for order. */
  const writeValue = (node: ExpressionNode, beside: ExpressionNode, isOrder: boolean, out: SqlWriter): void => {
    if (node.kind !== 'param' || !isJson(node)) writeOperand(node, out);
    else if (isOrder) out.node(beside.kind === 'jsonPath' ? scalarParam(node) : node);
    else out.text('JSON_EXTRACT(').node(node).text(", '$')");
  };

  const writeAmong = (document: ExpressionNode, choices: readonly ExpressionNode[], out: SqlWriter): void => {
    const writeChoice = (value: ExpressionNode): void => {
      if (value.kind !== 'param' || !isJson(value)) writeOperand(value, out);
      else if (isMariaDB) out.text('JSON_UNQUOTE(JSON_EXTRACT(').node(value).text(", '$'))");
      else out.text('JSON_EXTRACT(').node(value).text(", '$')");
    };
    writeCompared(document, out);
    out.text(' IN (').each(choices, writeChoice).text(')');
  };
  /** Whole documents: the session writes the list, each value as the document is written here. */
  const writeInList = (document: ExpressionNode, list: ListParamNode, out: SqlWriter): boolean => {
    if (!canNormalize || list.elementType.columnType.name !== 'json') return false;
    writeNormal(document, out);
    out.text(' IN ').node(list);
    return true;
  };

  const writeHasKey = (document: ExpressionNode, key: ExpressionNode, out: SqlWriter): void => {
    const inside = document.kind === 'jsonPath' && !document.asText ? document : null;
    const start = inside === null ? '$' : pathText(inside.path);
    const whole = inside?.operand ?? document;
    const writeContains = (): void => {
      out.text('JSON_CONTAINS_PATH(').node(whole).text(", 'one', ");
      if (key.kind === 'param') out.param(mapParam(key, (value) => start + member(String(value)), text));
      // A key that the database computes is quoted there.
      else
        out
          .text(`CONCAT(${quoteText(`${start}.`)}, JSON_QUOTE(`)
          .node(key)
          .text('))');
      out.text(')');
    };
    if (key.kind === 'param' || !isMariaDB) {
      writeContains();
      return;
    }
    // No path leads to a key that begins with a hyphen (see above): such a one is sought in the list of all keys.
    out.text('CASE WHEN ').node(whole).text(' IS NULL THEN NULL WHEN LEFT(').node(key).text(", 1) = '-' THEN ");
    writeAmongKeys(whole, start, key, out);
    out.text(' ELSE ');
    writeContains();
    out.text(' END');
  };

  return {
    jsonPath: (node: JsonPathNode, out: SqlWriter): void => {
      if (node.asText) out.text('JSON_UNQUOTE(');
      extract(node, out);
      if (node.asText) out.text(')');
    },

    comparison: (node: NodeOf<'comparison'>, out: SqlWriter): boolean => {
      const { left, right, operator } = node;
      if (!isDocument(left)) return false;
      if (canNormalize && isDocument(right)) {
        out.text('JSON_NORMALIZE(').node(left).text(`) ${operator} JSON_NORMALIZE(`).node(right).text(')');
        return true;
      }
      if (canNormalize && isNoString(right) && (operator === '=' || operator === '<>')) {
        writeAmongNormal(left, [right], operator === '=' ? ' IN (' : ' NOT IN (', out);
        return true;
      }
      writeCompared(left, out);
      out.text(` ${operator} `);
      writeValue(right, left, operator !== '=' && operator !== '<>', out);
      return true;
    },
    between: (node: NodeOf<'between'>, out: SqlWriter): boolean => {
      if (!isDocument(node.operand)) return false;
      writeCompared(node.operand, out);
      out.text(' BETWEEN ');
      writeValue(node.low, node.operand, true, out);
      out.text(' AND ');
      writeValue(node.high, node.operand, true, out);
      return true;
    },
    in: (node: NodeOf<'in'>, out: SqlWriter): boolean => {
      const { operand, choices } = node;
      if (!('length' in choices) && choices.kind === 'listParam') return writeInList(operand, choices, out);
      if (!isDocument(operand)) return false;
      if (!('length' in choices)) {
        writeCompared(operand, out);
        out
          .text(' IN ')
          .nested(() => out.node(isMariaDB ? unquotedColumns(statementOf(choices)) : statementOf(choices)));
        return true;
      }
      const others = canNormalize ? choices.filter(isNoString) : [];
      const strings = canNormalize ? choices.filter((choice) => !isNoString(choice)) : choices;
      if (others.length === 0) writeAmong(operand, strings, out);
      else if (strings.length === 0) writeAmongNormal(operand, others, ' IN (', out);
      else {
        out.text('(');
        writeAmongNormal(operand, others, ' IN (', out);
        out.text(' OR ');
        writeAmong(operand, strings, out);
        out.text(')');
      }
      return true;
    },

    /** What each document of a list goes through. */
    listFunction: canNormalize ? 'JSON_NORMALIZE' : '',

    /** `JSON_CONTAINS_PATH(document, 'one', path)`: true for a key that holds JSON null as well. */
    hasKey: writeHasKey,
    /** All of the keys, or any of them. */
    hasKeys: ([document, ...keys]: readonly ExpressionNode[], connector: 'AND' | 'OR', out: SqlWriter): void => {
      out
        .text('(')
        .each(keys, (key) => writeHasKey(document!, key, out), ` ${connector} `)
        .text(')');
    },
  };
}

/**
 * Whether the key is among those of the object at `path`. JSON_SEARCH knows what escapes in the document stand for, but takes a
 * pattern, and letters as the collation does.
 */
function writeAmongKeys(document: ExpressionNode, path: string, key: ExpressionNode, out: SqlWriter): void {
  out
    .text('JSON_SEARCH(CONVERT(JSON_KEYS(')
    .node(document)
    .text(`, ${quoteText(path)}) USING utf8mb4) COLLATE utf8mb4_bin`);
  out.text(", 'one', REPLACE(REPLACE(REPLACE(").node(key);
  out.text(", '!', '!!'), '%', '!%'), '_', '!_'), '!') IS NOT NULL");
}

/** A value of which it is known that it is no string. */
const isNoString = (node: ExpressionNode): node is ParamNode =>
  node.kind === 'param' && node.jsonKind !== undefined && node.jsonKind !== 'string';

/** A document in the one spelling that all equal documents share. */
const writeNormal = (node: ExpressionNode, out: SqlWriter): void =>
  void out.text('JSON_NORMALIZE(').node(node).text(')');

/** A document among values that are no strings. As in Django, a part that is a string of digits is equal to their number. */
function writeAmongNormal(
  document: ExpressionNode,
  values: readonly ParamNode[],
  among: ' IN (' | ' NOT IN (',
  out: SqlWriter,
): void {
  const writeValue = (value: ParamNode): void => {
    writeNormal(value, out);
    if (document.kind !== 'jsonPath' || value.jsonKind !== 'number') return;
    out
      .text(', JSON_QUOTE(')
      .node(mapParam(value, (given) => value.type.toDb(given), text))
      .text(')');
  };
  writeNormal(document, out);
  out.text(among).each(values, writeValue).text(')');
}

/** A boolean as a member of a document: the server has it as a number. */
export function writeMember(node: ExpressionNode, out: SqlWriter): void {
  if (node.type.columnType.name !== 'boolean') out.node(node);
  else out.text('JSON_EXTRACT(CASE ').node(node).text(" WHEN 1 THEN 'true' WHEN 0 THEN 'false' END, '$')");
}

/** A statement that gives texts for parts of documents. */
function unquotedColumns(query: QueryNode): QueryNode {
  if (query.kind === 'compound') return { ...query, queries: query.queries.map(unquotedColumns) };
  const columns = query.columns.map((column) =>
    column.expression.kind === 'jsonPath' ? { ...column, expression: { ...column.expression, asText: true } } : column,
  );
  return { ...query, columns };
}

/** What is inside a document that is a number or a text; other documents stay texts of JSON. */
function scalarParam(node: ParamNode): ParamNode {
  const unpack = (value: unknown): unknown => {
    if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
      return value;
    return node.type.toDb(value);
  };
  return mapParam(node, unpack, scalar);
}
