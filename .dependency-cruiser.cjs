/**
 * The borders between folders. An `import type` counts like any other (an `export type … from` is not seen).
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'only-engine-knows-zeebe',
      comment:
        'The client is archived and its calls have traps (a job failed without retries): its use stays in one folder.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/' },
      to: { path: '(^|node_modules/)(zeebe-node|@grpc/)' },
    },
    {
      name: 'engine-by-its-door',
      comment:
        'Features meet the engine through engine/index.ts: what lies behind it may be changed without asking them. (src/*.ts puts the parts together.)',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(engine/|[^/]+\\.ts$)' },
      to: { path: '^src/engine/', pathNot: '^src/engine/index\\.ts$' },
    },
    {
      name: 'domain-without-http',
      comment:
        'A rule of law is the same for a request, a worker and a test; only http/ knows express, and what sends files and live pages and reads who is asking.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(http/|documents/serve\\.ts$|events/hub\\.ts$|people/actor\\.ts$)',
      },
      to: { path: '(^|node_modules/)express(-session)?(/|$)' },
    },
    {
      name: 'pure-time',
      comment:
        'Working time and due dates are computed from their arguments: that is what makes them provable.',
      severity: 'error',
      from: {
        path: '^src/(calendar/(calendar|day|hours|known|lunar|propose)|deadlines/(allotment|count|due|explain|limit|milestones|modes|proof|rounds|rules|variance|verdict))\\.ts$',
      },
      to: { path: '^src/(database|engine|http|access)/' },
    },
    {
      name: 'ui-takes-types-only',
      comment:
        'The browser shares no code with the server, only the shapes of its answers, through one file of types. (The rules of procedures are the same in the editor and at publishing; what the record answers is the same in the form and at filing.)',
      severity: 'error',
      from: {
        path: '^ui/',
        pathNot:
          '^ui/src/(app/api-types|citizen/filing/prefill|studio/draft/reading|studio/lint/[^/]+)\\.ts$',
      },
      to: { path: '^(src|test|migrations)/' },
    },
    {
      name: 'one-reading-order',
      comment:
        'The editor’s step table numbers steps as the heat map and the annex do: by one function, which needs nothing else.',
      severity: 'error',
      from: { path: '^ui/src/studio/draft/reading\\.ts$' },
      to: { path: '^(src|test|migrations)/', pathNot: '^src/studio/flow/reading\\.ts$' },
    },
    {
      name: 'one-answer-of-the-record',
      comment: 'What a form shows as answered by the record is what filing puts in: one function says it.',
      severity: 'error',
      from: { path: '^ui/src/citizen/filing/prefill\\.ts$' },
      to: { path: '^(src|test|migrations)/', pathNot: '^src/procedures/prefill\\.ts$' },
    },
    {
      name: 'rules-run-in-a-browser',
      comment:
        'The Studio checks while somebody types, in a worker: its rules need nothing of Node or of the server.',
      severity: 'error',
      from: {
        path: '^(src/studio/lint/|src/studio/flow/reading|src/procedures/(lint|lint-packages|agreement|definition|prefill|result-template)\\.ts$)',
        pathNot: '^src/studio/lint/(routes|refuse|server|schemas)\\.ts$',
      },
      to: { path: '^(node:|src/(database|http|engine|access)/)|^(crypto|fs|module|path|url)$' },
    },
    {
      name: 'lint-shares-rules-only',
      comment: 'Of the server, the browser checks with the rules and knows their shapes, nothing more.',
      severity: 'error',
      from: { path: '^ui/src/studio/lint/' },
      to: { path: '^(src|test|migrations)/', pathNot: '^src/studio/lint/(check|fault)\\.ts$' },
    },
    {
      name: 'server-without-ui',
      comment:
        'The server runs without the user interface, which is built by another tool for another runtime.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^ui/' },
    },
    {
      name: 'no-test-in-product',
      comment:
        'What is only for tests (moved clocks, synthetic calendars) must not be reachable in production.',
      severity: 'error',
      from: { path: '^(src|ui|migrations)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-dev-packages-in-product',
      comment: 'What the server needs while it runs is a dependency; setup/ alone builds and reloads.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/setup/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-circular',
      comment:
        'Two files that need each other are one thing, or hide a third; and their order of loading decides what is undefined.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unknown-import',
      comment:
        'An import that leads nowhere fails only when that line runs. (pdfmake/interfaces holds types alone.)',
      severity: 'error',
      from: { pathNot: '^ui/' },
      to: { couldNotResolve: true, pathNot: '^pdfmake/interfaces' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(ui/dist|\\.data)/' },
    // .ts is read at all only because @swc/core is installed: TypeScript 7 offers no programming interface.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}
