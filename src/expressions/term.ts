import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import { idOf, shapeOfAll } from './shape.js';

/**
 * Whatever of the public API becomes a node: expressions and conditions. It is frozen data; subclasses say what they are made
 * of, and shape and inputs follow.
 */
export abstract class Term implements Resolvable {
  #shape: string | null | undefined;

  abstract resolve(scope: Scope): ExpressionNode;

  /** What it is made of, in a fixed order. */
  sources(): readonly Resolvable[] {
    return [];
  }

  /**
   * What besides class and sources decides the SQL's text, null when that cannot be told. A subclass that adds state must add it
   * here, or two different expressions would share one plan.
   */
  protected abstract ownShape(): string | null;

  get shape(): string | null {
    if (this.#shape === undefined) {
      const own = this.ownShape();
      const parts = own === null ? null : shapeOfAll(this.sources());
      this.#shape = parts === null ? null : `${idOf(this.constructor)}(${own};${parts})`;
    }
    return this.#shape;
  }

  inputs(): readonly Input[] {
    return this.sources().flatMap((source) => source.inputs());
  }
}
