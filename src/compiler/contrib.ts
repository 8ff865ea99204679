import { NotSupportedError } from '../errors.js';
import type { ColumnType, ContribName } from '../sql/value-type.js';
import type { Codec, Dialect } from './dialect.js';

/**
 * Throws NotSupportedError for what only one database has and the dialect is not that database's. `what` begins the sentence:
 * `Columns of type hstore`.
 */
export function checkContrib(contrib: ContribName | null | undefined, what: string, dialect: Dialect): void {
  if (contrib == null || dialect.features.contrib === contrib) return;
  throw new NotSupportedError(
    'not-supported',
    `${what} come with nuages/${contrib}, and ${dialect.label} does not have them.`,
  );
}

const ofType = ({ name }: ColumnType): string => `Columns of type ${name}`;

/** The dialect's codec for the type. Throws NotSupportedError for types that it does not have. */
export function codecOf(type: ColumnType, dialect: Dialect): Codec {
  checkContrib(type.contrib, ofType(type), dialect);
  return dialect.codec(type);
}

/** The type of the column called `name` as CREATE TABLE has it. Throws NotSupportedError for types that the dialect does not have. */
export function columnSqlOf(type: ColumnType, dialect: Dialect, name: string): string {
  checkContrib(type.contrib, `${ofType(type)}, such as '${name}',`, dialect);
  return dialect.columnSql(type);
}
