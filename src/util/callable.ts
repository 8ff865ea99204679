/** A class that may also be called without `new`: `CharField({ … })`. */
export type Callable<C extends abstract new (...args: any[]) => any> = C &
  ((...args: ConstructorParameters<C>) => InstanceType<C>);

/**
 * Lets a class be called without `new`; it stays a class (`new`, `extends`, `instanceof`, static members work).
 *
 * @example
 * export const Lower = callable(class Lower extends Func { … })
 */
export function callable<C extends new (...args: any[]) => any>(target: C): Callable<C> {
  const face = new Proxy(target, {
    apply: (made, _this, args) => Reflect.construct(made, args),
  }) as Callable<C>;
  // `value.constructor === CharField` holds for what the name means to everyone else.
  Object.defineProperty(target.prototype, 'constructor', { value: face, writable: true, configurable: true });
  return face;
}
