import { Field, type FieldClass, type FieldOptions } from '../../../fields/field.js';
import { textOf } from '../../../fields/text.js';
import type { ColumnType } from '../../../sql/value-type.js';
import { callable } from '../../../util/callable.js';
import { contrib } from '../nodes.js';

const TSVECTOR: ColumnType = Object.freeze({ name: 'tsvector', contrib });
const TSQUERY: ColumnType = Object.freeze({ name: 'tsquery', contrib });

/** A document prepared for search. In JavaScript: string, its lexemes as PostgreSQL writes them (`'cat':2 'fat':1`). */
export const SearchVectorField: FieldClass<string, FieldOptions> = callable(
  class SearchVectorField extends Field<string> {
    get columnType(): ColumnType {
      return TSVECTOR;
    }
    override prepare(value: unknown, name?: string): string {
      return textOf(value, name);
    }
  },
);
export type SearchVectorField = Field<string>;

/** A query of a search. In JavaScript: string, as PostgreSQL writes it (`'fat' & 'cat'`). */
class SearchQueryField extends Field<string> {
  get columnType(): ColumnType {
    return TSQUERY;
  }
  override prepare(value: unknown, name?: string): string {
    return textOf(value, name);
  }
}

/** The types of vectors and queries that the database computes; shared, so that shapes and plans are too. */
export const vectorType = new SearchVectorField();
export const queryType = new SearchQueryField();
