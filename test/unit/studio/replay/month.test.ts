import { readFileSync } from 'node:fs'
import { buildCalendar } from '../../../../src/calendar/calendar.ts'
import { procedureDefinition } from '../../../../src/procedures/definition.ts'
import { historyShapes } from '../../../../src/studio/replay/past.ts'
import { replay } from '../../../../src/studio/replay/play.ts'
import { monthHistory, nothing, permit } from './history.ts'

const history = monthHistory()

/*
 * The month in month.ndjson was recorded once. Whoever changes what a replay reads, the permit's process or the rules of its
 * clock writes it anew (test/load/month-history.ts); these tests say that it is time to.
 */

it('has the shape that the reader of the record gives today, to the last field', () => {
  for (const past of history.past) expect(historyShapes.past.parse(past)).toEqual(past)
  for (const staff of history.staff) expect(historyShapes.staff.parse(staff)).toEqual(staff)
  for (const { agencyId, hours } of history.hours) {
    expect(agencyId).toMatch(/^T00\./)
    expect(buildCalendar(history.days, hours).sessions('2026-11-23')).not.toEqual([])
  }
})

it('speaks of the steps, outcomes and cases that the permit’s process has today', () => {
  const { steps, waits, cases } = procedureDefinition.parse(
    JSON.parse(readFileSync('processes/1.013225-cap-giay-phep-xay-dung-moi/procedure.json', 'utf8')),
  )
  const known = new Map<string, string[]>([
    ...Object.entries(steps).map(([id, { outcomes, clockOutcomes }]): [string, string[]] => [
      id,
      [...Object.keys(outcomes), ...clockOutcomes],
    ]),
    ...Object.entries(waits).map(([id, { outcomes }]): [string, string[]] => [id, outcomes]),
  ])
  for (const { caseKey, visits } of history.past) {
    expect(cases.map(({ key }) => key)).toContain(caseKey)
    for (const { elementId, outcome } of visits)
      expect([elementId, known.get(elementId) ?? []]).toEqual([
        elementId,
        outcome === null ? (known.get(elementId) ?? 'no such element') : expect.arrayContaining([outcome]),
      ])
  }
})

it('is a month lived in: granted, supplemented, withdrawn or open, some late, and nobody at two places at once', () => {
  const ended = new Set(history.past.map((past) => past.ended))
  expect(ended).toContain('finished')
  expect(ended).toContain('open')
  expect(history.past.some(({ late }) => late)).toBe(true)
  expect(history.past.some(({ visits }) => visits.some(({ still }) => still.length > 0))).toBe(true)
  for (const { visits, filedAt } of history.past)
    visits.reduce((before, { from, to }) => {
      expect(from).toBeGreaterThanOrEqual(before - 0.02)
      expect(to).toBeGreaterThanOrEqual(from)
      return to
    }, filedAt)
})

it('each of its finished dossiers, alone, is late in the replay if and only if it was', async () => {
  const design = await permit()
  const finished = history.past.filter((one) => one.ended === 'finished')
  const compared = finished.flatMap((past) => {
    const { current, replayed } = replay({ ...history, past: [past] }, design, design, nothing)
    // One whose result was not collected yet borrows the end of its way from others; alone it has none to borrow from.
    return replayed === 1
      ? [{ code: past.code, was: past.late, is: current.judged > 0 ? current.late === 1 : null }]
      : []
  })
  expect(compared.length).toBeGreaterThan(finished.length / 2)
  expect(compared.filter(({ was, is }) => was !== is)).toEqual([])
})
