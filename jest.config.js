export default {
  testEnvironment: "<rootDir>/test/support/fast-environment.js",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "es6" } },
    ],
  },
  reporters: ["default", "<rootDir>/test/live/support/skipped-clients.js"],
  testTimeout: 60_000,
  // Of one file, where tests ask for it: those with real clients spend most of their time waiting.
  maxConcurrency: 6,
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/dist-bench"],
};
