const { join } = require("node:path");
const { tmpdir } = require("node:os");
const { randomUUID } = require("node:crypto");

/** @type {import("jest").Config} */
module.exports = {
  // Whole environments are synthesized once for all files of a run: __tests__/kept-syntheses.ts.
  globals: { keptSyntheses: join(tmpdir(), `evenkeel-syntheses-${randomUUID()}`) },
  globalTeardown: "<rootDir>/__tests__/remove-kept-syntheses.ts",
  testEnvironment: "node",
  testTimeout: 20_000, // where nothing else is said: a busy machine is four times as slow
  maxWorkers: "100%", // on two cores jest would use one
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: { "\\.ts$": "@swc/jest" },
  setupFilesAfterEnv: ["<rootDir>/__tests__/setup.ts"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.state", "<rootDir>/.venv"],
};
