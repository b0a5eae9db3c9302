import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'

const FILE = 'test/load/results.md'
const HEAD = `# Measured

What the benches of this folder found, each run a line, the latest last. A bench writes its own line; nothing here is typed by hand.
\`Load\` is the machine's load average when the run began: other work beside it makes a run slower.

| Bench | Day | Commit | Machine | Load | What | Figures |
|---|---|---|---|---|---|---|
`

/** The middle of what was measured. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The load of the machine, to be asked before the run adds to it. */
export const loadNow = (): string => (loadavg()[0] ?? 0).toFixed(1)

const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`

/** Appends a run to the table. */
export function record(bench: string, load: string, what: string, figures: string): void {
  if (!existsSync(FILE)) writeFileSync(FILE, HEAD)
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const day = new Date().toISOString().slice(0, 10)
  const line = [bench, day, commit, machine(), load, what, figures]
  appendFileSync(FILE, `| ${line.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |\n`)
}
