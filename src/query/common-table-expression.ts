import { FieldError, typeError, ValueError } from '../errors.js';
import type { Input } from '../sql/resolvable.js';
import type { QueryNode, SelectNode } from '../sql/statement-nodes.js';
import { checkTableName } from './names.js';
import { type CommonTable, change, type Query, shapePart } from './query.js';
import { QueryHolder } from './query-holder.js';
import * as refine from './refine.js';
import { toSelect } from './to-select.js';

/** Options of `Cte`. */
export interface CteOptions {
  /** From the table itself to the QuerySet of the rows that follow from its rows. */
  readonly recursive?: (table: any) => unknown;
  /** Keeps equal rows of a recursion once, so that it ends in a graph with circles. */
  readonly distinct?: boolean;
}

/** A common table with its columns, made from QuerySets: what `Cte` is, but for its rows. */
export abstract class CommonTableExpression implements CommonTable {
  readonly name: string;
  readonly columns: CommonTable['columns'];
  readonly query: Query;
  readonly step: Query | null = null;
  readonly distinct: boolean;
  readonly shape: string | null;
  readonly inputs: readonly Input[] = [];

  constructor(name: string, querySet: unknown, options: CteOptions = {}) {
    checkTableName(name);
    const { recursive = null, distinct = false } = options;
    if (recursive !== null && typeof recursive !== 'function') {
      throw typeError('cte-recursion', 'The option `recursive` of Cte() is a function from the table to a QuerySet.');
    }
    this.name = name;
    this.distinct = distinct;
    this.query = namedRows(querySet);
    this.columns = columnsOf(this.query);
    // the recursion may name the table, whose columns are known by now: what it means there depends on the first part alone
    this.shape = this.query.shape === null ? null : `@${shapePart(name)}${this.query.shape.key}`;
    this.step = recursive === null ? null : inOrder(namedRows(recursive(this)), this.columns, name);
    const shapes = [this.query.shape?.key ?? null, this.step === null ? '' : (this.step.shape?.key ?? null)];
    this.shape = shapes.includes(null)
      ? null
      : `${shapePart(name)}${distinct}${shapes.map((each) => shapePart(each!)).join('')}`;
    this.inputs = [...this.query.inputs, ...(this.step?.inputs ?? [])];
    Object.freeze(this);
  }
}

/** The query of a QuerySet whose rows have names: values(), or instances as `values()` would give them. */
function namedRows(querySet: unknown): Query {
  if (!(querySet instanceof QueryHolder)) throw typeError('not-a-queryset', 'Cte() takes QuerySets.');
  const { query } = querySet;
  if (query.rows === 'instance') return refine.values(query, [], 'object');
  if (query.rows === 'object') return query;
  throw typeError('cte-rows', 'The rows of Cte() need names: choose its columns with values(…), not valuesList(…).');
}

function columnsOf(query: Query): CommonTable['columns'] {
  const { columns } = firstSelect(toSelect(query, null, true).node);
  return namesOf(query).map((name, index) => {
    if (name.includes('__')) {
      const example = name.replace(/__+(.)/g, (_, letter: string) => letter.toUpperCase());
      throw new FieldError(
        'cte-column',
        `'${name}' cannot name a column of Cte(): give it another name, as in values({ ${example}: F('${name}') }).`,
      );
    }
    return { name, type: columns[index]!.expression.type };
  });
}

const namesOf = (query: Query): readonly string[] =>
  query.names ??
  (query.combination === null
    ? [...query.meta.fields.map(({ attname }) => attname), ...query.annotations]
    : namesOf(query.combination.queries[0]!));

const firstSelect = (node: QueryNode): SelectNode => (node.kind === 'select' ? node : firstSelect(node.queries[0]!));

/** The recursive part with its columns in the order of the first part's, since SQL tells them apart by position. */
function inOrder(query: Query, columns: CommonTable['columns'], name: string): Query {
  const wanted = columns.map((column) => column.name);
  const given = columnsOf(query).map((column) => column.name);
  if (wanted.length !== given.length || wanted.some((each) => !given.includes(each))) {
    throw new ValueError(
      'cte-columns',
      `The recursive part of Cte('${name}') must have the columns ${wanted.join(', ')}; it has ${given.join(', ')}.`,
    );
  }
  return change(query, { names: wanted }, 'ordered');
}
