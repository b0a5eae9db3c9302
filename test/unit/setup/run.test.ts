import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Result = { name: string; seconds: number; passed: number; failed: number; green: boolean }
type Runner = {
  countTests(file: string): { passed: number; failed: number }
  summary(results: Result[]): string
}

let runner: Runner
let folder: string
beforeAll(async () => {
  const path = '../../run.js'
  runner = (await import(path)) as Runner
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-run-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const report = (counts: object) => {
  const file = join(folder, 'report.json')
  writeFileSync(
    file,
    JSON.stringify({ numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0, ...counts }),
  )
  return runner.countTests(file)
}

test('a suite that cannot run at all counts as a failure', () => {
  expect(report({ numPassedTests: 7 })).toEqual({ passed: 7, failed: 0 })
  expect(report({ numPassedTests: 7, numFailedTests: 2, numRuntimeErrorTestSuites: 1 })).toEqual({
    passed: 7,
    failed: 3,
  })
})

test('a stage that wrote no report counts as a failure', () => {
  expect(runner.countTests(join(folder, 'absent.json'))).toEqual({ passed: 0, failed: 1 })
})

test('the run ends with its times and, alone on the last line, its counts', () => {
  const text = runner.summary([
    { name: 'lint', seconds: 1.25, passed: 0, failed: 0, green: true },
    { name: 'unit', seconds: 10, passed: 41, failed: 2, green: false },
  ])
  expect(text.split('\n')).toEqual([
    'green  lint                   1.3 s',
    'RED    unit                  10.0 s  41',
    '       all                   11.3 s',
    '41 passed, 2 failed',
  ])
})
