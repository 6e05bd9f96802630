import { afterEach, describe, expect, test } from "@jest/globals";
import { LiveMember, type MemberOptions, testBytes } from "../support/live-pair.ts";

const KIB = 1024;
const running: LiveMember[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.session.stop()));
});

async function join(
  number: number,
  whole: Uint8Array,
  options: MemberOptions = {},
): Promise<LiveMember> {
  const member = new LiveMember(number, whole, 64 * KIB, options);
  running.push(member);
  await member.session.start();
  return member;
}

describe("sessions over TCP", () => {
  const whole = testBytes(3 * 1024 * KIB + 12_345);

  test("a leecher downloads every byte from a seeder that it is told of", async () => {
    const seeder = await join(1, whole, { isSeed: true });
    const leecher = await join(2, whole);
    leecher.session.peersFound([seeder.endpoint]);
    await leecher.completed;
    expect(Buffer.compare(leecher.store.bytes, whole)).toBe(0);
    expect([leecher.failure, seeder.failure]).toEqual([undefined, undefined]);
    expect(leecher.announces).toEqual(["started", "completed"]);
  });
});
