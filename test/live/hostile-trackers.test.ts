import { createSocket } from "node:dgram";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { defaultTrackerClientSettings } from "../../src/live/trackers/settings.ts";
import { TrackerError } from "../../src/tracker/tracker-error.ts";
import {
  writeAnnounceAnswer,
  writeConnectAnswer,
  writeErrorAnswer,
} from "../../src/tracker/udp-answers.ts";
import { readUdpRequest } from "../../src/tracker/udp-requests.ts";
import { parametersOf } from "../support/announces.ts";
import { Closing, patience, refusalOf } from "../support/loopback-tracker.ts";

const closing = new Closing();
afterEach(() => closing.all());

const { maxAnswer } = defaultTrackerClientSettings;
const answer = "d8:intervali60e5:peers0:e";

/** Why an announce there fails. */
function refusal(url: string, settings = {}): Promise<string> {
  return refusalOf(closing.client(settings).announce(url, parametersOf(), patience));
}

function announce(url: string, settings = {}) {
  return closing.client(settings).announce(url, parametersOf(), patience);
}

describe("an HTTP tracker that is none", () => {
  test.each([
    ["nobody listens", "http://127.0.0.1:1/announce", "nobody listens there"],
    ["an unknown host", "http://nobody.invalid/announce", "there is no host of that name"],
    ["no address", "nonsense", "this is no address of a tracker"],
    ["a port beyond all", "http://127.0.0.1:99999/", "this is no address of a tracker"],
    ["wss", "wss://a/", "trackers are asked over http, https and udp, not over wss"],
    ["udp without a port", "udp://127.0.0.1/announce", "its address has no port"],
    ["udp to an unknown host", "udp://nobody.invalid:1/", "there is no host of that name"],
  ])("%s", async (_, url, reason) => {
    // A machine without a name server says so in other words.
    const offline = "its name cannot be looked up at the moment";
    const said = await refusal(url);
    expect([reason, url.includes("invalid") ? offline : reason]).toContain(said);
  });

  test.each([
    ["bytes of chance", "\x00\xff\x13\x37".repeat(100)],
    ["a line without an end", "HTTP/1.1 200 OK"],
    ["endless headers", `HTTP/1.1 200 OK\r\n${"X: y\r\n".repeat(10_000)}`],
    ["a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx"],
    ["less than it promised", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nd8:int"],
  ])("%s", async (_, text) => {
    const url = await closing.tcp((socket) =>
      socket.once("data", () => socket.end(text, "latin1")),
    );
    expect(await refusal(url)).toMatch(/does not speak HTTP|hung up/);
  });

  test("one that speaks no TLS, though its address says so", async () => {
    const url = await closing.http((_request, response) => response.end(answer));
    expect(await refusal(url.replace("http:", "https:"))).toBe("it does not speak TLS as we do");
  });

  test("whatever it sends, only a TrackerError or an answer comes of it", async () => {
    let next = new Uint8Array();
    const url = await closing.tcp((socket) => socket.once("data", () => socket.end(next)));
    const client = closing.client({ httpTimeout: 2000 });
    const head = Buffer.from("HTTP/1.1 200 OK\r\n\r\n");
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), fc.boolean(), async (bytes, isHttp) => {
        next = isHttp ? Buffer.concat([head, bytes]) : bytes;
        const outcome = client.announce(url, parametersOf(), patience);
        const error = await outcome.then(
          () => undefined,
          (reason) => reason,
        );
        if (error !== undefined) expect(error).toBeInstanceOf(TrackerError);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ["a web page", "<html>", "it sent a web page that is no tracker's answer"],
    ["nothing", "", "it sent an empty answer"],
    ["ten million levels", "l".repeat(2_000_000), "it sent something that is no tracker's answer"],
    ["a refusal", "d14:failure reason2:noe", "no"],
  ])("%s", async (_, text, reason) => {
    const url = await closing.http((_request, response) => response.end(text));
    expect(await refusal(url)).toBe(reason);
  });

  test("a body without an end is read no further than the bound", async () => {
    let sent = 0;
    const url = await closing.http((_request, response) => {
      const more = () => {
        sent += 65_536;
        if (!response.destroyed)
          response.write(Buffer.alloc(65_536, "l"), () => setImmediate(more));
      };
      more();
    });
    expect(await refusal(url)).toBe(`its answer is longer than ${maxAnswer} bytes`);
    expect(sent).toBeLessThan(4 * maxAnswer + 4_000_000);
  });

  test.each(["gzip", "deflate"])(
    "a bomb of %s is unpacked no further than the bound",
    async (encoding) => {
      const { deflateSync } = await import("node:zlib");
      const zeros = Buffer.alloc(100_000_000);
      const packed = encoding === "gzip" ? gzipSync(zeros) : deflateSync(zeros);
      expect(packed.length).toBeLessThan(maxAnswer);
      const url = await closing.http((_request, response) => {
        response.writeHead(200, { "Content-Encoding": encoding }).end(packed);
      });
      expect(await refusal(url)).toBe(`its answer is longer than ${maxAnswer} bytes`);
    },
  );

  test.each([
    ["gzip", "no gzip", "its answer cannot be unpacked"],
    ["br", answer, "its answer is packed in a way that we did not offer"],
  ])("%s that is %s", async (encoding, body, reason) => {
    const url = await closing.http((_request, response) => {
      response.writeHead(200, { "Content-Encoding": encoding }).end(body);
    });
    expect(await refusal(url)).toBe(reason);
  });

  test("one that is slow is waited for no longer than the bound, however it drips", async () => {
    const url = await closing.http((_request, response) => {
      const timer = setInterval(() => response.write("l"), 20);
      response.on("close", () => clearInterval(timer));
    });
    expect(await refusal(url, { httpTimeout: 300 })).toBe("it did not answer within 0.3 s");
    const silent = await closing.tcp(() => {});
    expect(await refusal(silent, { httpTimeout: 100 })).toBe("it did not answer within 0.1 s");
  });

  test("a status of failure is the reason, unless there is one inside", async () => {
    let body = "gone";
    const url = await closing.http((_request, response) => response.writeHead(404).end(body));
    expect(await refusal(url)).toBe("it answered with HTTP status 404");
    body = "d14:failure reason8:go thereee";
    expect(await refusal(url)).toBe("go there");
  });
});

describe("redirections", () => {
  /** Redirects so many times, then answers; counts the requests. */
  async function redirecting(times: number): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const url = await closing.http((request, response) => {
      asked.push(request.url ?? "");
      const count = asked.length;
      if (count > times) response.end(answer);
      else response.writeHead(302, { Location: `/${count}?x=${count}` }).end();
    });
    return { url, asked };
  }

  test("five are followed", async () => {
    const { url, asked } = await redirecting(5);
    expect(await announce(url)).toMatchObject({ interval: 60_000 });
    expect(asked.slice(1)).toEqual(["/1?x=1", "/2?x=2", "/3?x=3", "/4?x=4", "/5?x=5"]);
  });

  test("six are not", async () => {
    const { url, asked } = await redirecting(6);
    expect(await refusal(url)).toBe("too many redirections");
    expect(asked).toHaveLength(6);
  });

  test("a circle is seen at once", async () => {
    let count = 0;
    const url = await closing.http((request, response) => {
      count++;
      response.writeHead(301, { Location: request.url === "/b" ? "/a" : "/b" }).end();
    });
    expect(await refusal(url)).toBe("its redirections lead in a circle");
    expect(count).toBe(3);
  });

  test.each(["udp://127.0.0.1:1/", "file:///etc/passwd", "http://["])(
    "%s is no place to go",
    async (to) => {
      const url = await closing.http((_request, response) =>
        response.writeHead(302, { Location: to }).end(),
      );
      expect(await refusal(url)).toBe("it redirects to what is no web address");
    },
  );
});

describe("an HTTP tracker that packs its answers", () => {
  test("is understood", async () => {
    const url = await closing.http((request, response) => {
      expect(request.headers["accept-encoding"]).toContain("gzip");
      response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(answer));
    });
    expect(await announce(url)).toMatchObject({ interval: 60_000, peers: [] });
  });
});

describe("a UDP tracker that is none", () => {
  const connectionId = new Uint8Array(8).fill(7);

  /** Gives connection ids as it should, and something of the test's own for an announce. */
  function giving(reply: (transaction: number) => Uint8Array): Promise<string> {
    return closing.udp((packet, send) => {
      const request = readUdpRequest(packet);
      if (request === undefined) return;
      const { transaction } = request;
      if (request.action === "connect") send(writeConnectAnswer(transaction, connectionId));
      else send(reply(transaction));
    });
  }

  test("nobody listens", async () => {
    const silent = await closing.udp(() => {});
    await closing.all();
    expect(await refusal(silent)).toBe("nobody listens there");
  });

  test("an error is its reason", async () => {
    const url = await giving((transaction) => writeErrorAnswer(transaction, "not here"));
    expect(await refusal(url)).toBe("not here");
  });

  test("opentracker's refusal is a bare head", async () => {
    const url = await giving((transaction) => writeErrorAnswer(transaction, "").fill(1, 3, 4));
    expect(await refusal(url)).toMatch(/without content; it may not serve this torrent/);
  });

  test("it answers what was not asked", async () => {
    const url = await giving((transaction) => writeConnectAnswer(transaction, connectionId));
    expect(await refusal(url)).toBe("it answered what was not asked");
  });

  test("garbage and answers to others' transactions are passed over", async () => {
    const terms = { interval: 60, leechers: 0, seeders: 0 };
    let announced = 0;
    const url = await closing.udp((packet, send) => {
      const { transaction, action } = readUdpRequest(packet) ?? { transaction: 0, action: "" };
      send(Uint8Array.of(1, 2, 3));
      send(writeErrorAnswer(transaction ^ 1, "forged"));
      if (action === "connect") send(writeConnectAnswer(transaction, connectionId));
      else if (announced++ === 0) send(writeAnnounceAnswer(transaction, terms, new Uint8Array()));
    });
    expect(await announce(url, { udpTimeout: 500 })).toMatchObject({ interval: 60_000 });
  });

  test("an answer from another address is passed over", async () => {
    const other = createSocket("udp4");
    closing.add(() => other.close());
    const url = await closing.udp((packet, send, port) => {
      const { transaction, action } = readUdpRequest(packet) ?? { transaction: 0, action: "" };
      const forged = writeErrorAnswer(transaction, "forged");
      other.send(forged, port, "127.0.0.1", () => {
        const terms = { interval: 60, leechers: 0, seeders: 0 };
        if (action === "connect") send(writeConnectAnswer(transaction, connectionId));
        else send(writeAnnounceAnswer(transaction, terms, new Uint8Array()));
      });
    });
    expect(await announce(url)).toMatchObject({ interval: 60_000 });
  });
});

describe("giving up", () => {
  test.each([
    ["an HTTP tracker", () => closing.tcp(() => {})],
    ["a UDP tracker", () => closing.udp(() => {})],
  ])("%s is left at once", async (_, start) => {
    const url = await start();
    const abort = new AbortController();
    const asked = closing.client().announce(url, parametersOf(), abort.signal);
    setTimeout(() => abort.abort(), 20);
    expect(await refusalOf(asked)).toBe("we stopped waiting for it");
    const again = closing.client().announce(url, parametersOf(), abort.signal);
    expect(await refusalOf(again)).toBe("we stopped waiting for it");
  });

  test("a client that is closed lets go of what is under way over UDP", async () => {
    const url = await closing.udp(() => {});
    const client = closing.client();
    const asked = client.announce(url, parametersOf(), patience);
    setTimeout(() => client.close(), 20);
    expect(await refusalOf(asked)).toBe("we stopped waiting for it");
  });
});
