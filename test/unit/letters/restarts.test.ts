import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jest } from '@jest/globals'

jest.setTimeout(120_000)

const folder = mkdtempSync(join(tmpdir(), 'mot-cua-restarts-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What a process of its own makes of every letter's draft: kind and SHA-256, one a line. */
const script = `
import { createHash } from 'node:crypto'
const root = process.argv[2]
const { samples, options } = await import(root + '/test/unit/letters/samples.ts')
const { drawLetter } = await import(root + '/src/letters/forms/index.ts')
for (const kind of Object.keys(samples)) {
  const sample = samples[kind]
  const data = { ...sample, head: { ...sample.head, number: null, issuedOn: null } }
  const bytes = await drawLetter(kind, data, { ...options(kind), status: 'draft' })
  console.log(kind, createHash('sha256').update(bytes).digest('hex'))
}
`

it('every draft is the same bytes when made again after a restart, in another zone and language', () => {
  const file = join(folder, 'draw.mjs')
  writeFileSync(file, script)
  const drawnIn = (env: Record<string, string>) =>
    execFileSync(process.execPath, [file, process.cwd()], {
      encoding: 'utf8',
      env: { ...process.env, ...env, NODE_OPTIONS: '' },
    })
  const first = drawnIn({ TZ: 'UTC', LANG: 'C' })
  expect(first.trim().split('\n').length).toBeGreaterThan(10)
  expect(drawnIn({ TZ: 'America/Los_Angeles', LANG: 'vi_VN.UTF-8' })).toBe(first)
  expect(drawnIn({ TZ: 'Pacific/Kiritimati', LANG: 'en_US.UTF-8' })).toBe(first)
})
