import * as z from "zod";
import { defaultProfile, type ProfileName, profiles } from "../engine/profiles.ts";
import {
  capacity,
  delay,
  distribution,
  duration,
  exactlyOne,
  positiveDuration,
  quantity,
} from "./quantities.ts";
import { settingsSchema } from "./settings-schema.ts";
import { mustBe } from "./show.ts";

/** A run with more peers than this would not fit into memory. */
export const MAX_PEERS = 1_000_000;

const strategy = z
  .union(
    [
      z
        .string()
        .min(1)
        .transform((name) => ({ name, options: {} })),
      z.strictObject({
        name: z
          .string()
          .min(1)
          .meta({ description: "Name of a built-in strategy, or path of a module: ./mine.ts." }),
        options: z
          .record(
            z.string(),
            z.union([z.number(), z.string(), z.boolean()], {
              error: mustBe("a number, a text, true or false"),
            }),
          )
          .prefault({})
          .meta({ description: "The strategy's own options." }),
      }),
    ],
    { error: mustBe("a name, the path of a module, or { name, options }") },
  )
  .meta({ description: "A strategy: its name, the path of a module, or { name, options }." });

const arrive = z
  .strictObject({
    at: duration.meta({ description: "All at this time: 0 s." }).optional(),
    within: positiveDuration.meta({ description: "Uniformly over this long: 60 s." }).optional(),
    poisson: quantity("frequency", { above: "0 per s", atMost: "1000000 per s" })
      .meta({ description: "With exponential gaps, at this rate: 2 per s, 30 per min." })
      .optional(),
    trace: z
      .union([z.string().min(1), z.array(duration).min(1)], {
        error: mustBe("a list of times, or the path of a file"),
      })
      .meta({ description: "At these times: a list, or the path of a file with one time a line." })
      .optional(),
    start: duration
      .meta({ description: "For within and poisson: from this time on. 0 s if not given." })
      .optional(),
    until: positiveDuration
      .meta({ description: "For poisson: nobody comes later. stop.atMost if not given." })
      .optional(),
  })
  .superRefine((value, context) => {
    exactlyOne(value, ["at", "within", "poisson", "trace"], context);
    if (value.start !== undefined && value.within === undefined && value.poisson === undefined) {
      context.addIssue({
        code: "custom",
        path: ["start"],
        message: "goes with within and poisson only",
      });
    }
    if (value.until !== undefined && value.poisson === undefined) {
      context.addIssue({ code: "custom", path: ["until"], message: "goes with poisson only" });
    }
  })
  .meta({
    description: "When the peers come. All at 0 s if not given.",
    oneOf: ["at", "within", "poisson", "trace"].map((key) => ({ required: [key] })),
  });

const leave = z
  .union(
    [
      z.enum(["never", "on-completion"]),
      z
        .strictObject({
          after: distribution(
            duration,
            "Leaves so long after it completed (a seeder: after it came).",
            { canBeTiny: true },
          ).optional(),
          session: distribution(
            positiveDuration,
            "Leaves so long after it came, complete or not.",
            {
              canBeTiny: true,
            },
          ).optional(),
          crash: z
            .boolean()
            .prefault(false)
            .meta({ description: "Leaves without goodbye to peers and tracker." }),
        })
        .refine(({ after, session }) => after !== undefined || session !== undefined, {
          error: "must have after, session or both",
        })
        .meta({ anyOf: [{ required: ["after"] }, { required: ["session"] }] }),
    ],
    { error: mustBe("never, on-completion, or { after, session, crash }") },
  )
  .prefault("never")
  .meta({
    description:
      "When a peer goes: never, on-completion, or { after, session, crash }; the earlier counts.",
  });

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
    class: z
      .string()
      .max(64)
      .regex(/^[\p{L}\p{N}_-]+$/u, { error: "must be letters, digits, - and _ only" })
      .meta({ description: "Name of the class, in charts, tables and --set." }),
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
    upload: distribution(capacity, "Capacity of the uplink.", { canBeTiny: false }),
    download: distribution(capacity, "Capacity of the downlink.", { canBeTiny: false }),
    delay: distribution(delay, "One-way delay to the core; network.delay if not given.", {
      canBeTiny: true,
    }).optional(),
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
    profile: z
      .enum(Object.keys(profiles) as [ProfileName, ...ProfileName[]])
      .prefault(defaultProfile)
      .meta({ description: "The client whose constants it uses." }),
    settings: settingsSchema.prefault({}),
  })
  .meta({ description: "A class of peers that are alike." });

export type PeerClassInput = z.output<typeof peerClassSchema>;
