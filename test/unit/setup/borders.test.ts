import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** A little product in which each border is crossed once; the others cross none, or close a circle that is told once. */
const planted: Record<string, [code: string, rule: string | null]> = {
  'src/dossiers/client.ts': [
    `import { ZBClient } from 'zeebe-node'\nexport const made = new ZBClient()`,
    'only-engine-knows-zeebe',
  ],
  'src/tasks/types.ts': [
    `import type { ZBClient } from 'zeebe-node'\nexport type Client = ZBClient`,
    'only-engine-knows-zeebe',
  ],
  'src/letters/behind.ts': [
    `import { send } from '../engine/outbox.ts'\nexport const sent = send`,
    'engine-by-its-door',
  ],
  'src/deadlines/request.ts': [
    `import type { Request } from 'express'\nexport type R = Request`,
    'domain-without-http',
  ],
  'src/calendar/hours.ts': [`import { route } from '../http/route.ts'\nexport const r = route`, 'pure-time'],
  'src/deadlines/due.ts': [`import { route } from '../http/route.ts'\nexport const r = route`, 'pure-time'],
  'ui/src/desk/task.ts': [
    `import { send } from '../../../src/engine/outbox.ts'\nexport const s = send`,
    'ui-takes-types-only',
  ],
  'src/reports/page.ts': [
    `import { task } from '../../ui/src/shared/task.ts'\nexport const t = task`,
    'server-without-ui',
  ],
  'src/people/clock.ts': [
    `import { moved } from '../../test/support/clock.ts'\nexport const m = moved`,
    'no-test-in-product',
  ],
  'src/audit/random.ts': [`import fc from 'fast-check'\nexport const f = fc`, 'no-dev-packages-in-product'],
  'src/access/one.ts': [`import { two } from './two.ts'\nexport const one: number = two`, 'no-circular'],
  'src/access/two.ts': [`import { one } from './one.ts'\nexport const two: number = one`, null],
  'src/agencies/lost.ts': [`import { gone } from './gone.ts'\nexport const g = gone`, 'no-unknown-import'],
  'src/engine/outbox.ts': [`import { ZBClient } from 'zeebe-node'\nexport const send = ZBClient`, null],
  'src/engine/index.ts': [`export { send } from './outbox.ts'`, null],
  'src/http/route.ts': [`import express from 'express'\nexport const route = express`, null],
  'src/routing/worker.ts': [`import { send } from '../engine/index.ts'\nexport const s = send`, null],
  'ui/src/app/api-types.ts': [
    `import type { send } from '../../../src/engine/index.ts'\nexport type S = typeof send`,
    null,
  ],
  'ui/src/shared/task.ts': ['export const task = 1', null],
  'test/support/clock.ts': ['export const moved = 1', null],
}

type Cruise = { summary: { violations: { from: string; rule: { name: string } }[]; totalCruised: number } }

function cruise(folder: string): Cruise['summary'] {
  const script = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [
    script,
    'src',
    'ui/src',
    'test',
    '--config',
    join(root, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
  ]
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  expect(stderr).toBe('')
  return (JSON.parse(stdout) as Cruise).summary
}

test('every border is seen when it is crossed, and nothing else is complained of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-borders-'))
  try {
    for (const [file, [code]] of Object.entries(planted)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), code)
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), readFileSync(join(root, 'package.json')))
    const seen = cruise(folder).violations.map(({ from, rule }) => `${from}: ${rule.name}`)
    const expected = Object.entries(planted).flatMap(([file, [, rule]]) => (rule ? [`${file}: ${rule}`] : []))
    expect([...new Set(seen)].sort()).toEqual(expected.sort())
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 60_000)

/** Files under a folder whose text matches, without those allowed to. */
function filesWith(pattern: RegExp, folder: string, allowed: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((file) => /\.tsx?$/.test(file) && !allowed.test(file))
    .filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')))
}

test.each([
  ['the environment is read in config.ts alone', /process\.env/, /^src\/(config|setup\/.*)\.ts$/],
  [
    'a query builder (it escapes the access filter) stands in read models alone',
    /createQueryBuilder/,
    /\/read-model\.ts$/,
  ],
  [
    'a running instance is never modified (a task ended so still answers 204)',
    /modifyProcessInstance/i,
    /^$/,
  ],
  [
    'domain code takes the time from the clock',
    /\bnew Date\(\)|\bDate\.now\(\)/,
    // A stand-in plays somebody outside, who has no clock but the machine's.
    /^src\/(clock|wiring|main|setup\/.*|engine\/.*|[a-z]+\/stand-in)\.ts$/,
  ],
])('%s', (_rule, pattern, allowed) => {
  expect(filesWith(pattern, 'src', allowed)).toEqual([])
})

test('the one file through which the browser sees the server holds types alone', () => {
  const text = readFileSync(join(root, 'ui/src/app/api-types.ts'), 'utf8')
  const statements = text.match(/^(import|export)\b.*?from '[^']*src\/[^']*'/gms) ?? []
  expect(statements.length).toBeGreaterThan(0)
  expect(statements.filter((statement) => !/^(import|export) type\b/.test(statement))).toEqual([])
})
