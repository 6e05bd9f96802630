import * as z from "zod";
import { distribution } from "./distribution-schema.ts";
import { durations, positiveDurations } from "./quantities.ts";
import { mustBe } from "./show.ts";

/** When the peers of a class go, as the file has it. */
export const leave = z
  .union(
    [
      z.enum(["never", "on-completion", "rejoin"]),
      z
        .strictObject({
          after: distribution(
            durations,
            "Leaves so long after it completed (a seeder: after it came).",
          ).optional(),
          session: distribution(
            positiveDurations,
            "Leaves so long after it came, complete or not.",
          ).optional(),
          crash: z
            .boolean()
            .prefault(false)
            .meta({ description: "Leaves without goodbye to peers and tracker." }),
          rejoin: z.boolean().prefault(false).meta({
            description: "A new peer that has nothing comes in its place at once.",
          }),
        })
        .refine(({ after, session }) => after !== undefined || session !== undefined, {
          error: "must have after, session or both",
        })
        .meta({ anyOf: [{ required: ["after"] }, { required: ["session"] }] }),
    ],
    { error: mustBe("never, on-completion, rejoin, or { after, session, crash, rejoin }") },
  )
  .prefault("never")
  .meta({
    description:
      "When a peer goes: never, on-completion, rejoin, or { after, session, crash, rejoin }; the earlier counts.",
  });
