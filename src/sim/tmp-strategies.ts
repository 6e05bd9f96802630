import type { Choker, ChokeRound, Neighbour, Unchoke } from "../engine/choker.ts";
import type { Picker, PieceChoice } from "../engine/picker.ts";
import { randomBelow, type Random } from "../core/random.ts";
import type { Strategies } from "../strategies/registry.ts";

class Tft implements Choker {
  private list: Neighbour[] = [];
  private readonly bySeed: boolean;
  constructor(bySeed: boolean) { this.bySeed = bySeed; }
  joined(peer: Neighbour, random: Random) { this.list.splice(Math.max(0, randomBelow(random, this.list.length + 3) - 2), 0, peer); }
  left(peer: Neighbour) { this.list.splice(this.list.indexOf(peer), 1); }
  choose(round: ChokeRound): Unchoke[] {
    if (round.trigger === "timer" && round.round % 3 === 0) {
      const at = this.list.findIndex((p) => p.amChoking && p.peerInterested);
      if (at > 0) this.list = [...this.list.slice(at), ...this.list.slice(0, at)];
    }
    const preferred = this.list.filter((p) => p.peerInterested && (this.bySeed || !p.isSnubbed)).map((p) => ({ p, rate: this.bySeed ? p.uploadRate : p.downloadRate }));
    preferred.sort((a, b) => b.rate - a.rate);
    preferred.length = Math.min(preferred.length, round.slots - 1);
    const regular = new Set(preferred.map((x) => x.p));
    const out: Unchoke[] = preferred.map((x) => ({ peer: x.p }));
    let opt = Math.max(1, 2 - preferred.length);
    for (const p of this.list) {
      if (regular.has(p)) continue;
      if (opt > 0) { out.push({ peer: p, kind: "optimistic" }); if (p.peerInterested) opt--; }
    }
    return out;
  }
}
class Rarest implements Picker {
  pick(c: PieceChoice): number {
    let best = -1; let least = 1e9; let ties = 0;
    for (let p = c.candidates.next(0); p >= 0; p = c.candidates.next(p + 1)) {
      const a = c.availability(p);
      if (a < least) { least = a; best = p; ties = 1; } else if (a === least && randomBelow(c.random, ++ties) === 0) best = p;
    }
    return best;
  }
}
export const builtInStrategies: Strategies = {
  chokers: new Map([
    ["tit-for-tat", { name: "t", summary: "", create: () => new Tft(false) }],
    ["new-seed", { name: "t", summary: "", create: () => new Tft(true) }],
  ]),
  pickers: new Map([["rarest-first", { name: "r", summary: "", create: () => new Rarest() }]]),
};
