import { typeError } from '../errors.js';
import { words } from '../util/case.js';
import { show } from '../util/show.js';

/** One choice as `[value, label]`. */
export type Choice = readonly [value: unknown, label: string];
/** A group of choices as `[name, [[value, label], …]]`. */
export type ChoiceGroup = readonly [name: string, choices: readonly Choice[]];
/** Choices of a field in order, groups as they were given. */
export type Choices = readonly (Choice | ChoiceGroup)[];

/** What the option `choices` takes: pairs and groups, value → label, a `choices()` enumeration, or a function that gives one. */
export type ChoiceOption =
  | Choices
  | Readonly<Record<string, string | Readonly<Record<string, string>>>>
  | ChoiceSet
  | (() => ChoiceOption);

/** A member of `choices()`: its value, or its value and label. */
export type ChoiceMember = string | number | readonly [value: string | number, label: string];
type ValueOf<M> = M extends readonly [infer V, string] ? V : M;

/** What an enumeration knows about its members. */
export interface ChoiceSet<V = unknown> {
  readonly choices: readonly (readonly [V, string])[];
  readonly values: readonly V[];
  readonly labels: readonly string[];
  readonly names: readonly string[];
  /** The label of a value; a value that is no member is shown as it is. */
  labelOf(value: unknown): string;
}

const sets = new WeakSet<object>();

/**
 * An enumeration of choices from a const object: each name gives a value, or a value and its label. A label that is not
 * given is made from the name (`IN_STOCK` → `In stock`). Or from `[value, label]` pairs, which then have no names.
 *
 * @example
 * const Status = choices({ DRAFT: 'draft', LIVE: ['live', 'On line'] });
 * Status.DRAFT      // 'draft'
 * Status.labels     // ['Draft', 'On line']
 * CharField({ maxLength: 10, choices: Status })
 */
export function choices<const M extends Readonly<Record<string, ChoiceMember>>>(
  members: M,
): { readonly [N in keyof M]: ValueOf<M[N]> } & ChoiceSet<ValueOf<M[keyof M]>>;
export function choices<const P extends readonly (readonly [string | number, string])[]>(
  pairs: P,
): ChoiceSet<P[number][0]>;
export function choices(
  given: Readonly<Record<string, ChoiceMember>> | readonly (readonly [string | number, string])[],
): ChoiceSet {
  const named = !isArray(given);
  const entries: [string, Choice][] = isArray(given)
    ? given.map((pair) => [String(pair[0]), checkPair(pair)])
    : Object.entries(given).map(([name, member]) => [
        name,
        isArray(member) ? checkPair(member as Choice) : [member, labelFrom(name)],
      ]);
  const pairs = Object.freeze(entries.map(([, pair]) => Object.freeze(pair)));
  const values = Object.freeze(pairs.map(([value]) => value));
  if (new Set(values).size !== values.length)
    throw typeError('duplicate-choice', 'choices(): two members have the same value.');
  const set = Object.create(null) as Record<string, unknown>;
  if (named) {
    for (const [name, [value]] of entries) {
      if (name in SET_MEMBERS) throw typeError('choice-name', `choices(): a member cannot be called '${name}'.`);
      Object.defineProperty(set, name, { value, enumerable: true });
    }
  }
  const labels = new Map(pairs);
  const describe: ChoiceSet = {
    choices: pairs as ChoiceSet['choices'],
    values,
    labels: Object.freeze(pairs.map(([, label]) => label)),
    names: Object.freeze(named ? entries.map(([name]) => name) : []),
    labelOf: (value) => labels.get(value) ?? String(value),
  };
  for (const [name, value] of Object.entries(describe)) Object.defineProperty(set, name, { value, enumerable: false });
  sets.add(set);
  return Object.freeze(set) as unknown as ChoiceSet;
}

const SET_MEMBERS = { choices: 0, values: 0, labels: 0, names: 0, labelOf: 0 };
const isArray = (value: unknown): value is readonly any[] => Array.isArray(value);

function checkPair(pair: readonly unknown[]): Choice {
  if (pair.length !== 2 || typeof pair[1] !== 'string') {
    throw typeError('choice-pair', `choices(): expected [value, label], not ${show(pair)}.`);
  }
  return [pair[0], pair[1]];
}

function labelFrom(name: string): string {
  const text = /[a-z]/.test(name) ? words(name) : name.replaceAll('_', ' ').toLowerCase().trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The option `choices` in one form; null when there is none. Throws TypeError for what is no list of choices. */
export function normalizeChoices(option: ChoiceOption | undefined): Choices | null {
  if (option === undefined || option === null) return null;
  if (typeof option === 'function') return normalizeChoices((option as () => ChoiceOption)());
  if (sets.has(option)) return (option as ChoiceSet).choices;
  if (isArray(option)) return option.length === 0 ? null : (option as Choices);
  if (typeof option !== 'object')
    throw typeError('choices', `choices expected pairs or an object, not ${show(option)}.`);
  return Object.entries(option as Readonly<Record<string, unknown>>).map(([value, label]) =>
    typeof label === 'string' ? [value, label] : [value, Object.entries(label as Record<string, string>)],
  );
}

/** Whether an entry of choices is a group. */
export function isGroup(entry: Choice | ChoiceGroup): entry is ChoiceGroup {
  return isArray(entry[1]);
}

/** The choices with groups opened. */
export function flatChoices(list: Choices): readonly Choice[] {
  return list.flatMap((entry): readonly Choice[] => (isGroup(entry) ? entry[1] : [entry]));
}
