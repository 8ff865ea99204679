import { ValueError } from '../errors.js';
import type { ExpressionNode } from '../sql/expression-nodes.js';
import type { Input, Resolvable, Scope } from '../sql/resolvable.js';
import { idOf, shapeOfAll } from './shape.js';

/** Databases refuse deeper expressions (SQLite at 1,000), and walking them would overflow the stack some time. */
const MAX_NESTING = 1000;

/**
 * Whatever of the public API becomes a node: expressions and conditions. It is frozen data; subclasses say what they are made
 * of, and shape and inputs follow.
 */
export abstract class Term implements Resolvable {
  #shape: string | null | undefined;
  /** How many terms stand inside each other, this one included; 0 until it is asked for. */
  #nesting = 0;

  abstract resolve(scope: Scope): ExpressionNode;

  /** What it is made of, in a fixed order. */
  sources(): readonly Resolvable[] {
    return [];
  }

  /** The term itself, to be made part of another. Throws ValueError where terms already stand too deep inside each other. */
  asPart(): this {
    if (this.#nesting === 0) {
      let most = 0;
      // what they are made of was measured when it was made part of them
      for (const source of this.sources()) if (source instanceof Term) most = Math.max(most, source.asPart().#nesting);
      if (most >= MAX_NESTING)
        throw new ValueError('expression-depth', `Expressions are nested more than ${MAX_NESTING} deep.`);
      this.#nesting = most + 1;
    }
    return this;
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
    const sources = this.sources();
    if (sources.length === 1) return sources[0]!.inputs();
    const inputs: Input[] = [];
    // written out: `flatMap` takes several times as long, and every expression of a query is asked
    for (const source of sources) for (const input of source.inputs()) inputs.push(input);
    return inputs;
  }
}
