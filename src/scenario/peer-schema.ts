import * as z from "zod";
import { defaultProfile } from "../engine/profiles.ts";
import { arrive } from "./arrival-schema.ts";
import { profile, strategy } from "./behaviour-schema.ts";
import { leave } from "./departure-schema.ts";
import { distribution } from "./distribution-schema.ts";
import { MAX_PEERS } from "./limits.ts";
import { link } from "./link-schema.ts";
import { className, mix } from "./mix-schema.ts";
import { capacities, delays, exactlyOne, unlimitedCapacities } from "./quantities.ts";
import { settingsSchema } from "./settings-schema.ts";
import { mustBe } from "./show.ts";

const pieces = z
  .union(
    [
      z.literal("none"),
      z
        .strictObject({
          allBut: z
            .array(z.int().min(0))
            .min(1)
            .meta({ description: "Every piece but these, counted from 0." })
            .optional(),
          fraction: z
            .number()
            .min(0)
            .max(1)
            .meta({ description: "Each piece with this probability." })
            .optional(),
        })
        .superRefine((value, context) => exactlyOne(value, ["allBut", "fraction"], context))
        .meta({ minProperties: 1, maxProperties: 1 }),
    ],
    { error: mustBe("none, { allBut: […] } or { fraction: … }") },
  )
  .meta({ description: "What a leecher brings: none, { allBut: [0] } or { fraction: 0.5 }." });

/** A class of peers as the file has it. */
export const peerClassSchema = z
  .strictObject({
    class: className.meta({ description: "Name of the class, in charts, tables and --set." }),
    count: z
      .union([z.int().min(1).max(MAX_PEERS), z.literal("unlimited")], {
        error: mustBe("a whole number, or unlimited"),
      })
      .meta({
        description: "How many peers. With poisson at most so many, and unlimited if not given.",
      })
      .optional(),
    role: z
      .enum(["leecher", "seeder"])
      .prefault("leecher")
      .meta({ description: "A seeder comes with every piece." }),
    upload: distribution(capacities, "Capacity of the uplink.").optional(),
    download: distribution(unlimitedCapacities, "Capacity of the downlink.").optional(),
    link: link.optional(),
    delay: distribution(
      delays,
      "One-way delay to the core; network.delay if not given.",
    ).optional(),
    reachable: z
      .boolean()
      .prefault(true)
      .meta({ description: "false for peers behind NAT: they dial, and cannot be dialled." }),
    corrupts: z
      .number()
      .min(0)
      .max(1)
      .prefault(0)
      .meta({ description: "Share of the blocks it sends that are garbage, from 0 to 1." }),
    pieces: pieces.optional(),
    arrive: arrive.prefault({ at: "0 s" }),
    leave,
    choker: strategy
      .prefault("tit-for-tat")
      .meta({ description: "Whom to upload to: a name, a path, or { name, options }." }),
    seedChoker: strategy.optional().meta({
      description:
        "The choker when it has every piece; the choker itself or the profile's if not given.",
    }),
    picker: strategy
      .prefault("rarest-first")
      .meta({ description: "Which piece to start: a name, a path, or { name, options }." }),
    profile: profile
      .prefault(defaultProfile)
      .meta({ description: "The client whose constants it uses." }),
    settings: settingsSchema.prefault({}),
    mix: mix.optional(),
  })
  .meta({
    description: "A class of peers that are alike.",
    anyOf: [{ required: ["upload", "download"] }, { required: ["link"] }],
  });

export type PeerClassInput = z.output<typeof peerClassSchema>;
