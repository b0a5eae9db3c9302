/**
 * One project per kind of test; test/run.js plays them as stages.
 * unit: no database, no broker. integration: a database of its own per worker, no broker.
 * engine, process, browser: a broker and a database per file. faults: a broker of their own.
 */
const base = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2024',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  testEnvironment: 'node',
}
const project = (name, extra = {}) => ({
  ...base,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  ...extra,
})

export default {
  testSequencer: '<rootDir>/test/support/longest-first.js',
  projects: [
    ...['unit', 'integration', 'engine', 'process', 'faults'].map((name) => project(name)),
    project('browser', { globalSetup: '<rootDir>/test/browser/support/before.js' }),
  ],
}
