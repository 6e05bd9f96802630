import { get as httpGet, type IncomingMessage, type RequestOptions } from "node:http";
import { get as httpsGet } from "node:https";
import { isIP } from "node:net";
import { inflate, unzip } from "node:zlib";
import { TrackerError } from "../../tracker/tracker-error.ts";
import { failureReason } from "./failure-reason.ts";
import { gaveUp } from "./giving-up.ts";
import type { TrackerClientSettings } from "./settings.ts";

/** What came of a request over HTTP. */
export interface Downloaded {
  readonly status: number;
  readonly body: Uint8Array;
}

const redirections = [301, 302, 303, 307, 308];

/**
 * What stands at `address`, wherever that leads, unpacked. Rejects with a TrackerError; that whoever asks gave up, by `signal`, is
 * one too.
 */
export async function download(
  address: string,
  settings: TrackerClientSettings,
  signal: AbortSignal,
): Promise<Downloaded> {
  const seen = new Set<string>();
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(settings.httpTimeout)]);
  let url = address;
  try {
    for (;;) {
      if (seen.has(url)) throw new TrackerError("its redirections lead in a circle");
      if (seen.size > settings.maxRedirections) throw new TrackerError("too many redirections");
      seen.add(url);
      const response = await open(new URL(url), settings, deadline);
      const { statusCode: status = 0, headers } = response;
      if (redirections.includes(status) && headers.location !== undefined) {
        response.destroy();
        url = redirected(headers.location, url);
      } else {
        const packed = await bodyOf(response, settings.maxAnswer);
        return { status, body: await unpacked(packed, headers["content-encoding"], settings) };
      }
    }
  } catch (error) {
    if (error instanceof TrackerError) throw error;
    if (signal.aborted) throw gaveUp();
    const seconds = settings.httpTimeout / 1000;
    if (deadline.aborted) throw new TrackerError(`it did not answer within ${seconds} s`);
    throw new TrackerError(failureReason(error));
  }
}

function open(
  url: URL,
  { localAddress, userAgent }: TrackerClientSettings,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const options: RequestOptions = {
    agent: false, // the next announce is minutes away
    signal,
    headers: { "user-agent": userAgent, accept: "*/*", "accept-encoding": "gzip, deflate" },
    ...(localAddress === undefined ? {} : { localAddress, family: isIP(localAddress) }),
  };
  return new Promise((resolve, reject) => {
    const get = url.protocol === "https:" ? httpsGet : httpGet;
    get(url, options, resolve).on("error", reject);
  });
}

function redirected(location: string, from: string): string {
  const url = URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url.href;
  throw new TrackerError("it redirects to what is no web address");
}

async function bodyOf(response: IncomingMessage, maxLength: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxLength) throw tooLong(maxLength);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unpacked(
  packed: Buffer,
  encoding: string | undefined,
  { maxAnswer }: TrackerClientSettings,
): Promise<Uint8Array> | Uint8Array {
  const name = encoding?.trim().toLowerCase() ?? "";
  if (name === "" || name === "identity" || packed.length === 0) return packed;
  const isGzip = name === "gzip" || name === "x-gzip";
  if (!isGzip && name !== "deflate") {
    throw new TrackerError("its answer is packed in a way that we did not offer");
  }
  const unpack = isGzip ? unzip : inflate;
  return new Promise((resolve, reject) => {
    unpack(packed, { maxOutputLength: maxAnswer }, (error, bytes) => {
      if (error === null) resolve(bytes);
      else if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
        reject(tooLong(maxAnswer));
      } else reject(new TrackerError("its answer cannot be unpacked"));
    });
  });
}

function tooLong(maxLength: number): TrackerError {
  return new TrackerError(`its answer is longer than ${maxLength} bytes`);
}
