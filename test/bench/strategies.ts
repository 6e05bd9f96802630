import seedrandom from "seedrandom";
import { BitRows } from "../../src/core/bit-rows.ts";
import { Bitfield } from "../../src/core/bitfield.ts";
import type { Neighbour } from "../../src/engine/choker.ts";
import type { PieceChoice } from "../../src/engine/picker.ts";
import { profiles } from "../../src/engine/profiles.ts";
import { builtInStrategies } from "../../src/strategies/built-in.ts";
import { createChoker, createPicker } from "../../src/strategies/create.ts";
import type { Case } from "./measure.ts";

const PIECES = 400; // 100 MiB in pieces of 256 KiB
const NEIGHBOURS = 50;
const settings = profiles["mainline-4"];
const clock = { now: 0 };

/** rarest-first in the middle of a download: half of the pieces are candidates. The guard is part of it, as in a run. */
export function pickerCases(): Case[] {
  const random = { next: seedrandom.alea("bench/picker") };
  const named = { name: "rarest-first", options: {} };
  const picker = createPicker(builtInStrategies, named, settings, { peer: "bench/0", clock });
  const rows = new BitRows(PIECES);
  rows.ensure(1);
  const unstarted = new Bitfield(PIECES);
  const copies = new Uint16Array(PIECES);
  for (let piece = 0; piece < PIECES; piece++) {
    rows.set(0, piece);
    if (random.next() < 0.5) unstarted.set(piece);
    copies[piece] = 5 + Math.floor(random.next() * NEIGHBOURS);
  }
  const choice: PieceChoice = {
    candidates: { next: (from) => rows.nextCommon(0, unstarted, from) },
    pieceCount: PIECES,
    completed: PIECES - unstarted.count,
    availability: (piece) => copies[piece] as number,
    random,
  };
  const operations = 500;
  return [
    {
      name: `rarest-first, ${unstarted.count} candidates`,
      operation: "piece",
      operations,
      run() {
        let sum = 0;
        for (let i = 0; i < operations; i++) sum += picker.pick(choice);
        return sum;
      },
    },
  ];
}

/** tit-for-tat among 50 interested neighbours, four slots; rates change from round to round. */
export function chokerCases(): Case[] {
  const random = { next: seedrandom.alea("bench/choker") };
  const named = { name: "tit-for-tat", options: {} };
  const choker = createChoker(builtInStrategies, named, settings, { peer: "bench/0", clock });
  const neighbours = Array.from({ length: NEIGHBOURS }, (_, number) => neighbour(number));
  for (const peer of neighbours) choker.joined?.(peer, random);
  let round = 0;
  const operations = 500;
  return [
    {
      name: `tit-for-tat, ${NEIGHBOURS} neighbours`,
      operation: "round",
      operations,
      run() {
        let sum = 0;
        for (let i = 0; i < operations; i++) {
          const changed = neighbours[round++ % NEIGHBOURS];
          if (changed !== undefined) changed.downloadRate = 1e5 * random.next();
          sum += choker.choose({
            round,
            trigger: "timer",
            time: 10_000 * round,
            slots: 4,
            uplink: 125_000,
            isSeeding: false,
            torrent: { size: 104_857_600, pieceLength: 262_144, pieceCount: 400 },
            neighbours,
            candidates: neighbours,
            random,
          }).length;
        }
        return sum;
      },
    },
  ];
}

function neighbour(number: number): { -readonly [K in keyof Neighbour]: Neighbour[K] } {
  return {
    number,
    peerInterested: true,
    amInterested: true,
    amChoking: true,
    peerChoking: false,
    isSnubbed: false,
    isSeeding: false,
    downloadRate: 1000 * number,
    uploadRate: 0,
    downloaded: 0,
    uploaded: 0,
    queuedRequests: 0,
    pieces: 0,
    connectedAt: 0,
    mark: "",
  };
}
