import { NotSupportedError } from '../errors.js';
import type { QueryNode, SelectColumn, Source } from '../sql/statement-nodes.js';
import type { SqlWriter, Visits } from './dialect.js';

/** `a, b AS "c"`; 1 where nothing is selected. */
export function writeColumns(columns: readonly SelectColumn[], out: SqlWriter): void {
  if (columns.length === 0) out.text('1');
  out.each(columns, ({ expression, alias }) => {
    out.node(expression);
    if (alias !== null) out.text(' AS ').name(alias);
  });
}

/** A table with its alias where that differs, or a statement in parentheses. */
function writeSource(source: Source, out: SqlWriter): void {
  if (source.kind === 'derived') {
    out
      .nested(() => out.node(source.query))
      .text(' ')
      .name(source.alias);
    return;
  }
  out.name(source.name);
  if (source.alias !== source.name) out.text(' ').name(source.alias);
}

/** A statement as a part of UNION and the like: in parentheses where it has an order, a slice or parts of its own. */
function writePart(query: QueryNode, out: SqlWriter): void {
  const alone =
    query.kind === 'select' && query.orderBy.length === 0 && query.slice === null && query.ctes.length === 0;
  if (alone) out.node(query);
  else out.nested(() => out.node(query));
}

/** How statements that read are written. */
export const selectVisits: Pick<Visits, 'select' | 'compound' | 'join' | 'slice' | 'lock' | 'cte'> = {
  select: (node, out) => {
    if (node.database !== undefined) out.on(node.database);
    if (node.ctes.length > 0)
      out
        .text(node.recursive ? 'WITH RECURSIVE ' : 'WITH ')
        .list(node.ctes)
        .text(' ');
    out.text('SELECT ');
    if (node.distinctOn.length > 0 && !out.dialect.features.distinctOn) {
      throw new NotSupportedError(
        'distinct-on',
        `${out.dialect.label} has no DISTINCT ON: distinct() takes no fields there.`,
      );
    }
    if (node.distinctOn.length > 0) out.text('DISTINCT ON (').list(node.distinctOn).text(') ');
    else if (node.distinct) out.text('DISTINCT ');
    writeColumns(node.columns, out);
    if (node.from !== null) {
      out.text(' FROM ');
      writeSource(node.from, out);
    }
    for (const join of node.joins) out.text(' ').node(join);
    if (node.where !== null) out.text(' WHERE ').node(node.where);
    if (node.groupBy.length > 0) out.text(' GROUP BY ').list(node.groupBy);
    if (node.having !== null) out.text(' HAVING ').node(node.having);
    if (node.orderBy.length > 0) out.text(' ORDER BY ').list(node.orderBy);
    if (node.slice !== null) out.node(node.slice);
    if (node.lock !== null) out.node(node.lock);
  },
  compound: (node, out) => {
    out.each(node.queries, (query) => writePart(query, out), ` ${node.operator} `);
    if (node.orderBy.length > 0) out.text(' ORDER BY ').list(node.orderBy);
    if (node.slice !== null) out.node(node.slice);
  },
  join: (node, out) => {
    out.text(node.type === 'INNER' ? 'INNER JOIN ' : 'LEFT OUTER JOIN ');
    writeSource(node.source, out);
    out.text(' ON (').node(node.on).text(')');
  },
  // The offset is bound, so that every page of a list is the same prepared statement; the limit is written, for planners
  // choose by it (SQLite even prepares a statement again whenever a limit is bound).
  slice: (node, out) => {
    if (node.limit !== null) out.text(` LIMIT ${Number(node.limit)}`);
    if (node.offset > 0) out.text(' OFFSET ').bind(node.offset, node.offsetSource);
  },
  lock: (node, out) => {
    out.text(node.noKey ? ' FOR NO KEY UPDATE' : ' FOR UPDATE');
    if (node.of.length > 0) out.text(' OF ').each(node.of, (alias) => out.name(alias));
    if (node.wait === 'nowait') out.text(' NOWAIT');
    if (node.wait === 'skipLocked') out.text(' SKIP LOCKED');
  },
  cte: (node, out) => {
    out.name(node.name);
    if (node.columns.length > 0)
      out
        .text(' (')
        .each(node.columns, (column) => out.name(column))
        .text(')');
    out.text(' AS ').nested(() => out.node(node.query));
  },
};
