import type { Clock } from "../core/clock.ts";
import type { Neighbour } from "../engine/choker.ts";
import type { Candidates, Picker, PieceChoice } from "../engine/picker.ts";
import { show } from "./describe.ts";
import { GuardedCalls, type StrategyWatch } from "./guarded-calls.ts";

/** The same picker, but when it throws or breaks the rules a StrategyError says so. `peer` names its client, as "dsl/3". */
export function guardPicker(
  picker: Picker,
  name: string,
  peer: string,
  clock: Clock,
  watch?: StrategyWatch,
): Picker {
  const calls = new GuardedCalls(`Picker "${name}" of ${peer}`, clock, watch);
  calls.expectMethod(picker, "pick", "(choice)");
  return new GuardedPicker(picker, calls);
}

class GuardedPicker implements Picker {
  readonly ownFirstPieces: boolean;
  readonly hidesOnlyAsSeeder: boolean;
  // The engine looks whether it is there.
  readonly reveal?: NonNullable<Picker["reveal"]>;
  private readonly picker: Picker;
  private readonly calls: GuardedCalls;

  constructor(picker: Picker, calls: GuardedCalls) {
    this.picker = picker;
    this.calls = calls;
    this.ownFirstPieces = picker.ownFirstPieces === true;
    this.hidesOnlyAsSeeder = picker.hidesOnlyAsSeeder === true;
    if (picker.reveal === undefined) return;
    this.reveal = (choice) => {
      const piece = calls.run("reveal", () => picker.reveal?.(choice));
      if (piece === -1 || isCandidate(piece, choice.hidden)) return piece;
      const remedy = "Return a number that hidden.next() gave, or -1.";
      throw calls.fault(
        "reveal",
        `showed ${show(piece)}, which is not one of the hidden. ${remedy}`,
      );
    };
  }

  pick(choice: PieceChoice): number {
    const piece = this.calls.run("pick", () => this.picker.pick(choice));
    if (isCandidate(piece, choice.candidates)) return piece;
    throw this.calls.fault(
      "pick",
      `picked ${show(piece)}, which is not one of the candidates, with ${choice.completed} of ` +
        `${choice.pieceCount} pieces. Return a number that candidates.next() gave.`,
    );
  }

  left(peer: Neighbour): void {
    this.calls.run("left", () => this.picker.left?.(peer));
  }
}

/** A candidate is the first candidate from itself on; anything that is no whole number fails the first test. */
function isCandidate(piece: unknown, candidates: Candidates): piece is number {
  if (typeof piece !== "number" || piece >>> 0 !== piece) return false;
  return candidates.next(piece) === piece;
}
