import { isoLegal } from '../../../src/clock.ts'
import { computeDue } from '../../../src/deadlines/due.ts'
import { applyEvents, type ClockMode, type LegalEvent } from '../../../src/deadlines/modes.ts'
import { golden, goldenModes, instantOf, readGolden } from './golden.ts'
import { calendar, rulesAt } from './world.ts'

export type Computed = { title: string; expected: string; found: string }

const eventsOf = (cell: string): LegalEvent[] =>
  cell
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [kind, day, time] = part.trim().split(' ')
      return { kind: kind as LegalEvent['kind'], at: new Date(`${day}T${time}:00+07:00`) }
    })

/** Every row of the golden table, computed. */
export const computeGolden = (): Computed[] =>
  readGolden(golden).map(({ received, value, unit, rest: [dueCell, why] }) => ({
    title: `${isoLegal(received)}, ${value} ${unit}: ${why}`,
    expected: isoLegal(instantOf(dueCell!)),
    found: isoLegal(
      computeDue({ calendar, rules: rulesAt(received), receivedAt: received, limit: { value, unit } }).dueAt,
    ),
  }))

/** Every row of the golden table of clock modes, computed. */
export const computeGoldenModes = (): Computed[] =>
  readGolden(goldenModes).map(({ received, value, unit, split, rest: [mode, events, dueCell, why] }) => {
    const { dueAt } = applyEvents({
      calendar,
      rules: rulesAt(received),
      mode: mode as ClockMode,
      receivedAt: received,
      limit: {
        value,
        unit,
        ...(split ? { split: { first: { value: split[0], unit }, second: { value: split[1], unit } } } : {}),
      },
      events: eventsOf(events!),
    })
    return {
      title: `${mode} ${isoLegal(received)}, ${value} ${unit}, ${events || 'no event'}: ${why}`,
      expected: dueCell === '-' ? '-' : isoLegal(instantOf(dueCell!)),
      found: dueAt ? isoLegal(dueAt) : '-',
    }
  })

// Run as a program, in a time zone of the caller's choice, it prints what it found.
if (process.argv[1] === import.meta.filename)
  process.stdout.write(JSON.stringify([...computeGolden(), ...computeGoldenModes()]))
