/** In what the queries of a QuerySet run: a transaction, or under a signal that cancels them. */
export interface QueryContext {
  run<T>(work: () => T): T;
}

/** The little of a QuerySet that carries a context. */
interface Asking {
  readonly query: unknown;
  readonly extras: { readonly context: QueryContext | null };
  iterator(options?: { chunkSize?: number }): AsyncIterableIterator<unknown>;
}
// biome-ignore lint/suspicious/noExplicitAny: TypeScript wants it so of a class that is extended
type AskingClass = new (...args: any[]) => Asking;

/** Methods that query. Those that only refine need no context, and those that users add call these. */
const ASKING = [
  'rows',
  'get',
  'at',
  'first',
  'last',
  'earliest',
  'latest',
  'count',
  'exists',
  'contains',
  'inBulk',
  'aggregate',
  'explain',
  'toSql',
  'create',
  'getOrCreate',
  'updateOrCreate',
  'bulkCreate',
  'bulkUpdate',
  'update',
  'delete',
] as const;

const classes = new WeakMap<AskingClass, AskingClass>();

/** A class of QuerySets whose queries run in the contexts that they carry; others do not pay for it. */
function contextClass(Base: AskingClass): AskingClass {
  const known = classes.get(Base);
  if (known !== undefined) return known;
  const made = class extends Base {
    override async *iterator(options: { chunkSize?: number } = {}): AsyncGenerator<unknown> {
      const { context } = this.extras;
      const rows = super.iterator(options);
      const inside = <T>(work: () => T): T => (context === null ? work() : context.run(work));
      try {
        for (;;) {
          const step = await inside(() => rows.next());
          if (step.done === true) return;
          yield step.value;
        }
      } finally {
        await rows.return?.();
      }
    }
  };
  const methods = made.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const name of ASKING) {
    const method = methods[name]!;
    Object.defineProperty(methods, name, {
      async value(this: Asking, ...args: unknown[]): Promise<unknown> {
        const { context } = this.extras;
        const ask = (): unknown => method.apply(this, args);
        return context === null ? ask() : context.run(ask);
      },
      configurable: true,
      writable: true,
    });
  }
  classes.set(Base, made);
  classes.set(made, made);
  return made;
}

/** A QuerySet like this one whose queries run in a context, inside of those that it has already. */
export function inContext<Q extends Asking>(rows: Q, context: QueryContext): Q {
  const outer = rows.extras.context;
  const both: QueryContext = outer === null ? context : { run: (work) => outer.run(() => context.run(work)) };
  const Class = contextClass(rows.constructor as AskingClass);
  return new Class(rows.query, { ...rows.extras, context: both }) as Q;
}
