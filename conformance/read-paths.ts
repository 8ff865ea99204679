import { answerOf } from './answers.js';
import type { Json } from './corpus.js';
import type { Dynamic } from './dynamic.js';
import { camelCase } from './names.js';
import { AttributeError } from './queries.js';
import type { Scope } from './scope.js';

/** A read that failed, in place of its value; the comparison looks at the class of `$error`. */
export interface FailedRead {
  readonly $error: unknown;
}

/** Reads each path of `paths` from an object, or from each object of a list. */
export async function readPaths(from: Dynamic, paths: readonly string[], scope: Scope): Promise<Dynamic> {
  if (!Array.isArray(from)) return readAll(from, paths, scope);
  const lists: Dynamic[] = [];
  for (const object of from) lists.push(await readAll(object, paths, scope));
  return lists;
}

async function readAll(from: Dynamic, paths: readonly string[], scope: Scope): Promise<Dynamic[]> {
  const values: Dynamic[] = [];
  for (const path of paths) {
    try {
      values.push(answerOf(await readPath(from, path === '' ? [] : path.split('.'), scope), scope));
    } catch (error) {
      values.push({ $error: error } satisfies FailedRead);
    }
  }
  return values;
}

async function readPath(from: Dynamic, [segment, ...rest]: readonly string[], scope: Scope): Promise<Dynamic> {
  if (segment === undefined) return isManager(from) ? from.all() : from;
  if (from === null) return null;
  if (segment !== '*') {
    const { value } = await readSegment(from, segment, scope);
    return readPath(value, rest, scope);
  }
  const objects = Array.isArray(from) ? from : await from.all();
  const values: Dynamic[] = [];
  for (const object of objects) values.push(await readPath(object, rest, scope));
  return values;
}

/** What a segment leads to; in a box, because awaiting a manager by mistake would evaluate it. */
interface Read {
  readonly value: Dynamic;
}

async function readSegment(from: Dynamic, segment: string, scope: Scope): Promise<Read> {
  if (/^\d+$/.test(segment)) {
    if (Number(segment) >= from.length) throw new IndexError(`The list has no item ${segment}.`);
    return { value: from[Number(segment)] };
  }
  if (segment.endsWith('()')) return { value: await from[camelCase(segment.slice(0, -2))]() };
  const read = readAttribute(from, segment, scope);
  if (isManager(read)) return { value: read };
  // Relations and deferred fields are promises of their value.
  const value = await read;
  if (value === null && isReverse(from, segment, scope)) throw new RelatedObjectDoesNotExist(segment);
  return { value };
}

/** Python's error for a place that a list does not have. */
class IndexError extends Error {}

/**
 * A missing reverse one-to-one throws when it is awaited; once `selectRelated` has loaded it, the attribute is null instead, as
 * its type says. Both are Django's RelatedObjectDoesNotExist.
 */
class RelatedObjectDoesNotExist extends Error {}

function isReverse(from: Dynamic, name: string, scope: Scope): boolean {
  const model = scope.world.modelOf(from);
  return model !== undefined && scope.world.names.of(model).attributes.get(name)?.reverse === true;
}

/** An attribute by its Django name; what JavaScript gives as undefined is Python's AttributeError. */
export function readAttribute(from: Dynamic, name: string, scope: Scope): Dynamic {
  const model = scope.world.modelOf(from);
  const value = from[model === undefined ? name : scope.world.names.attribute(model, name)];
  if (value === undefined) throw new AttributeError(`There is no attribute ${name} here.`);
  return value;
}

/** Whether a value is a related manager rather than a loaded list or an object. */
export function isManager(value: Dynamic): boolean {
  return typeof value === 'object' && value !== null && typeof value.all === 'function' && !Array.isArray(value);
}

/** A bound value by its name, then list indexes and attributes: `xs.0.publisher`. */
export async function reference(bound: ReadonlyMap<string, Dynamic>, text: Json, scope: Scope): Promise<Dynamic> {
  const [name, ...rest] = String(text).split('.');
  let value = bound.get(name!);
  for (const segment of rest) ({ value } = await readSegment(value, segment, scope));
  return value;
}
