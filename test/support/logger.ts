import type { Observer, RechokeReport } from "../../src/engine/observer.ts";

/** An observer that writes what it hears into a log, as "unchoked 2 regular"; of rounds it wants to know where `rounds` are. */
export function logger(log: string[], rounds: RechokeReport[] | undefined): Observer {
  const rechoked = (_client: number, report: RechokeReport): void => {
    rounds?.push(report);
    log.push("rechoked");
  };
  return new Proxy({} as Observer, {
    get(_target, name) {
      if (name === "rechoked") return rounds && rechoked;
      return (...args: unknown[]) => {
        log.push(`${String(name)} ${args.slice(1).join(" ")}`.trim());
      };
    },
  });
}
