import { goldenRows } from './golden.ts'
import { found } from './oracle-cases.ts'
import { calendar } from './world.ts'

export type Computed = { title: string; expected: number | null; found: number | null }

/** Every row of the golden table, computed by the product. */
export const computeGolden = (): Computed[] =>
  goldenRows().map((row) => ({ title: row.title, expected: row.due, found: found(row, calendar) }))

// Run as a program, in a time zone of the caller's choice, it prints what it found.
if (process.argv[1] === import.meta.filename) process.stdout.write(JSON.stringify(computeGolden()))
