import * as z from "zod";
import { type ProfileName, profiles } from "../engine/profiles.ts";
import { mustBe } from "./show.ts";

/** A strategy as the file has it. */
export const strategy = z
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

/** The name of a client profile. */
export const profile = z.enum(Object.keys(profiles) as [ProfileName, ...ProfileName[]]);
