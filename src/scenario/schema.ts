import * as z from "zod";
import { distribution } from "./distribution-schema.ts";
import { MAX_CLASSES } from "./limits.ts";
import { peerClassSchema } from "./peer-schema.ts";
import { delay, delays, duration, positiveDuration, quantity, wholeSize } from "./quantities.ts";
import { mustBe } from "./show.ts";

/** Letters in the name of a scenario. */
export const MAX_NAME = 200;

/** TCP and IP headers without options. */
export const DEFAULT_HEADERS = "40 B";

const headers = z
  .union(
    [
      z.boolean().transform((isOn) => (isOn ? 40 : 0)),
      z.enum(["on", "off"]).transform((value) => (value === "on" ? 40 : 0)),
      wholeSize({ atMost: "1000 B" }),
    ],
    { error: mustBe("on, off, or a size as in 40 B", (input) => typeof input === "number") },
  )
  .meta({ description: "TCP/IP header bytes a segment: on (40 B), off (0 B) or a size." });

const network = z
  .strictObject({
    model: z.literal("access").prefault("access").meta({
      description: "access: each peer has an uplink, a downlink and a delay to the core.",
    }),
    delay: distribution(delays, "One-way delay between a peer and the core.").prefault({
      uniform: ["5 ms", "50 ms"],
    }),
    headers: headers.prefault("on"),
    segment: wholeSize({ atLeast: "100 B", atMost: "1 MiB" })
      .prefault("1460 B")
      .meta({ description: "Payload bytes of a segment: 1460 B." }),
  })
  .meta({ description: "The links between peers." });

const tracker = z
  .strictObject({
    numwant: z
      .int()
      .min(1)
      .max(10_000)
      .prefault(50)
      .meta({ description: "At most so many peers in an answer." }),
    interval: quantity("duration", { atLeast: "1 s", atMost: "3650 d" })
      .prefault("30 min")
      .meta({ description: "What it tells peers to wait between announces." }),
    minInterval: duration
      .prefault("5 min")
      .meta({ description: "The least time between two announces that it accepts." }),
    delay: delay
      .prefault("20 ms")
      .meta({ description: "One-way delay between the core and the tracker." }),
  })
  .meta({ description: "The tracker that all peers announce to." });

const stop = z
  .strictObject({
    when: z
      .union(
        [
          z.enum(["all-complete", "time"]),
          z.strictObject({
            complete: z.array(z.string()).min(1).meta({
              description: "When every leecher of these classes completed or left.",
            }),
          }),
        ],
        { error: mustBe("all-complete, time, or { complete: [class, …] }") },
      )
      .prefault("all-complete")
      .meta({
        description:
          "all-complete: when every leecher completed or left. { complete: [dsl] }: every one of these classes. time: at atMost only.",
      }),
    atMost: positiveDuration
      .meta({ description: "Simulated time at which the run ends in any case. 24 h if not given." })
      .optional(),
  })
  .meta({ description: "When the run ends." });

/** A scenario file: units are read, and only such defaults filled in as depend on nothing else. */
export const scenarioSchema = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(MAX_NAME)
      .regex(/^\P{Cc}*$/u, { error: "must be one line without control characters" })
      .optional()
      .meta({ description: "Title; the file's name if not given." }),
    description: z.string().prefault("").meta({ description: "What the scenario is about." }),
    seed: z
      .union(
        [
          z.number().refine((seed) => !Number.isInteger(seed) || Number.isSafeInteger(seed), {
            error: "has more digits than a number keeps",
            params: { hint: "Write it in quotes" },
          }),
          z.string().min(1).max(200),
        ],
        { error: mustBe("a number or a word") },
      )
      .transform(String)
      .prefault(1)
      .meta({
        description: "Seed of all chance: a number or a word. The same seed gives the same run.",
      }),
    torrent: z
      .strictObject({
        size: wholeSize({ above: "0 B" }).meta({ description: "Size of the file: 100 MiB." }),
        pieceLength: wholeSize({ above: "0 B" })
          .prefault("256 KiB")
          .meta({ description: "Length of a piece: 256 KiB." }),
      })
      .meta({ description: "What is shared." }),
    network: network.prefault({}),
    tracker: tracker.prefault({}),
    peers: z
      .array(peerClassSchema)
      .min(1)
      .max(MAX_CLASSES)
      .meta({ description: "The classes of peers." }),
    stop: stop.prefault({}),
    wire: z.enum(["direct", "bytes"]).prefault("direct").meta({
      description: "bytes: messages go through the codec. Slower, and with the same result.",
    }),
    sampleInterval: quantity("duration", { atLeast: "1 ms", atMost: "1 d" })
      .prefault("5 s")
      .meta({ description: "Time between two rows of the time series." }),
  })
  .meta({ title: "Swarmlab scenario" });

export type ScenarioInput = z.output<typeof scenarioSchema>;

/** The JSON Schema of scenario files, for editors; `scenario.schema.json` is a copy of it. */
export function scenarioJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(scenarioSchema, { target: "draft-7", io: "input" }) as Record<
    string,
    unknown
  >;
}
