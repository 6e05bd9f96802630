import * as z from "zod";
import { duration, exactlyOne, positiveDuration, quantity } from "./quantities.ts";
import { mustBe } from "./show.ts";

const kinds = ["at", "within", "poisson", "decaying", "trace"] as const;

/** The keys that go with some of the kinds only. */
const ownersOf = {
  start: ["within", "poisson", "decaying"],
  until: ["poisson", "decaying"],
  timeConstant: ["decaying"],
} as const;

/** When the peers of a class come, as the file has it. */
export const arrive = z
  .strictObject({
    at: duration.meta({ description: "All at this time: 0 s." }).optional(),
    within: positiveDuration.meta({ description: "Uniformly over this long: 60 s." }).optional(),
    poisson: quantity("frequency", { above: "0 per s", atMost: "1000000 per s" })
      .meta({ description: "With exponential gaps, at this rate: 2 per s, 30 per min." })
      .optional(),
    decaying: quantity("frequency", { above: "0 per s", atMost: "1000000 per s" })
      .meta({ description: "At this rate first, which then falls exponentially: 2 per s." })
      .optional(),
    timeConstant: positiveDuration
      .meta({ description: "For decaying: after so long the rate is 1/e of what it was: 10 min." })
      .optional(),
    trace: z
      .union([z.string().min(1), z.array(duration).min(1)], {
        error: mustBe("a list of times, or the path of a file"),
      })
      .meta({ description: "At these times: a list, or the path of a file with one time a line." })
      .optional(),
    start: duration
      .meta({
        description: "For within, poisson and decaying: from this time on. 0 s if not given.",
      })
      .optional(),
    until: positiveDuration
      .meta({
        description: "For poisson and decaying: nobody comes later. stop.atMost if not given.",
      })
      .optional(),
  })
  .superRefine((value, context) => {
    exactlyOne(value, kinds, context);
    const complain = (key: string, message: string) => {
      context.addIssue({ code: "custom", path: [key], message });
    };
    for (const [key, owners] of Object.entries(ownersOf)) {
      const isGiven = value[key as keyof typeof value] !== undefined;
      if (!isGiven || owners.some((owner) => value[owner] !== undefined)) continue;
      complain(key, `goes with ${owners.join(", ").replace(/, (?=\w+$)/, " and ")} only`);
    }
    if (value.decaying !== undefined && value.timeConstant === undefined) {
      // Of what is missing, the message is the hint.
      complain("timeConstant", "Write a time as in 10 min: then the rate is 1/e of what it was");
    }
  })
  .meta({
    description: "When the peers come. All at 0 s if not given.",
    oneOf: kinds.map((key) => ({ required: [key] })),
  });
