/** A kind of column, spelled for each database where its tables are made. */
export type ColumnKind = 'key' | 'integer' | 'real' | 'text' | 'datetime';

export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnKind>>;
  /** Columns with an index of their own. */
  readonly indexes: readonly string[];
}

/** The tables of the benchmark, parents first. Every peer reads and writes these very tables. */
export const tables: readonly Table[] = [
  { name: 'bench_publisher', columns: { id: 'key', name: 'text', country: 'text' }, indexes: [] },
  { name: 'bench_author', columns: { id: 'key', name: 'text', country: 'text', joined: 'datetime' }, indexes: [] },
  { name: 'bench_tag', columns: { id: 'key', name: 'text' }, indexes: [] },
  {
    name: 'bench_book',
    columns: {
      id: 'key',
      title: 'text',
      pages: 'integer',
      price: 'real',
      views: 'integer',
      published_at: 'datetime',
      updated_at: 'datetime',
      publisher_id: 'integer',
      author_id: 'integer',
    },
    indexes: ['publisher_id', 'author_id'],
  },
  {
    name: 'bench_book_tags',
    columns: { id: 'key', book_id: 'integer', tag_id: 'integer' },
    indexes: ['book_id', 'tag_id'],
  },
  {
    name: 'bench_review',
    columns: { id: 'key', rating: 'integer', body: 'text', created_at: 'datetime', book_id: 'integer' },
    indexes: ['book_id'],
  },
];
