import * as z from "zod";
import { duration, exactlyOne, positiveDuration, quantity } from "./quantities.ts";
import { mustBe } from "./show.ts";

/** When the peers of a class come, as the file has it. */
export const arrive = z
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
