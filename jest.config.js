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
  testTimeout: 60_000,
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/dist-bench"],
};
