import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { portOf } from "../../../../src/live/sockets.ts";
import { SwarmNetwork } from "../../../../src/live/swarm/swarm-network.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(accept = (_: Socket) => {}): Promise<number> {
  const server = createServer(accept);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return portOf(server);
}

/** How a dial ends, and after how many ms. */
async function dialled(network: SwarmNetwork, port: number, delay: number, timeout = 5_000) {
  const begin = performance.now();
  const socket = await new Promise<Socket | undefined>((done) => {
    network.dialFrom(delay)({ host: "127.0.0.1", port }, timeout, undefined, done);
  });
  socket?.destroy();
  return { isOpen: socket !== undefined, after: performance.now() - begin };
}

describe("a dial in a swarm on one machine", () => {
  test("takes the way there and back", async () => {
    const network = new SwarmNetwork();
    const port = await listening();
    network.add(port, 30, false);
    const { isOpen, after } = await dialled(network, port, 20);
    expect(isOpen).toBe(true);
    expect(after).toBeGreaterThanOrEqual(98); // timers of the system may be a ms early
  });

  test("is refused where nobody listens any more", async () => {
    const network = new SwarmNetwork();
    const port = await listening();
    network.add(port, 0, false);
    await new Promise((done) => servers.pop()?.close(done));
    const { isOpen, after } = await dialled(network, port, 0);
    expect(isOpen).toBe(false);
    expect(after).toBeLessThan(5_000);
  });

  test("of a peer behind NAT, or one that crashed, ends by its time-out", async () => {
    const network = new SwarmNetwork();
    const [hidden, crashed] = [await listening(), await listening()];
    network.add(hidden, 0, true);
    network.add(crashed, 0, false);
    network.silence(crashed);
    for (const port of [hidden, crashed]) {
      const { isOpen, after } = await dialled(network, port, 0, 200);
      expect(isOpen).toBe(false);
      expect(after).toBeGreaterThanOrEqual(198);
    }
  });

  test("fails where the connection has ended again before the answer is back", async () => {
    const network = new SwarmNetwork();
    const port = await listening((socket) => socket.destroy());
    network.add(port, 100, false);
    const socket = await new Promise<Socket | undefined>((done) => {
      const dial = network.dialFrom(0);
      dial({ host: "127.0.0.1", port }, 5_000, undefined, done);
    });
    expect(socket).toBeUndefined();
  });

  test("that is given up ends at once, and once", async () => {
    const network = new SwarmNetwork();
    const port = await listening();
    network.add(port, 0, true);
    const ends: unknown[] = [];
    const giveUp = network.dialFrom(0)({ host: "127.0.0.1", port }, 50, undefined, (socket) =>
      ends.push(socket),
    );
    giveUp();
    await new Promise((resume) => setTimeout(resume, 100));
    expect(ends).toEqual([undefined]);
  });
});
