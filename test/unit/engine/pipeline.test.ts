import { describe, expect, test } from "@jest/globals";
import { pipelineDepth } from "../../../src/engine/pipeline.ts";

describe("request pipeline", () => {
  test("mainline: 2 + floor(4 s x rate / block), ten at first, softened above fifty", () => {
    const rule = { rule: "mainline", start: 10 } as const;
    expect(pipelineDepth(rule, 0, 0)).toBe(10);
    expect(pipelineDepth(rule, 0, 4)).toBe(2);
    expect(pipelineDepth(rule, 16_384, 4)).toBe(6);
    expect(pipelineDepth(rule, 12 * 16_384, 100)).toBe(50);
    expect(pipelineDepth(rule, 100 * 16_384, 100)).toBe(50);
    expect(pipelineDepth(rule, 1_000 * 16_384, 100)).toBe(300);
  });

  test("libtorrent: seconds of the rate, between bounds, growing by one a block at first", () => {
    const rule = { rule: "seconds", seconds: 3, min: 2, max: 500 } as const;
    expect(pipelineDepth(rule, 0, 0)).toBe(2);
    expect(pipelineDepth(rule, 0, 5)).toBe(7);
    expect(pipelineDepth(rule, 10 * 16_384, 100)).toBe(30);
    expect(pipelineDepth(rule, 1e9, 100)).toBe(500);
  });

  test("fixed: what it says", () => {
    expect(pipelineDepth({ rule: "fixed", requests: 5 }, 1e9, 0)).toBe(5);
  });
});
