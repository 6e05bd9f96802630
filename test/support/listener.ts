import type { Observer } from "../../src/engine/observer.ts";

/** An observer that hears of what has a handler here, and of nothing else. */
export function listener(handlers: Partial<Observer>): Observer {
  return new Proxy(handlers as Observer, {
    get: (target, name) =>
      Reflect.get(target, name) ?? (name === "rechoked" ? undefined : () => {}),
  });
}
