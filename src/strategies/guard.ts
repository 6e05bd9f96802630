import type { Clock } from "../core/clock.ts";
import type { Random } from "../core/random.ts";
import type { ChokeRound, Choker, Neighbour, Unchoke } from "../engine/choker.ts";
import type { Picker, PieceChoice } from "../engine/picker.ts";
import { StrategyError } from "./strategy-error.ts";

/** The same choker, but when it throws or breaks the rules a StrategyError says so. `peer` names its client, as "dsl/3". */
export function guardChoker(choker: Choker, name: string, peer: string, clock: Clock): Choker {
  const where = `Choker "${name}" of ${peer}`;
  expectMethod(choker, "choose", "(round)", where);
  return new GuardedChoker(choker, where, clock);
}

/** The same picker, but when it throws or breaks the rules a StrategyError says so. `peer` names its client, as "dsl/3". */
export function guardPicker(picker: Picker, name: string, peer: string, clock: Clock): Picker {
  const where = `Picker "${name}" of ${peer}`;
  expectMethod(picker, "pick", "(choice)", where);
  return new GuardedPicker(picker, where, clock);
}

class GuardedChoker implements Choker {
  readonly unlimited: boolean;
  private readonly choker: Choker;
  private readonly where: string;
  private readonly clock: Clock;

  constructor(choker: Choker, where: string, clock: Clock) {
    this.choker = choker;
    this.where = where;
    this.clock = clock;
    this.unlimited = choker.unlimited === true;
  }

  choose(round: ChokeRound): readonly Unchoke[] {
    let chosen: readonly Unchoke[];
    try {
      chosen = this.choker.choose(round);
    } catch (error) {
      throw thrown(this.place("choose"), error);
    }
    const fault = faultOf(chosen, round, this.unlimited);
    if (fault !== undefined) throw new StrategyError(`${this.place("choose")} ${fault}`);
    return chosen;
  }

  joined(peer: Neighbour, random: Random): void {
    try {
      this.choker.joined?.(peer, random);
    } catch (error) {
      throw thrown(this.place("joined"), error);
    }
  }

  left(peer: Neighbour): void {
    try {
      this.choker.left?.(peer);
    } catch (error) {
      throw thrown(this.place("left"), error);
    }
  }

  private place(method: "choose" | "joined" | "left"): string {
    return `${this.where}, at ${this.clock.now / 1000} s, ${method}():`;
  }
}

class GuardedPicker implements Picker {
  readonly ownFirstPieces: boolean;
  private readonly picker: Picker;
  private readonly where: string;
  private readonly clock: Clock;

  constructor(picker: Picker, where: string, clock: Clock) {
    this.picker = picker;
    this.where = where;
    this.clock = clock;
    this.ownFirstPieces = picker.ownFirstPieces === true;
  }

  pick(choice: PieceChoice): number {
    let piece: number;
    try {
      piece = this.picker.pick(choice);
    } catch (error) {
      throw thrown(this.place(choice), error);
    }
    // A candidate is the first candidate from itself on; anything that is no whole number fails the first test.
    if (piece >>> 0 === piece && choice.candidates.next(piece) === piece) return piece;
    throw new StrategyError(
      `${this.place(choice)} picked ${show(piece)}, which is not one of the candidates. ` +
        "Return a number that candidates.next() gave.",
    );
  }

  private place({ completed, pieceCount }: PieceChoice): string {
    const when = `at ${this.clock.now / 1000} s, with ${completed} of ${pieceCount} pieces`;
    return `${this.where}, ${when}, pick():`;
  }
}

/** What is wrong with the answer of a choker, or undefined. */
function faultOf(chosen: unknown, round: ChokeRound, unlimited: boolean): string | undefined {
  if (!Array.isArray(chosen)) {
    return `returned ${show(chosen)} instead of an array of { peer } objects.`;
  }
  let interested = 0;
  for (let i = 0; i < chosen.length; i++) {
    const entry = chosen[i] as Unchoke | null | undefined;
    const peer = entry?.peer;
    if (entry == null || peer == null) {
      return `entry ${i} is ${show(entry)} instead of a { peer } object; write { peer: neighbour }.`;
    }
    if (!round.neighbours.includes(peer)) {
      const who = typeof peer.number === "number" ? `peer ${peer.number}` : show(peer);
      return `unchoked ${who}, which is not connected. Name only peers of round.neighbours.`;
    }
    for (let j = 0; j < i; j++) {
      if (chosen[j]?.peer === peer) return `unchoked peer ${peer.number} twice.`;
    }
    const fault = faultOfTerms(entry);
    if (fault !== undefined) return `gave peer ${peer.number} ${fault}`;
    if (peer.peerInterested) interested++;
  }
  if (interested > round.slots && !unlimited) {
    return `unchoked ${interested} interested peers, and there are ${round.slots} slots. Only a choker with "unlimited: true" may.`;
  }
  return undefined;
}

function faultOfTerms({ kind, rate }: Unchoke): string | undefined {
  if (rate !== undefined && !(rate > 0)) {
    return `the rate ${show(rate)}. It must be above 0 bytes per second; leave it out for an equal share.`;
  }
  if (kind === undefined || kind === "regular" || kind === "optimistic" || kind === "seed") {
    return undefined;
  }
  return `the kind ${show(kind)}. It must be "regular", "optimistic" or "seed".`;
}

function expectMethod(strategy: unknown, method: string, argument: string, where: string): void {
  const isThere =
    typeof strategy === "object" &&
    strategy !== null &&
    typeof (strategy as Record<string, unknown>)[method] === "function";
  if (isThere) return;
  throw new StrategyError(
    `${where}: create() returned ${show(strategy)} instead of an object with a method ${method}${argument}.`,
  );
}

function thrown(place: string, error: unknown): StrategyError {
  return new StrategyError(`${place} threw ${describeError(error)}`, { cause: error });
}

/** Name, message and, where the engine tells, the line of what was thrown. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return show(error);
  const frame = /^\s+at (?:.*\()?(\S+?:\d+:\d+)\)?$/m.exec(error.stack ?? "")?.[1];
  const line = frame === undefined || frame.startsWith("data:") ? "" : ` (at ${frame})`;
  return `${error.name}: ${error.message}${line}`;
}

/** A value as a message names it, cut short. */
function show(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (value instanceof Promise) return "a promise (strategies are not async)";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (typeof value === "object" && value !== null) {
    return `an object with ${Object.keys(value).slice(0, 5).join(", ") || "nothing in it"}`;
  }
  return String(value);
}
