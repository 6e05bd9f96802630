import { exponential } from "../core/exponential.ts";
import type { Complain } from "./check.ts";
import { formatQuantity } from "./format-units.ts";
import { MAX_PEERS } from "./limits.ts";
import type { PeerClass, Scenario } from "./scenario.ts";
import type { ScenarioInput } from "./schema.ts";

/** Whether the peers of a class, or of a mix, come before the run ends, and are not too many. */
export function checkArrivals(
  one: PeerClass,
  { stop }: Scenario,
  input: ScenarioInput,
  complain: Complain,
): void {
  const { arrive } = one;
  const { count } = one.mix ?? one;
  const end = `stop.atMost (${time(stop.atMost)})`;
  const later = "Make stop.atMost longer, or let them come sooner";
  switch (arrive.kind) {
    case "at":
      if (arrive.time >= stop.atMost) complain("arrive.at", `is not before ${end}`, later);
      return;
    case "within":
      if (arrive.start + arrive.duration > stop.atMost) {
        complain(
          "arrive.within",
          `goes on until ${time(arrive.start + arrive.duration)}, after ${end}`,
          later,
        );
      }
      return;
    case "trace": {
      const last = arrive.times[count - 1] ?? 0;
      if (last <= stop.atMost) return;
      const inTime = arrive.times.filter((one) => one <= stop.atMost).length;
      complain(
        "arrive.trace",
        `goes on until ${time(last)}, after ${end}`,
        inTime === 0
          ? later
          : `Make stop.atMost longer, or write count: ${inTime} for those who come before`,
      );
      return;
    }
    case "poisson":
    case "decaying":
      checkRandom(arrive, count, stop, input, complain);
  }
}

type RandomArrival = PeerClass["arrive"] & { kind: "poisson" | "decaying" };

function checkRandom(
  arrive: RandomArrival,
  count: number,
  stop: Scenario["stop"],
  input: ScenarioInput,
  complain: Complain,
): void {
  const { kind, start, until } = arrive;
  if (until > stop.atMost) {
    complain(
      "arrive.until",
      `is after stop.atMost (${time(stop.atMost)})`,
      "Make it sooner, or stop.atMost longer",
    );
  }
  if (start >= until) {
    complain("arrive.start", `is not before ${time(until)}, when the last may come`);
  }
  if (count !== Number.POSITIVE_INFINITY) return;
  const expected = expectedOf(arrive);
  if (expected > MAX_PEERS) {
    complain(
      `arrive.${kind}`,
      `brings about ${Math.round(expected)} peers, and at most ${MAX_PEERS} can be`,
      "Set count",
    );
  }
  const isBounded = input.stop.atMost !== undefined || until < stop.atMost;
  if (kind === "poisson" && stop.when === "all-complete" && !isBounded) {
    complain(
      "arrive.poisson",
      "never ends, and so does the run, which waits for everybody",
      "Set count, arrive.until, stop.atMost or stop.when: time",
    );
  }
}

/** How many come by chance. */
function expectedOf(arrive: RandomArrival): number {
  const span = Math.max(0, arrive.until - arrive.start);
  if (arrive.kind === "poisson") return arrive.rate * span;
  const { rate, timeConstant } = arrive;
  return rate * timeConstant * (1 - exponential(-span / timeConstant));
}

function time(value: number): string {
  return formatQuantity("duration", value);
}
