import type { Seeds } from "../chance/seeds.ts";
import { randomBelow } from "../core/random.ts";
import { chanceName, type PlannedPeer } from "./plan.ts";

/** The pieces that a planned peer brings, in order. */
export function initialPieces(plan: PlannedPeer, pieceCount: number, seeds: Seeds): number[] {
  const { role, pieces } = plan.class;
  const all = () => Array.from({ length: pieceCount }, (_, piece) => piece);
  if (role === "seeder") return all();
  if (pieces.kind === "none" || plan.visit > 0) return [];
  if (pieces.kind === "all-but") return all().filter((piece) => !pieces.pieces.includes(piece));
  const random = seeds.stream(`pieces/${chanceName(plan)}`);
  return all().filter(() => randomBelow(random, 1 << 30) < pieces.fraction * (1 << 30));
}
