import { nearest } from "../core/nearest.ts";
import { isAwaited } from "./awaited.ts";
import type { Complain, Report } from "./check.ts";
import type { PeerClass, Scenario } from "./scenario.ts";
import type { ScenarioInput } from "./schema.ts";

/** Whether the run comes to an end, by time or by the classes that it waits for. */
export function checkStop({ stop, peers }: Scenario, input: ScenarioInput, report: Report): void {
  if (stop.when === "time" && input.stop.atMost === undefined) {
    report(["stop", "atMost"], "is missing", "A run that ends by time needs it, as in atMost: 2 h");
  }
  if (typeof stop.when === "string") return;
  const { complete } = stop.when;
  for (const [at, name] of complete.entries()) {
    const complain = (message: string, hint?: string) => {
      report(["stop", "when", "complete", at], message, hint);
    };
    const named = peers.filter((one) => one.name === name || one.mix?.population === name);
    const leechers = named.filter(({ role }) => role === "leecher");
    if (named.length === 0) {
      const near = nearest(name, namesOf(peers));
      const hint =
        near === undefined ? `Classes: ${namesOf(peers).join(", ")}` : `Did you mean "${near}"?`;
      complain(`there is no class "${name}"`, hint);
    } else if (leechers.length === 0) {
      complain(`${name} has no leechers, who could complete`);
    } else if (leechers.some(({ leave }) => leave.rejoin)) {
      complain(`${name} rejoins for ever, and is never done`);
    } else if (leechers.every(({ count }) => count === 0)) {
      complain(`${name} has no peers, so the run would end as it begins`);
    }
  }
}

/** Whether a class that rejoins may do so: what it says of a population is said once. */
export function checkRejoin(
  one: PeerClass,
  scenario: Scenario,
  input: ScenarioInput,
  complain: Complain,
): void {
  if (!one.leave.rejoin) return;
  const { when } = scenario.stop;
  if (one.role === "seeder") {
    complain(
      "leave",
      "has a seeder rejoin, and who rejoins has nothing",
      "Rejoining is for leechers",
    );
  } else if (when === "all-complete" && input.stop.atMost === undefined) {
    complain(
      "leave",
      "goes on for ever, and so does the run, which waits for everybody",
      "Set stop.when: { complete: [another class] } or stop.atMost",
    );
  }
}

/** Whether the run waits for the leechers of a class, or of its whole population, and not for a time. */
export function isWaitedFor(one: PeerClass, { stop, peers }: Scenario): boolean {
  if (stop.when === "time") return false;
  const population = one.mix?.population;
  const members =
    population === undefined ? [one] : peers.filter(({ mix }) => mix?.population === population);
  return members.some((member) => isAwaited(member, stop));
}

/** The names that `complete` may have. */
function namesOf(peers: readonly PeerClass[]): string[] {
  return [
    ...new Set(
      peers.flatMap(({ name, mix }) => (mix === undefined ? [name] : [mix.population, name])),
    ),
  ];
}
