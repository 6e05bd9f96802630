import { apportion } from "../core/apportion.ts";
import { profiles } from "../engine/profiles.ts";
import type { ClientSettings } from "../engine/settings.ts";
import type { MixMemberInput } from "./mix-schema.ts";
import type { PeerClassInput } from "./peer-schema.ts";
import type { Report } from "./resolving.ts";
import type { PeerClass } from "./scenario.ts";

/** Decimals seldom add up to exactly 1. */
const TOLERANCE = 1e-9;

/** The classes of a population: itself, or those of its mix. */
export function resolveMix(whole: PeerClass, input: PeerClassInput, report: Report): PeerClass[] {
  const { mix } = input;
  if (mix === undefined) return [whole];
  const shares = sharesOf(mix, whole, report);
  const isCounted = Number.isFinite(whole.count);
  const counts = isCounted ? apportion(shares, whole.count) : shares.map(() => whole.count);
  return mix.map((member, at) => {
    const profile = member.profile ?? whole.profile;
    const ownSettings = { ...whole.ownSettings, ...(member.settings as Partial<ClientSettings>) };
    return {
      ...whole,
      name: member.class,
      mix: { population: whole.name, count: whole.count, share: shares[at] as number },
      count: counts[at] as number,
      choker: member.choker ?? whole.choker,
      seedChoker: member.seedChoker ?? whole.seedChoker,
      picker: member.picker ?? whole.picker,
      profile,
      settings: { ...profiles[profile], ...ownSettings },
      ownSettings,
    };
  });
}

/** Each member's share of the population: as given, as its count makes it, or what is left. */
function sharesOf(mix: readonly MixMemberInput[], whole: PeerClass, report: Report): number[] {
  let sum = 0;
  const rest: number[] = [];
  const given = mix.map(({ share, count }, at) => {
    if (share === undefined && count === undefined) rest.push(at);
    if (count !== undefined && whole.count === Number.POSITIVE_INFINITY) {
      report(["mix", at, "count"], {
        message: `is for a population of known size, and ${whole.name} has no count`,
        hint: "Write a share, as in share: 0.1, or give the class a count",
      });
    }
    const part = share ?? (count ?? 0) / whole.count;
    sum += part;
    return part;
  });
  if (rest.length > 1) {
    report(["mix", rest[1] as number], {
      message: "has neither share nor count, and one member alone can be the rest",
      hint: "Give it a share, as in share: 0.1",
    });
  }
  const total = Number(sum.toFixed(9));
  if (sum > 1 + TOLERANCE) {
    const hint = "They may be 1 at most, and counts as many as there are peers";
    report(["mix"], { message: `has shares that add up to ${total}`, hint });
  } else if (rest.length === 0 && sum < 1 - TOLERANCE) {
    const hint = "Give one member neither share nor count: it takes what is left";
    report(["mix"], { message: `has shares that add up to ${total}, and no rest`, hint });
  }
  const [first] = rest;
  if (first !== undefined) given[first] = Math.max(0, 1 - sum);
  return given;
}
