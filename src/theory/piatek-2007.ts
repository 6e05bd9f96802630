import { power } from "../core/power.ts";
import { type CapacityPoint, piatek2007Upload } from "./capacities.ts";
import {
  type CapacityPart,
  capacityParts,
  cutParts,
  shareUpTo,
  sumUpTo,
} from "./capacity-parts.ts";
import { above0, atLeast0, whole } from "./input.ts";

export interface EqualSplitSettings {
  /** Optimistic unchokes that each peer keeps: ω of the paper. */
  readonly optimistic: number;
  /** Connections of each peer: λ. */
  readonly connections: number;
  /** Seconds that an optimistic unchoke stays: T. */
  readonly period: number;
}

/** Piatek 2007, §3. */
export const equalSplitDefaults: EqualSplitSettings = {
  optimistic: 2,
  connections: 80,
  period: 30,
};

/**
 * Upload slots of the reference client of the time, optimistic ones among them, by uplink in bytes per second: 2 below 9 KB/s,
 * 3 below 15, 4 below 42, and the root of 0.6 times the KB/s from there on (mainline 4.x; 1 KB = 1024 bytes).
 */
export function mainlineSlots(rate: number): number {
  const kilobytes = rate / 1024;
  if (kilobytes < 9) return 2;
  if (kilobytes < 15) return 3;
  if (kilobytes < 42) return 4;
  return Math.floor(Math.sqrt(0.6 * kilobytes));
}

/** Peers with one number of slots. */
interface SlotGroup {
  readonly slots: number;
  /** Regular ones among them. */
  readonly active: number;
  readonly parts: readonly CapacityPart[];
  /** Of all peers. */
  readonly share: number;
  /** What one slot of theirs gives, times the share. */
  readonly split: number;
}

/**
 * The equal-split model of a large swarm in which everybody runs the reference client: each peer splits its uplink evenly among
 * its slots, and gives the regular ones to those from whom it receives most (Piatek et al., NSDI 2007, §3 and appendix). It
 * says what a peer with a given uplink can expect of peers whose uplinks have a given distribution. Downlinks are no limit,
 * and everybody always has what others want.
 *
 * All rates are in bytes per second, in and out. Between the points of the distribution capacities are even in their
 * logarithm, and the expectations over them are sums in closed form: nothing is drawn or approximated.
 */
export class EqualSplit {
  private readonly settings: EqualSplitSettings;
  private readonly groups: readonly SlotGroup[];
  /** What an optimistic unchoke by anybody brings: E[split(x)]. */
  readonly meanSplit: number;

  constructor(
    upload: readonly CapacityPoint[] = piatek2007Upload,
    settings: Partial<EqualSplitSettings> = {},
  ) {
    this.settings = { ...equalSplitDefaults, ...settings };
    whole("optimistic", this.settings.optimistic, 1);
    whole("connections", this.settings.connections, this.settings.optimistic);
    above0("period", this.settings.period);
    this.groups = slotGroups(upload, this.settings.optimistic);
    this.meanSplit = this.groups.reduce((sum, { split }) => sum + split, 0);
  }

  /** Slots of a peer with this uplink; never fewer than its optimistic ones. */
  slots(rate: number): number {
    return Math.max(this.settings.optimistic, mainlineSlots(above0("rate", rate)));
  }

  /** Its regular slots: active(r). */
  active(rate: number): number {
    return this.slots(rate) - this.settings.optimistic;
  }

  /** What each of its slots gives: split(r). */
  split(rate: number): number {
    return rate / this.slots(rate);
  }

  /** Share of the peers whose slots give at most `split`: S. */
  shareOfSplits(split: number): number {
    atLeast0("split", split);
    let share = 0;
    for (const { slots, parts } of this.groups) {
      for (const part of parts) share += shareUpTo(part, split * slots);
    }
    // What sums leave short of 1 is nobody.
    return share > 1 - 1e-9 ? 1 : share;
  }

  /**
   * Chance that a peer with the uplink `rate` answers somebody whose slots give `split`: that not each of its regular slots
   * has found a better one. p_recip.
   */
  reciprocation(split: number, rate: number): number {
    return answers(1 - this.shareOfSplits(split), this.active(rate));
  }

  /** The same of any peer: recip, over its argument's slots. 0..1. */
  meanReciprocation(split: number): number {
    const better = 1 - this.shareOfSplits(split);
    return this.sum(({ active, share }) => share * answers(better, active));
  }

  /**
   * Expected download rate of a peer with the uplink `rate`: D(r), or with another number of regular slots than its own
   * D(r; k).
   */
  download(rate: number, active = this.active(rate)): number {
    const { optimistic } = this.settings;
    whole("active", active, 0);
    const better = 1 - this.shareOfSplits(above0("rate", rate) / (active + optimistic));
    const regular = this.sum((group) => group.split * answers(better, group.active));
    return active * regular + optimistic * this.meanSplit;
  }

  /** Expected upload rate, which others' downlinks do not limit: U(r). */
  upload(rate: number): number {
    return Math.min(rate, this.slots(rate) * this.download(rate));
  }

  /** Upload beyond what it downloads, in bytes per second: the paper's first definition of altruism. */
  altruismGap(rate: number): number {
    return Math.max(0, this.upload(rate) - this.download(rate));
  }

  /**
   * Upload that brings nothing back: all to who does not answer, and to others what they give less. In bytes per second, of
   * all slots: the paper's second definition.
   */
  altruism(rate: number): number {
    return this.slots(rate) * this.altruismOfSlot(rate);
  }

  /** The part of `altruism` that goes through optimistic unchokes. */
  optimisticAltruism(rate: number): number {
    return this.settings.optimistic * this.altruismOfSlot(rate);
  }

  /** The number of regular slots with the greatest D(r; k). */
  bestActive(rate: number): number {
    const { optimistic } = this.settings;
    let best = 0;
    let most = this.download(rate, 0);
    for (let active = 1; ; active++) {
      // Slots that give less than anybody's bring nothing but optimistic unchokes, and so do more of them.
      if (this.shareOfSplits(rate / (active + optimistic)) === 0) return best;
      const download = this.download(rate, active);
      if (download > most) {
        best = active;
        most = download;
      }
    }
  }

  /** Chance that a peer of this uplink has met one that gives as much, after so many periods: c(s, n) for its split s. */
  matched(rate: number, periods: number): number {
    const { optimistic } = this.settings;
    whole("periods", periods, 0);
    return 1 - power(this.shareOfSplits(this.split(rate)), 2 * optimistic * periods);
  }

  /**
   * Seconds until the regular slots have found peers that give as much, one slot after the other, by the appendix's formula.
   * Infinity where nobody gives as much. The curve that the paper draws is lower: docs/theory.md.
   */
  convergence(rate: number): number {
    if (this.matched(rate, 1) === 0) return Number.POSITIVE_INFINITY;
    let periods = 0;
    let unmatched = 1;
    for (let n = 1; unmatched > 1e-12; n++) {
      const matched = this.matched(rate, n);
      periods += n * matched * unmatched;
      unmatched *= 1 - matched;
    }
    return this.settings.period * this.active(rate) * periods;
  }

  /** Chance that just `count` of a peer's neighbours have unchoked it optimistically; the mean is ω. */
  unchokeProbability(count: number): number {
    const { optimistic, connections } = this.settings;
    whole("count", count, 0);
    if (count > connections) return 0;
    const chance = optimistic / connections;
    let ways = 1;
    for (let one = 0; one < count; one++) ways *= (connections - one) / (one + 1);
    return ways * power(chance, count) * power(1 - chance, connections - count);
  }

  /** Of one slot: what goes to who does not answer, and to who answers with less. */
  private altruismOfSlot(rate: number): number {
    const own = this.split(rate);
    const better = 1 - this.shareOfSplits(own);
    return this.sum(({ slots, active, share, parts }) => {
      const chance = answers(better, active);
      let less = 0;
      for (const part of parts) {
        less += own * shareUpTo(part, own * slots) - sumUpTo(part, own * slots) / slots;
      }
      return (1 - chance) * share * own + chance * less;
    });
  }

  private sum(term: (group: SlotGroup) => number): number {
    return this.groups.reduce((sum, group) => sum + term(group), 0);
  }
}

/** p_recip, where a share `better` of all peers gives more, for a peer with `active` regular slots. */
function answers(better: number, active: number): number {
  return 1 - power(better, active);
}

/** The distribution's peers by their number of slots. */
function slotGroups(upload: readonly CapacityPoint[], optimistic: number): SlotGroup[] {
  const parts = capacityParts(upload);
  const most = parts.at(-1)?.to ?? 0;
  const bounds = [9, 15, 42].map((kilobytes) => kilobytes * 1024);
  // From 42 KB/s, where the root allows 5, one slot more at each next square over 0.6.
  for (let slots = 6; (slots * slots * 1024) / 0.6 < most; slots++) {
    bounds.push((slots * slots * 1024) / 0.6);
  }
  const bySlots = new Map<number, CapacityPart[]>();
  for (const part of cutParts(parts, bounds)) {
    const slots = Math.max(optimistic, mainlineSlots((part.from + part.to) / 2));
    const others = bySlots.get(slots);
    if (others === undefined) bySlots.set(slots, [part]);
    else others.push(part);
  }
  return [...bySlots].map(([slots, parts]) => {
    const share = parts.reduce((sum, part) => sum + part.share, 0);
    const rates = parts.reduce((sum, part) => sum + sumUpTo(part, part.to), 0);
    return { slots, active: slots - optimistic, parts, share, split: rates / slots };
  });
}
