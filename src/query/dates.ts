import { typeError, ValueError } from '../errors.js';
import { F } from '../expressions/f.js';
import { DateField, DateTimeField } from '../fields/temporal.js';
import { Trunc } from '../functions/datetime.js';
import { resolvePath } from './path.js';
import type { Query } from './query.js';
import * as refine from './refine.js';

/** Types that hold a time or a date, if not the one that is wanted. */
const TEMPORAL = ['date', 'time', 'datetime'];
const DATE_KINDS = ['year', 'month', 'week', 'day'];
const DATETIME_KINDS = [...DATE_KINDS, 'hour', 'minute', 'second'];

/** dates() and datetimes(): the distinct values of a field, cut to a unit, in order; rows without a value are left out. */
export function truncated(
  query: Query,
  path: string,
  kind: string,
  options: { order: unknown; timeZone: string | null; datetimes: boolean },
): Query {
  const method = options.datetimes ? 'datetimes' : 'dates';
  const kinds = options.datetimes ? DATETIME_KINDS : DATE_KINDS;
  if (!kinds.includes(kind)) throw new ValueError('kind', `'kind' of ${method}() must be one of ${kinds.join(', ')}.`);
  if (options.order !== 'ASC' && options.order !== 'DESC')
    throw new ValueError('order', `'order' of ${method}() must be either 'ASC' or 'DESC'.`);
  const { type } = resolvePath(query.meta, path).target;
  const name = type.columnType.name;
  if (type.parts !== undefined)
    throw new ValueError('composite-key', `${method}() does not support composite primary keys.`);
  if (options.datetimes ? name !== 'datetime' : name !== 'date' && name !== 'datetime') {
    const reason = `'${path}' of ${query.meta.label} is not a ${options.datetimes ? 'DateTimeField' : 'DateField'}.`;
    if (TEMPORAL.includes(name)) throw new ValueError('not-a-date', reason);
    throw typeError('not-a-date', reason);
  }
  const outputField = options.datetimes ? new DateTimeField() : new DateField();
  const cut = (Trunc as any)(
    F(path),
    kind,
    options.timeZone === null ? { outputField } : { outputField, tzinfo: options.timeZone },
  );
  const alias = options.datetimes ? 'datetimefield' : 'datefield';
  const annotated = refine.annotate(query, [{ [alias]: cut }], true);
  const present = refine.filter(annotated, [{ [`${path}__isnull`]: false }], false);
  const flat = refine.distinct(refine.values(present, [alias], 'flat'), []);
  return refine.orderBy(flat, [options.order === 'DESC' ? `-${alias}` : alias]);
}
