import * as z from "zod";
import { profile, strategy } from "./behaviour-schema.ts";
import { MAX_CLASSES, MAX_PEERS } from "./limits.ts";
import { settingsSchema } from "./settings-schema.ts";

/** The name of a class, or of a member of a mix. */
export const className = z
  .string()
  .max(64)
  .regex(/^[\p{L}\p{N}_-]+$/u, { error: "must be letters, digits, - and _ only" });

const mixMember = z
  .strictObject({
    class: className.meta({ description: "Name of the member, a class of its own in results." }),
    share: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({ description: "Its share of the population, from 0 to 1." }),
    count: z
      .int()
      .min(0)
      .max(MAX_PEERS)
      .optional()
      .meta({ description: "Its number of peers, instead of a share." }),
    choker: strategy.optional().meta({ description: "The class's if not given." }),
    seedChoker: strategy.optional().meta({ description: "The class's if not given." }),
    picker: strategy.optional().meta({ description: "The class's if not given." }),
    profile: profile.optional().meta({ description: "The class's if not given." }),
    settings: settingsSchema.prefault({}),
  })
  .refine(({ share, count }) => share === undefined || count === undefined, {
    error: "must have share or count, and not both",
  })
  .meta({ description: "A part of the population with strategies of its own." });

/** The members of a class of peers. */
export const mix = z.array(mixMember).min(1).max(MAX_CLASSES).meta({
  description:
    "Members of the class that differ only in strategies, profile and settings. One without share and count is the rest.",
});

export type MixMemberInput = z.output<typeof mixMember>;
