import type { Clock } from "../core/clock.ts";
import type { Random } from "../core/random.ts";
import type { ChokeRound, Choker, Neighbour, ServeTurn, Unchoke } from "../engine/choker.ts";
import { show } from "./describe.ts";
import { GuardedCalls, type StrategyWatch } from "./guarded-calls.ts";

/** The same choker, but when it throws or breaks the rules a StrategyError says so. `peer` names its client, as "dsl/3". */
export function guardChoker(
  choker: Choker,
  name: string,
  peer: string,
  clock: Clock,
  watch?: StrategyWatch,
): Choker {
  const calls = new GuardedCalls(`Choker "${name}" of ${peer}`, clock, watch);
  calls.expectMethod(choker, "choose", "(round)");
  return new GuardedChoker(choker, calls);
}

class GuardedChoker implements Choker {
  readonly unlimited: boolean;
  readonly sharesSpare: boolean;
  readonly ignoresInterest: boolean;
  // The engine looks whether they are there.
  readonly serve?: NonNullable<Choker["serve"]>;
  readonly sent?: NonNullable<Choker["sent"]>;
  readonly received?: NonNullable<Choker["received"]>;
  readonly whyChoked?: NonNullable<Choker["whyChoked"]>;
  private readonly choker: Choker;
  private readonly calls: GuardedCalls;
  /** The neighbours, each with the number of the call that last named it. */
  private readonly named = new Map<Neighbour, number>();
  private call = 0;

  constructor(choker: Choker, calls: GuardedCalls) {
    this.choker = choker;
    this.calls = calls;
    this.unlimited = choker.unlimited === true;
    this.sharesSpare = choker.sharesSpare === true;
    this.ignoresInterest = choker.ignoresInterest === true;
    if (choker.serve !== undefined) this.serve = (turn) => this.served(turn);
    if (choker.whyChoked !== undefined) {
      this.whyChoked = (peer, round) => this.explained(peer, round);
    }
    for (const hook of ["sent", "received"] as const) {
      if (choker[hook] === undefined) continue;
      this[hook] = (peer, bytes) => calls.run(hook, () => choker[hook]?.(peer, bytes) === true);
    }
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    const chosen = this.calls.run("choose", () => this.choker.choose(round));
    this.call++;
    const fault = this.faultOf(chosen, round);
    if (fault !== undefined) throw this.calls.fault("choose", fault);
    return chosen;
  }

  joined(peer: Neighbour, random: Random): void {
    this.named.set(peer, 0);
    this.calls.run("joined", () => this.choker.joined?.(peer, random));
  }

  left(peer: Neighbour): void {
    this.named.delete(peer);
    this.calls.run("left", () => this.choker.left?.(peer));
  }

  /** What is wrong with the answer of a choker, or undefined. */
  private faultOf(chosen: unknown, { slots }: ChokeRound): string | undefined {
    if (!Array.isArray(chosen)) {
      return `returned ${show(chosen)} instead of an array of { peer } objects.`;
    }
    let interested = 0;
    for (let i = 0; i < chosen.length; i++) {
      const entry = chosen[i] as Unchoke | null | undefined;
      if (entry?.peer == null) {
        return `entry ${i} is ${show(entry)} instead of a { peer } object; write { peer: neighbour }.`;
      }
      const fault = this.faultOfEntry(entry as Unchoke);
      if (fault !== undefined) return fault;
      if (entry.peer.peerInterested) interested++;
    }
    if (interested > slots && !this.unlimited) {
      return `unchoked ${interested} interested peers, and there are ${slots} slots. Only a choker with "unlimited: true" may.`;
    }
    return undefined;
  }

  private faultOfEntry(entry: Unchoke): string | undefined {
    const { peer } = entry;
    const lastNamed = this.named.get(peer);
    if (lastNamed === undefined) {
      const who = typeof peer.number === "number" ? `peer ${peer.number}` : show(peer);
      return `unchoked ${who}, which is not connected. Name only peers of round.neighbours.`;
    }
    if (lastNamed === this.call) return `unchoked peer ${peer.number} twice.`;
    this.named.set(peer, this.call);
    const fault = faultOfTerms(entry);
    return fault === undefined ? undefined : `gave peer ${peer.number} ${fault}`;
  }

  private served(turn: ServeTurn): Neighbour | undefined {
    const peer = this.calls.run("serve", () => this.choker.serve?.(turn));
    if (peer == null) return undefined;
    if (turn.waiting.includes(peer)) return peer;
    const who = typeof peer.number === "number" ? `peer ${peer.number}` : show(peer);
    throw this.calls.fault(
      "serve",
      `named ${who}, which does not wait. Return one of turn.waiting, or undefined.`,
    );
  }

  private explained(peer: Neighbour, round: ChokeRound): string | undefined {
    const reason = this.calls.run("whyChoked", () => this.choker.whyChoked?.(peer, round));
    if (reason === undefined || typeof reason === "string") return reason;
    throw this.calls.fault("whyChoked", `returned ${show(reason)} instead of a text or undefined.`);
  }
}

function faultOfTerms({ kind, rate, reason }: Unchoke): string | undefined {
  if (reason !== undefined && typeof reason !== "string") {
    return `the reason ${show(reason)}. It must be a text; leave it out for the usual one.`;
  }
  if (rate !== undefined && !(rate > 0)) {
    return `the rate ${show(rate)}. It must be above 0 bytes per second; leave it out for an equal share.`;
  }
  if (kind === undefined || kind === "regular" || kind === "optimistic" || kind === "seed") {
    return undefined;
  }
  return `the kind ${show(kind)}. It must be "regular", "optimistic" or "seed".`;
}
