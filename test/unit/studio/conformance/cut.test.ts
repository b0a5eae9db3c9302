import { cutWay } from '../../../../src/studio/conformance/cut.ts'
import { type Reign, reignAt, reignsOf } from '../../../../src/studio/history/versions.ts'
import type { Visit } from '../../../../src/studio/history/visits.ts'

const day = (number: number) => new Date(Date.UTC(2026, 10, number))
const visit = (elementId: string, from: number, to: number | null, outcome: string | null = null): Visit => ({
  elementId,
  from: day(from),
  to: to === null ? null : day(to),
  outcome,
  unitId: 'u',
  role: 'officer',
  rolesOfActor: outcome ? ['officer'] : null,
  ofApplicant: false,
  work: 0,
  wait: 0,
})
const moved = (mapping: Reign['mapping'] = []) =>
  reignsOf([{ dossier_id: 'd', until: day(5), versionId: 'v1', processId: 'p_v1', mapping }], 'v2')
const ways = (visits: Visit[], reigns: Reign[]) =>
  cutWay(visits, reigns).map(({ versionId, begins, moved: was, isLast, way }) => [
    versionId,
    begins,
    was,
    isLast,
    way.map(({ elementId, outcome }) => `${elementId}:${outcome}`).join(' '),
  ])

it('a dossier that was never moved has its whole way under its version', () => {
  expect(ways([visit('A', 1, 2, 'ok'), visit('B', 2, null)], reignsOf([], 'v1'))).toEqual([
    ['v1', 0, false, true, 'A:ok B:null'],
  ])
})

it('the step that was under way ends the one part unanswered and begins the next', () => {
  const way = [visit('A', 1, 2, 'ok'), visit('B', 2, 8, 'fine'), visit('D', 8, 9, 'done')]
  expect(ways(way, moved())).toEqual([
    ['v1', 0, false, false, 'A:ok B:null'],
    ['v2', 1, true, true, 'B:fine D:done'],
  ])
})

it('a step that goes on under another id is each version’s own', () => {
  const cut = [visit('A', 1, 5), visit('A2', 5, 8, 'fine'), visit('D', 8, null)]
  expect(ways(cut, moved([{ from: 'A', to: 'A2' }]))).toEqual([
    ['v1', 0, false, false, 'A:null'],
    ['v2', 1, true, true, 'A2:fine D:null'],
  ])
  // A wait keeps one interval: it is called by its new id where the next part begins.
  expect(ways([visit('W', 1, 8, 'answered')], moved([{ from: 'W', to: 'W2' }]))).toEqual([
    ['v1', 0, false, false, 'W:null'],
    ['v2', 0, true, true, 'W2:answered'],
  ])
})

it('what begins at the instant of the move is the new version’s', () => {
  expect(reignAt(moved(), day(4)).versionId).toBe('v1')
  expect(reignAt(moved(), day(5)).versionId).toBe('v2')
})
