import { exponential } from "../core/exponential.ts";
import type { Complain } from "./check.ts";
import { isWaitedFor } from "./check-stop.ts";
import { formatQuantity } from "./format-units.ts";
import { MAX_PEERS } from "./limits.ts";
import type { PeerClass, Scenario, StopSpec } from "./scenario.ts";
import type { ScenarioInput } from "./schema.ts";

/** Whether the peers of a class, or of a mix, come before the run ends, and are not too many. */
export function checkArrivals(
  one: PeerClass,
  scenario: Scenario,
  input: ScenarioInput,
  complain: Complain,
): void {
  const { stop } = scenario;
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
      checkRandom(arrive, stop, complain);
      if (count === Number.POSITIVE_INFINITY) {
        const isWaiting = isWaitedFor(one, scenario) && input.stop.atMost === undefined;
        checkNumber(arrive, stop, isWaiting, complain);
      }
  }
}

type RandomArrival = PeerClass["arrive"] & { kind: "poisson" | "decaying" };

function checkRandom({ start, until }: RandomArrival, stop: StopSpec, complain: Complain): void {
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
}

/** Whether arrivals without number are not too many, and end before a run that waits for them is to end. */
function checkNumber(
  arrive: RandomArrival,
  stop: StopSpec,
  isWaiting: boolean,
  complain: Complain,
): void {
  const expected = expectedOf(arrive);
  if (expected > MAX_PEERS) {
    complain(
      `arrive.${arrive.kind}`,
      `brings about ${Math.round(expected)} peers, and at most ${MAX_PEERS} can be`,
      "Set count",
    );
  }
  if (arrive.kind === "poisson" && isWaiting && arrive.until >= stop.atMost) {
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
