import * as z from "zod";
import { scale } from "./distribution-schema.ts";
import { at, type Problem } from "./issues.ts";
import { type AccessLink, linkPresets, namesOf } from "./presets.ts";
import { capacities, exactlyOne, outside, quantity, unlimitedCapacities } from "./quantities.ts";
import { examples } from "./units.ts";

const accessLink = z
  .strictObject({
    upload: quantity(capacities.dimension, capacities.limits).meta({
      description: "Capacity of its uplink.",
    }),
    download: quantity(unlimitedCapacities.dimension, unlimitedCapacities.limits).meta({
      description: "Capacity of its downlink.",
    }),
    weight: z
      .number()
      .positive()
      .prefault(1)
      .meta({ description: "How often, beside the others. 1 if not given." }),
  })
  .meta({ description: "A link." });

/** Links whose two directions belong together, as the file has them. */
export const link = z
  .strictObject({
    values: z
      .array(accessLink)
      .min(1)
      .meta({ description: "One of these links, equally often or by `weight`." })
      .optional(),
    preset: z
      .enum(namesOf(linkPresets))
      .meta({ description: "Links that were published." })
      .optional(),
    scale: scale
      .optional()
      .meta({ description: "All capacities are multiplied by this. 1 if not given." }),
  })
  .superRefine((value, context) => {
    exactlyOne(value, ["values", "preset"], context);
    if (value.scale === undefined || !(value.scale > 0)) return;
    const capacity = linksOf(value).flatMap(({ upload, download }) => [upload, download]);
    const wrong = capacity.find((one) => outside(unlimitedCapacities, one));
    if (wrong === undefined) return;
    const message = `takes a value out of bounds: it ${outside(unlimitedCapacities, wrong)}`;
    context.addIssue({ code: "custom", path: ["scale"], message });
  })
  .transform(linksOf)
  .meta({
    description: "Uplink and downlink together, instead of upload and download.",
    oneOf: ["values", "preset"].map((key) => ({ required: [key] })),
  });

interface LinkShape {
  readonly values?: readonly AccessLink[] | undefined;
  readonly preset?: keyof typeof linkPresets | undefined;
  readonly scale?: number | undefined;
}

function linksOf({ values, preset, scale: factor = 1 }: LinkShape): AccessLink[] {
  const links = values ?? (preset === undefined ? [] : linkPresets[preset]);
  return links.map(({ upload, download, weight }) => {
    return { upload: upload * factor, download: download * factor, weight };
  });
}

/** Classes that have neither `link` nor both directions, or link beside a direction. `root` is the scenario as it is read. */
export function linkProblems(root: unknown): Problem[] {
  const peers = at(root, ["peers"]);
  if (!Array.isArray(peers)) return [];
  return peers.flatMap((one: unknown, index) => {
    if (typeof one !== "object" || one === null || Array.isArray(one)) return [];
    const [given, missing] = [true, false].map((isThere) =>
      ["upload", "download"].filter((key) => (at(one, [key]) !== undefined) === isThere),
    ) as [string[], string[]];
    if (at(one, ["link"]) === undefined) {
      const hint = `Write a rate as in ${examples.rate.join(", ")}`;
      return missing.map((key) => ({ path: ["peers", index, key], message: "is missing", hint }));
    }
    if (given.length === 0) return [];
    const message = `cannot be beside ${given.join(" and ")}, which it stands for`;
    const hint = "Leave out link, or upload and download";
    return [{ path: ["peers", index, "link"], message, hint }];
  });
}
