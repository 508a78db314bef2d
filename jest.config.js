/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  testTimeout: 20_000, // where nothing else is said: a busy machine is four times as slow
  maxWorkers: "100%", // on two cores jest would use one
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: { "\\.ts$": "@swc/jest" },
  setupFilesAfterEnv: ["<rootDir>/__tests__/setup.ts"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.state", "<rootDir>/.venv"],
};
