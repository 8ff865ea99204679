import type { ModelMeta } from '../schema/model-meta.js';
import { getOrMake } from '../util/get-or-make.js';

/** Which models' rows must go before which others': those that refer before those that are referred to. */
export class DeletionOrder {
  /** By table: proxies count as the model behind them. */
  readonly #before = new Map<ModelMeta, Set<ModelMeta>>();

  /** Rows of `first` refer to rows of `second`. */
  mustGoBefore(first: ModelMeta, second: ModelMeta): void {
    // one statement deletes all rows of a table, so within it no order is needed
    if (first.concrete === second.concrete) return;
    getOrMake(this.#before, second.concrete, () => new Set()).add(first.concrete);
  }

  /** The models in an order that obeys; those that refer to each other in a circle come last, which only the database can judge. */
  sorted(models: readonly ModelMeta[]): ModelMeta[] {
    const sorted: ModelMeta[] = [];
    const done = new Set<ModelMeta>();
    let waiting = [...models];
    while (waiting.length > 0) {
      const before = waiting.length;
      waiting = waiting.filter((meta) => {
        const needed = this.#before.get(meta.concrete);
        if (needed !== undefined && [...needed].some((each) => !done.has(each))) return true;
        sorted.push(meta);
        done.add(meta.concrete);
        return false;
      });
      if (waiting.length === before) return [...sorted, ...waiting];
    }
    return sorted;
  }
}
