import { type FetchMode, instances, type Origin, type RowClass, type RowSource } from '../schema/instance.js';
import type { Relation } from '../schema/model-meta.js';
import { noteAbsent } from './absent.js';
import type { RowShape } from './query.js';
import type { InstanceLayout, Layout, ValuePlace } from './selection.js';

type Row = readonly unknown[];
type Decoder = ((value: any) => unknown) | null;

/** Makes what a query yields out of rows; made once for a shape, asked once for each result. */
export interface RowReader {
  read(rows: readonly Row[], origin: { alias: string; fetchMode: FetchMode }): unknown[];
}

/** The reader for a layout; `decoders` follow the columns. */
export function readerFor(layout: Layout, rows: RowShape, decoders: readonly Decoder[]): RowReader {
  if (layout.kind === 'plain') return plainReader(layout.values, rows, decoders);
  return new InstanceResultReader(layout, decoders);
}

/** The value of a column: NULL is null, and most columns need no decoder. */
const valueAt = (row: Row, index: number, decoder: Decoder): unknown => {
  const value = row[index];
  return value === null || decoder === null ? value : decoder(value);
};

/** The value at a place: the parts of a tuple as a list. */
const placedValue = (row: Row, { index, width }: ValuePlace, decoders: readonly Decoder[]): unknown =>
  width === null
    ? valueAt(row, index, decoders[index]!)
    : Array.from({ length: width }, (_, part) => valueAt(row, index + part, decoders[index + part]!));

function plainReader(values: readonly ValuePlace[], shape: RowShape, decoders: readonly Decoder[]): RowReader {
  const names = values.map(({ name }) => name);
  if (values.every(({ width }) => width === null)) return columnReader(names, shape, decoders);
  // tuples are put together first, so that every value has one place
  const reader = columnReader(
    names,
    shape,
    values.map(() => null),
  );
  return {
    read: (rows, origin) =>
      reader.read(
        rows.map((row) => values.map((place) => placedValue(row, place, decoders))),
        origin,
      ),
  };
}

/** Of rows with one column for each name. */
function columnReader(names: readonly string[], shape: RowShape, decoders: readonly Decoder[]): RowReader {
  const width = names.length;
  if (shape === 'flat') {
    const decoder = decoders[0]!;
    return { read: (rows) => rows.map((row) => valueAt(row, 0, decoder)) };
  }
  if (shape === 'object') {
    return {
      read: (rows) =>
        rows.map((row) => {
          const object: Record<string, unknown> = {};
          for (let index = 0; index < width; index += 1) object[names[index]!] = valueAt(row, index, decoders[index]!);
          return object;
        }),
    };
  }
  const decode = (row: Row, into: unknown[]): unknown[] => {
    for (let index = 0; index < width; index += 1) into[index] = valueAt(row, index, decoders[index]!);
    return into;
  };
  if (shape === 'array') return { read: (rows) => rows.map((row) => decode(row, new Array(width))) };
  const NamedRow = namedRowClass(names);
  return { read: (rows) => rows.map((row) => decode(row, new NamedRow())) };
}

/** An array whose items can also be read by name. */
function namedRowClass(names: readonly string[]): new () => unknown[] {
  class NamedRow extends Array<unknown> {
    static override get [Symbol.species](): ArrayConstructor {
      return Array;
    }
  }
  names.forEach((name, index) => {
    Object.defineProperty(NamedRow.prototype, name, {
      get(this: unknown[]) {
        return this[index];
      },
      configurable: true,
    });
  });
  return NamedRow;
}

/** How the columns of one model become instances: worked out once for a shape. */
class InstanceColumns {
  readonly rowClass: RowClass;
  readonly names: readonly string[];
  readonly indexes: readonly number[];
  readonly decoders: readonly Decoder[];
  readonly pkIndex: number;
  readonly related: readonly { relation: Relation; name: string; inverse: string | null; columns: InstanceColumns }[];

  constructor(layout: InstanceLayout, decoders: readonly Decoder[]) {
    this.rowClass = instances().rowClass(layout.meta, layout.deferred);
    this.names = layout.fields.map(({ attname }) => attname);
    this.indexes = layout.fields.map(({ index }) => index);
    this.decoders = layout.fields.map(({ index }) => decoders[index]!);
    this.pkIndex = layout.pkIndex;
    this.related = layout.related.map(({ relation, name, layout: inner }) => ({
      relation,
      name: relation.accessor ?? name,
      inverse: relation.inverse.multi ? null : (relation.inverse.accessor ?? relation.inverse.name),
      columns: new InstanceColumns(inner, decoders),
    }));
  }
}

/** Reads one result: its rows are one another's peers. */
class InstanceReader implements RowSource {
  readonly origin: Origin;
  readonly peers: object[] = [];
  row: Row = [];
  readonly #columns: InstanceColumns;
  readonly #related: readonly InstanceReader[];

  constructor(columns: InstanceColumns, { alias, fetchMode }: { alias: string; fetchMode: FetchMode }) {
    this.#columns = columns;
    this.origin = { alias, fetchMode, peers: this.peers };
    this.#related =
      columns.related.length === 0
        ? NO_READERS
        : columns.related.map((each) => new InstanceReader(each.columns, { alias, fetchMode }));
  }

  assign(instance: object): void {
    const target = instance as Record<string, unknown>;
    const { row } = this;
    const { names, indexes, decoders } = this.#columns;
    for (let index = 0; index < names.length; index += 1) {
      const value = row[indexes[index]!];
      const decoder = decoders[index]!;
      target[names[index]!] = value === null || decoder === null ? value : decoder(value);
    }
  }

  /** The instance of a row, or null when the join found none. */
  make(row: Row): object | null {
    const { rowClass, pkIndex, related } = this.#columns;
    if (row[pkIndex] === null) return null;
    this.row = row;
    const instance = instances().fromRow(rowClass, this);
    this.peers.push(instance);
    for (let index = 0; index < related.length; index += 1) {
      const { relation, name, inverse } = related[index]!;
      const other = this.#related[index]!.make(row);
      if (other !== null || relation.reverse) instances().cache(instance, name, other);
      else noteAbsent(instance, relation);
      if (other !== null && inverse !== null) instances().cache(other, inverse, instance);
    }
    return instance;
  }
}

const NO_READERS: readonly InstanceReader[] = [];

class InstanceResultReader implements RowReader {
  readonly #annotations: readonly ValuePlace[];
  readonly #columns: InstanceColumns;
  readonly #decoders: readonly Decoder[];

  constructor(layout: Layout & { kind: 'instance' }, decoders: readonly Decoder[]) {
    this.#columns = new InstanceColumns(layout.instance, decoders);
    this.#annotations = layout.annotations;
    this.#decoders = decoders;
  }

  read(rows: readonly Row[], origin: { alias: string; fetchMode: FetchMode }): object[] {
    const reader = new InstanceReader(this.#columns, origin);
    for (const row of rows) {
      const instance = reader.make(row) as Record<string, unknown>;
      for (const place of this.#annotations) instance[place.name] = placedValue(row, place, this.#decoders);
    }
    // peers outlive changes that a caller makes to its array
    return reader.peers.slice();
  }
}
