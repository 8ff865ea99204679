import type { ExpressionNode } from '../sql/expression-nodes.js';

/** Shapes kept at most: then all begin anew, which costs a live program one compilation each. */
const CAPACITY = 20_000;
let made = 0;
let generation = 0;
let lastKey = 0;

/**
 * What a query became by a chain of calls, without its values: two queries have the same shape exactly when they become the same
 * statement but for the values of its parameters. Shapes are a tree of calls, and each is made once, so that comparing
 * two is comparing references and following a known chain is one look-up for each part of it.
 */
export class QueryShape {
  /** A text that no other shape has, also of those forgotten: it stands for this one in the shape of another query. */
  readonly key: string;
  /** Whether every name in queries of this shape is known to mean something. */
  isRight = false;
  /** The annotations of queries of this shape, once they were wanted. */
  annotations: ReadonlyMap<string, ExpressionNode> | null = null;
  #next: Map<string, QueryShape> | null = null;
  #generation = generation;

  constructor() {
    lastKey += 1;
    this.key = `#${lastKey}`;
  }

  /** The shape after one call more, or after one part of it. Parts must tell apart all that can follow this shape. */
  next(part: string): QueryShape {
    if (this.#next === null || this.#generation !== generation) {
      this.#next = new Map();
      this.#generation = generation;
    }
    let next = this.#next.get(part);
    if (next === undefined) {
      next = new QueryShape();
      this.#next.set(part, next);
      made += 1;
      if (made > CAPACITY) {
        made = 0;
        generation += 1;
      }
    }
    return next;
  }
}

/** What all shapes begin with. */
const root = new QueryShape();

/** The shape of a query that nothing was asked of: `origin` names its rows and belongs to nothing else. */
export const shapeOfRows = (origin: string): QueryShape => root.next(origin);
