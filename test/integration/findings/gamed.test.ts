import { v7 as uuid } from 'uuid'
import { agencyId } from '../../../src/agencies/load.ts'
import { findingRoutes } from '../../../src/findings/routes.ts'
import { GAMED_RULES, type GamedRule } from '../../../src/findings/rules.ts'
import type { Services } from '../../../src/services.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { at, type Scene, setScene } from '../reports/scene.ts'

let scene: Scene
let auditor: Awaited<ReturnType<typeof loggedIn>>
const PERIOD = 'from=2026-06-01&to=2026-12-31'

/** An issued letter with its file, as văn thư leaves it. */
async function issue(dossierId: string, kind: string, number: string, when: string) {
  const sha256 = `${number}/${dossierId}`
  await scene.sql(`insert into stored_file (sha256, size, media_type) values ($1, 1, 'application/pdf')`, [
    sha256,
  ])
  await scene.sql(
    `insert into letter (id, dossier_id, kind, template, state, agency_id, form, data, number_text, file_sha256, drafted_at, issued_at)
     values ($1, $2, $3, $3, 'issued', $4, '{}', '{}', $5, $6, $7, $7)`,
    [uuid(), dossierId, kind, agencyId('T00.X01'), number, sha256, at(when)],
  )
}

/** Received and appraised; everything beyond is the test's. Due Mon 9/11 17:00 unless it stands still. */
async function open(
  code: string,
  commune = 'X01',
  filed = '2026-11-02 08:00',
  received = '2026-11-02 09:10',
  applicant = 'congdan',
  caseKey = 'house',
) {
  const dossier = await scene.file(code, filed, commune, applicant, caseKey)
  await scene.sql(
    `insert into clock (id, dossier_id, subject_id, kind, mode, committed, legal, started_at, due_at, legal_due_at, ended_at, proof)
     values ($1, $2, $2, 'reception', 'RESTART', '{}', '{}', $3, $4, $4, $5, '{}')`,
    [uuid(), dossier.id, at(filed), at(`${filed.slice(0, 10)} 17:00`), at(received)],
  )
  await dossier.receive(received)
  await dossier.opened('Appraise', 'KT', 'chuyenvien')
  return dossier
}
/** The scene's supplement names 12/PBS: with this the form is in the book. */
const form02 = (dossierId: string, when: string) => issue(dossierId, 'supplement', '12/PBS', when)

/** What nobody can object to: done in time with a result, and a supplement asked early, on paper, answered at once. */
async function clean() {
  const done = await open('CLEAN-1')
  await issue(done.id, 'result', '1/GP', '2026-11-06 10:00')
  await done.finish('2026-11-06 10:00')
  const asked = await open('CLEAN-2', 'X02')
  await form02(asked.id, '2026-11-04 10:00')
  await asked.ask('2026-11-04 10:00')
  await asked.complete('2026-11-06 09:00')
  await issue(asked.id, 'result', '2/GP', '2026-11-10 10:00')
  await asked.finish('2026-11-10 10:00')
  // Short limits end before the first three days in which one may ask do.
  for (const [n, caseKey, when] of [
    ['8', 'same-day', '2026-11-02 09:30'],
    ['9', 'three', '2026-11-03 17:00'],
    ['10', 'three', '2026-11-05 10:00'],
    ['11', 'house', '2026-11-05 17:00'],
  ] as const) {
    const short = await open(`CLEAN-${n}`, 'X05', '2026-11-02 08:00', '2026-11-02 09:10', 'congdan', caseKey)
    await form02(short.id, when)
    await short.ask(when)
  }
  // Given a new date, then asked for papers: the count anew is the date in force, and nobody has edited it.
  const promised = await open('CLEAN-12', 'X05')
  await promised.apologise('2026-11-04 09:00', '90/PXL', '2026-11-13 17:00', 'Thiếu người')
  await form02(promised.id, '2026-11-04 10:00')
  await promised.ask('2026-11-04 10:00')
  await promised.complete('2026-11-06 09:00')
  await issue(promised.id, 'result', '12/GP', '2026-11-11 10:00')
  await promised.finish('2026-11-11 10:00')
  const withdrawn = await open('CLEAN-3', 'X02', '2026-11-02 08:00', '2026-11-02 09:10', 'congdan2')
  await withdrawn.end('2026-11-03 09:00', 'withdrawn')
  // The same procedure again, but after more than five days.
  const later = await open('CLEAN-4', 'X02', '2026-11-10 08:00', '2026-11-10 09:10', 'congdan2')
  await issue(later.id, 'result', '3/GP', '2026-11-12 10:00')
  await later.finish('2026-11-12 10:00')
  // Two at the close of their day are no cluster, and one who finishes early at 16:55 is none either.
  for (const n of [5, 6]) {
    const last = await open(`CLEAN-${n}`, 'X03')
    await issue(last.id, 'result', `${n}/GP`, '2026-11-09 16:55')
    await last.finish('2026-11-09 16:55')
  }
  const early = await open('CLEAN-7', 'X03')
  await issue(early.id, 'result', '7/GP', '2026-11-05 16:55')
  await early.finish('2026-11-05 16:55')
}

const expected = new Map<GamedRule, string[]>()

async function plant() {
  const late = await open('GAMED-supplement')
  await form02(late.id, '2026-11-09 10:00')
  await late.ask('2026-11-09 10:00')
  const askedLate = await scene.playAskedLate('GAMED-asked-late', 'X06')
  await form02(askedLate.id, '2026-06-12 10:30')
  await askedLate.goOn()
  await issue(askedLate.id, 'result', '40/GP', '2026-06-19 10:00')
  expected.set('supplement-at-the-end', ['GAMED-asked-late', 'GAMED-supplement'])

  const empty = await open('GAMED-no-file')
  await empty.finish('2026-11-06 11:00')
  expected.set('done-without-file', ['GAMED-no-file'])

  const withdrawn = await open('GAMED-withdrawn', 'X01', '2026-10-05 08:00', '2026-10-05 09:10', 'congdan2')
  await withdrawn.end('2026-10-08 16:00', 'withdrawn')
  const again = await open('GAMED-again', 'X01', '2026-10-12 08:00', '2026-10-12 09:10', 'congdan2')
  await issue(again.id, 'result', '20/GP', '2026-10-14 10:00')
  await again.finish('2026-10-14 10:00')
  expected.set('refiled', ['GAMED-withdrawn'])

  const held = await open('GAMED-held', 'X01', '2026-11-02 08:00', '2026-11-05 09:10')
  await issue(held.id, 'result', '21/GP', '2026-11-09 10:00')
  await held.finish('2026-11-09 10:00')
  expected.set('received-late', ['GAMED-held'])

  const silent = await open('GAMED-no-paper')
  await silent.ask('2026-11-04 10:00')
  expected.set('pause-without-paper', ['GAMED-no-paper'])

  // By a hand in the database: the proof tells.
  const edited = await open('GAMED-edited')
  await scene.sql(
    `update clock set due_at = due_at + interval '3 days' where dossier_id = $1 and kind = 'dossier'`,
    [edited.id],
  )
  await scene.sql(
    `update dossier set due_at = due_at + interval '3 days', original_due_at = original_due_at + interval '3 days' where id = $1`,
    [edited.id],
  )
  // A new date that no apology gave.
  const moved = await open('GAMED-moved')
  await scene.sql(
    `update dossier set due_at = due_at + interval '1 day', reappointed_due_at = due_at + interval '1 day' where id = $1`,
    [moved.id],
  )
  expected.set('due-edited', ['GAMED-edited', 'GAMED-moved'])

  for (const n of [1, 2, 3]) {
    const cluster = await open(`GAMED-1655-${n}`, 'X04')
    await issue(cluster.id, 'result', `3${n}/GP`, `2026-11-09 16:5${n + 4}`)
    await cluster.finish(`2026-11-09 16:5${n + 4}`)
  }
  expected.set('finish-cluster', ['GAMED-1655-1', 'GAMED-1655-2', 'GAMED-1655-3'])

  const forgotten = await open('GAMED-suspended', 'X01', '2026-09-07 08:00', '2026-09-07 09:10')
  await form02(forgotten.id, '2026-09-08 10:00')
  await forgotten.ask('2026-09-08 10:00')
  expected.set('suspended-long', ['GAMED-suspended'])
}

const services = (): Services =>
  ({
    db: scene.db,
    settings: { demo: true, publicUrl: 'http://x', takeBackSeconds: 0 },
  }) as unknown as Services

const counts = async (): Promise<Record<string, number>> => {
  const { body } = await auditor.get(`/api/audit/gamed?${PERIOD}`).expect(200)
  return Object.fromEntries(body.rules.map(({ key, count }: { key: string; count: number }) => [key, count]))
}
const hits = async (rule: GamedRule): Promise<{ id: string; code: string; said: { vi: string } }[]> =>
  (await auditor.get(`/api/audit/gamed/hits?${PERIOD}&rule=${rule}`).expect(200)).body.hits

let beforePlanting: Record<string, number>
beforeAll(async () => {
  scene = await setScene()
  auditor = await loggedIn(testApp(scene.db, findingRoutes(services())), 'thanhtra')
  await clean()
  scene.clock.set(at('2026-11-20 10:00'))
  beforePlanting = await counts()
  await plant()
  scene.clock.set(at('2026-11-20 10:00'))
}, 60_000)
afterAll(() => scene.close())

it('on clean dossiers no rule finds anything', () => {
  expect(beforePlanting).toEqual(Object.fromEntries(GAMED_RULES.map((rule) => [rule, 0])))
})

it.each(GAMED_RULES)('"%s" finds what was planted for it, and nothing else', async (rule) => {
  const found = (await hits(rule)).map(({ code }) => code).sort()
  expect(found).toEqual(expected.get(rule))
  expect((await counts())[rule]).toBe(found.length)
})

it('each hit says in words what the record shows', async () => {
  expect((await hits('supplement-at-the-end')).map(({ said }) => said.vi)).toEqual([
    'Gửi phiếu 02 khi đã quá hạn 1 ngày 3 giờ LV (hạn T4 10/06/2026 17:00)',
    'Gửi phiếu 02 khi còn 5 giờ 30 phút LV (hạn T2 09/11/2026 17:00)',
  ])
  expect((await hits('refiled'))[0]?.said.vi).toBe('Nộp lại thành GAMED-again lúc T2 12/10/2026 08:00')
  expect((await hits('due-edited'))[0]?.said.vi).toBe(
    'Hạn đang ghi T5 12/11/2026 17:00; theo chứng minh T2 09/11/2026 17:00',
  )
})

it('the period is that of the suspicious act', async () => {
  const { body } = await auditor
    .get('/api/audit/gamed/hits?from=2026-11-01&to=2026-11-30&rule=suspended-long')
    .expect(200)
  expect(body.count).toBe(0)
})

describe('the random sample', () => {
  const draw = async (query: string) =>
    (await auditor.get(`/api/audit/sample?${PERIOD}&${query}`).expect(200)).body as {
      seed: string
      population: number
      dossiers: { code: string }[]
    }
  const codes = ({ dossiers }: { dossiers: { code: string }[] }) => dossiers.map(({ code }) => code)

  it('draws the same dossiers for the same seed, and others for another', async () => {
    const first = await draw('seed=abc&size=5')
    expect(first).toEqual(await draw('seed=abc&size=5'))
    const others = await Promise.all(['b', 'c', 'd'].map((seed) => draw(`seed=${seed}&size=5`)))
    expect(others.some((other) => codes(other).join() !== codes(first).join())).toBe(true)
  })

  it('knows only dossiers that were finished in time', async () => {
    const { population, dossiers } = await draw('seed=abc&size=200')
    expect(dossiers).toHaveLength(population)
    expect(codes({ dossiers })).toContain('CLEAN-1')
    for (const code of ['CLEAN-3', 'GAMED-no-paper', 'GAMED-suspended', 'GAMED-asked-late'])
      expect(codes({ dossiers })).not.toContain(code)
  })

  it('makes a seed of its own and shows it, so that the draw can be repeated', async () => {
    const { seed, dossiers } = await draw('size=3')
    expect(codes(await draw(`seed=${seed}&size=3`))).toEqual(codes({ dossiers }))
  })
})

it('whoever heads a unit does not see what the auditors look for', async () => {
  const head = await loggedIn(testApp(scene.db, findingRoutes(services())), 'truongphong.x01')
  await head.get(`/api/audit/gamed?${PERIOD}`).expect(403)
})
