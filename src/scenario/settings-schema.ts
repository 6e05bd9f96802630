import * as z from "zod";
import { rateBasedSlots } from "../engine/profiles.ts";
import type { ClientSettings } from "../engine/settings.ts";
import { duration, positiveDuration, quantity, wholeSize } from "./quantities.ts";
import { mustBe } from "./show.ts";

const whole = (minimum: number, about: string) =>
  z.int().min(minimum).max(1_000_000).meta({ description: about });
/** The least time keeps a slip (1 us) from filling the run with events. */
const time = (about: string, atLeast = "1 ms") =>
  quantity("duration", { atLeast, atMost: "3650 d" }).meta({
    description: `${about} A time: 10 s.`,
  });

const slots = z
  .union(
    [
      z
        .int()
        .min(1)
        .max(100_000)
        .transform((count) => ({ rule: "fixed" as const, slots: count })),
      z.enum(["mainline", "azureus"]).transform((rule) => ({ rule })),
      z.literal("rate-based").transform(() => rateBasedSlots),
    ],
    { error: mustBe("a whole number, mainline, azureus or rate-based") },
  )
  .meta({
    description:
      "Peers unchoked at once: a number; `mainline` or `azureus` for as many as suit the uplink by the client's table; " +
      "or `rate-based` for as many as take enough (libtorrent).",
  });

const pipeline = z
  .union(
    [
      z
        .int()
        .min(1)
        .max(100_000)
        .transform((requests) => ({ rule: "fixed" as const, requests })),
      z.discriminatedUnion("rule", [
        z.strictObject({
          rule: z.literal("fixed"),
          requests: whole(1, "How many."),
        }),
        z.strictObject({
          rule: z.literal("mainline"),
          start: whole(1, "At least so many until 4 blocks have come."),
        }),
        z
          .strictObject({
            rule: z.literal("seconds"),
            seconds: positiveDuration.meta({
              description: "Requests for so long at the present rate: 3 s.",
            }),
            min: whole(1, "At least so many."),
            max: whole(1, "At most so many."),
          })
          .refine(({ min, max }) => min <= max, { error: "must have min no larger than max" })
          .transform(({ seconds, ...rest }) => ({ ...rest, seconds: seconds / 1000 })),
      ]),
    ],
    { error: mustBe("a whole number, or { rule: fixed | mainline | seconds, … }") },
  )
  .meta({
    description:
      "Requests kept in flight on a connection: a number, or a rule that follows the rate.",
  });

/** What a class may override of its profile: every constant of the client's behaviour. */
export const settingsShape = {
  slots,
  rechokeInterval: time("Time between two choking rounds.", "100 ms"),
  optimisticRounds: whole(1, "An optimistic unchoke lasts this many rounds."),
  minUploads: whole(0, "At least so many uploads are kept going, by further optimistic unchokes."),
  newPeerWeight: z.number().positive().max(1_000_000).meta({
    description:
      "A new connection is this many times as likely as another to be the next optimistic unchoke.",
  }),
  preemptiveUnchoke: z.boolean().meta({
    description:
      "A peer that becomes interested while a slot is free does not wait for the next round.",
  }),
  snubTime: time("A peer that sent no block for so long is snubbed."),
  rateWindow: time("Rolling window of the rate meters."),
  rateFudge: duration.meta({
    description: "What the first second of a rate meter is padded with: 5 s.",
  }),
  randomFirstPieces: whole(0, "Pieces chosen at random before the picker takes over."),
  pipeline,
  parole: z.boolean().meta({
    description:
      "A piece that several peers spoilt together is then asked of one alone, so that the culprit is found.",
  }),
  snubbedRequests: whole(1, "Requests kept in flight on a connection whose peer is snubbed."),
  uploadQueueLimit: whole(1, "Requests of one peer that are kept queued."),
  paceBurst: duration.meta({
    description: "A paced connection may save up this much time: 250 ms.",
  }),
  maxRequestLength: wholeSize({ atLeast: "16 KiB" }).meta({
    description: "A request for more than this costs the peer its connection. A size: 128 KiB.",
  }),
  maxConnections: whole(1, "Connections in all."),
  maxInitiate: whole(0, "The client dials while it has fewer connections than this."),
  minPeers: whole(0, "With fewer connections than this it asks the tracker for more."),
  reannounceInterval: time("It asks for more no sooner than this.", "1 s"),
  numwant: whole(0, "Peers asked of the tracker in one announce."),
  announceRetryMin: time("Wait after all trackers failed.", "1 s"),
  announceRetryMax: time("That wait at most.", "1 s"),
  announceRetryGrowth: z.number().min(1).max(100).meta({
    description: "The wait grows by this factor with each failure.",
  }),
  dialTimeout: time("A dial that is not answered fails after this."),
  handshakeTimeout: time("A connection without handshake is closed after this."),
  keepAliveInterval: time("Silence after which it sends a keep-alive.", "1 s"),
  idleTimeout: time("Silence after which it gives the peer up."),
  maxSpares: whole(1, "Addresses remembered for later dialling."),
} satisfies { [K in keyof ClientSettings]: z.ZodType<ClientSettings[K]> };

export const settingsSchema = z
  .strictObject(settingsShape)
  .partial()
  .meta({ description: "Overrides of single constants of the profile." });
