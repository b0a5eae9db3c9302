import { jest } from '@jest/globals'
import { agencyId, personId } from '../../../src/agencies/load.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import { takeBack } from '../../../src/tasks/decide.ts'
import { release } from '../../../src/tasks/release.ts'
import {
  asksToStop,
  at,
  overlapping,
  received,
  refusal,
  type Scene,
  sendsConsultations,
  setScene,
} from '../dossiers/scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())

const BODIES = ['T00.S02', 'T00.S03']
type Row = {
  id: string
  batch: number
  outcome: string | null
  late: boolean
  due_at: Date
  agency_id: string
}
const rows = (id: string) =>
  scene.sql<Row>(
    'select k.* from consultation k join agency a on a.id = k.agency_id where k.dossier_id = $1 order by batch, a.code',
    [id],
  )

const sends = (id: string) => sendsConsultations(scene, id)
const asks = (bodies: string[]) => ({
  consult: bodies.map((agencyCode) => ({ agencyCode, question: 'Ý kiến?' })),
})

/** Other works, asked on Tuesday 3 November: answer by Monday the 16th 17:00, silence from Tuesday the 17th 00:00. */
async function consulted(bodies = BODIES) {
  const id = await received(scene, 'other')
  scene.goTo('2026-11-03 10:00')
  await scene.does('chuyenvien.x01', id, 'Appraise', 'consult', asks(bodies))
  await sends(id)
  await scene.opens(id, 'AwaitConsultations')
  for (const row of await rows(id)) await scene.opens(row.id, 'Answer')
  return id
}
const answers = async (login: string, consultation: string, outcome: string) =>
  scene.decides(login, (await scene.task(consultation, 'Answer')).id, {
    outcome,
    data: { answer: 'Ý kiến của Sở' },
  })
const completesWait = async (id: string) =>
  (await scene.commands(id)).filter(({ kind }) => kind === 'complete-job').length
const told = async (id: string, key: string) =>
  (
    await scene.sql<{ person_id: string }>(
      'select person_id from notification where dossier_id = $1 and key like $2',
      [id, `${key}%`],
    )
  ).map((row) => row.person_id)
const summarises = async (id: string, data: Record<string, unknown>) => {
  const { id: task } = await scene.task(id, 'SummariseConsultations')
  return scene.decides('chuyenvien.x01', task, { outcome: 'approved', data })
}

describe('asking for opinions', () => {
  it('each body has its own limit, its own interval beside the line, and sees the dossier', async () => {
    const id = await consulted()
    expect(await rows(id)).toMatchObject(
      BODIES.map((code) => ({ agency_id: agencyId(code), due_at: at('2026-11-16 17:00') })),
    )
    const sides = await scene.sql(
      `select from holding where dossier_id = $1 and track = 'side' and to_at is null`,
      [id],
    )
    expect(sides).toHaveLength(2)
    const [dossier] = await scene.sql<{ participant_agency_ids: string[] }>(
      'select participant_agency_ids from dossier where id = $1',
      [id],
    )
    expect(dossier!.participant_agency_ids).toEqual([agencyId('T00.X01'), ...BODIES.map(agencyId)])
  })

  it('their silence cannot take effect in time: the conflict is recorded and the apology begun at once', async () => {
    const id = await consulted()
    const conflicts = await scene.sql('select conflicts_with_due from consultation where dossier_id = $1', [
      id,
    ])
    expect(conflicts).toEqual([{ conflicts_with_due: true }, { conflicts_with_due: true }])
    const letters = await scene.sql(`select state from letter where dossier_id = $1 and kind = 'apology'`, [
      id,
    ])
    expect(letters).toEqual([{ state: 'draft' }])
  })

  it.each([
    ['nobody', []],
    ['a body that the procedure does not ask', ['T00.S04']],
    ['the same body twice', ['T00.S02', 'T00.S02']],
  ])('%s: refused', async (_name, bodies) => {
    const id = await received(scene, 'other')
    const asking = scene.does('chuyenvien.x01', id, 'Appraise', 'consult', asks(bodies))
    expect((await refusal(asking)).status).toBe(422)
  })
})

describe('the answers', () => {
  it('the wait ends with the last of them, at its instant, and the officer holds the dossier', async () => {
    const id = await consulted()
    const [one, other] = await rows(id)
    scene.goTo('2026-11-05 09:00')
    await answers('chuyenvien.s02', one!.id, 'agreed')
    expect(await completesWait(id)).toBe(0)
    scene.goTo('2026-11-06 09:00')
    await answers('chuyenvien.s03', other!.id, 'agreed')
    expect(await completesWait(id)).toBe(1)
    await scene.opens(id, 'SummariseConsultations')
    const [held] = await scene.sql(
      `select element_id, person_id, from_at from holding where dossier_id = $1 and track = 'accountable' and to_at is null`,
      [id],
    )
    expect(held).toEqual({
      element_id: 'SummariseConsultations',
      person_id: personId('chuyenvien.x01'),
      from_at: at('2026-11-06 09:00'),
    })
    expect(
      await scene.sql(`select from holding where dossier_id = $1 and track = 'side' and to_at is null`, [id]),
    ).toEqual([])
  })

  it('the last two at the same moment end the wait, and end it once', async () => {
    const id = await consulted()
    scene.goTo('2026-11-05 09:00')
    scene.services.settings.takeBackSeconds = 30
    const given = await Promise.all(
      (await rows(id)).map(async (row, n) => {
        await answers(['chuyenvien.s02', 'chuyenvien.s03'][n]!, row.id, 'agreed')
        const { id: task } = await scene.task(row.id, 'Answer')
        return (await scene.sql<{ id: string }>('select id from decision where task_id = $1', [task]))[0]!.id
      }),
    )
    scene.services.settings.takeBackSeconds = 0
    const letGo = (decision: string) => (tx: Tx) => release(tx, scene.services, decision)
    await overlapping(scene, letGo(given[0]!), letGo(given[1]!))
    expect((await rows(id)).map((row) => row.outcome)).toEqual(['agreed', 'agreed'])
    expect(await completesWait(id)).toBe(1)
  })

  it('all in before the engine reaches the wait: the wait stands in the line with its end, and the line goes on', async () => {
    const id = await received(scene, 'other')
    await scene.does('chuyenvien.x01', id, 'Appraise', 'consult', asks(['T00.S02']))
    await sends(id)
    const [one] = await rows(id)
    await scene.opens(one!.id, 'Answer')
    scene.goTo('2026-11-02 11:00')
    await answers('chuyenvien.s02', one!.id, 'agreed')
    await scene.opens(id, 'AwaitConsultations')
    expect(await completesWait(id)).toBe(1)
    await scene.opens(id, 'SummariseConsultations')
    const line = await scene.sql(
      `select element_id, from_at, to_at from holding where dossier_id = $1 and track = 'accountable' order by seq desc limit 2`,
      [id],
    )
    expect(line).toEqual([
      { element_id: 'SummariseConsultations', from_at: at('2026-11-02 11:00'), to_at: null },
      { element_id: 'AwaitConsultations', from_at: at('2026-11-02 10:00'), to_at: at('2026-11-02 11:00') },
    ])
  })

  it('after its limit an answer is late even if nobody has looked: marked, and a finding of the body', async () => {
    const id = await consulted()
    const [one] = await rows(id)
    scene.goTo('2026-11-16 17:01')
    await answers('chuyenvien.s02', one!.id, 'agreed')
    expect((await rows(id))[0]).toMatchObject({ outcome: 'agreed', late: true })
    const findings = await scene.sql(
      `select kind, agency_id from finding where dossier_id = $1 and kind like 'consultation%'`,
      [id],
    )
    expect(findings).toEqual([{ kind: 'consultation-late', agency_id: agencyId('T00.S02') }])
  })

  it('at the last minute of its limit an answer is in time', async () => {
    const id = await consulted()
    const [one] = await rows(id)
    scene.goTo('2026-11-16 17:00')
    await answers('chuyenvien.s02', one!.id, 'agreed')
    expect((await rows(id))[0]).toMatchObject({ late: false })
  })

  it('an objection must be answered before the result is submitted', async () => {
    const id = await consulted()
    const [one, other] = await rows(id)
    await answers('chuyenvien.s02', one!.id, 'agreed')
    await answers('chuyenvien.s03', other!.id, 'objected')
    await scene.opens(id, 'SummariseConsultations')
    expect(await refusal(summarises(id, {}))).toMatchObject({ status: 422, fields: ['data.answers'] })
    const wrong = summarises(id, { answers: [{ consultationId: one!.id, text: 'Đã xem xét' }] })
    expect((await refusal(wrong)).fields).toEqual(['data.answers'])
    await summarises(id, { answers: [{ consultationId: other!.id, text: 'Đã điều chỉnh chỉ giới' }] })
    expect((await scene.task(id, 'SummariseConsultations')).state).toBe('moving')
  })

  it('an objection may end in a refusal, whose draft needs no answers', async () => {
    const id = await consulted(['T00.S03'])
    const [one] = await rows(id)
    await answers('chuyenvien.s03', one!.id, 'objected')
    await scene.does('chuyenvien.x01', id, 'SummariseConsultations', 'denied')
    await scene.does('chuyenvien.x01', id, 'DraftRefusal', 'drafted', { reason: 'Không phù hợp quy hoạch' })
    const [dossier] = await scene.sql('select result from dossier where id = $1', [id])
    expect(dossier).toEqual({ result: 'denied' })
  })
})

describe('silence', () => {
  it('has taken effect with its instant, even if nobody has looked: an answer after it is refused', async () => {
    const id = await consulted()
    const [one] = await rows(id)
    scene.goTo('2026-11-17 08:00')
    expect((await refusal(answers('chuyenvien.s02', one!.id, 'agreed'))).status).toBe(409)
    await scene.rings(id)
    expect((await rows(id))[0]!.outcome).toBe('silent')
  })

  it('by consent takes effect after the last day, each silent body has its finding, and the wait ends', async () => {
    const id = await consulted()
    scene.goTo('2026-11-16 23:59')
    await scene.rings(id)
    expect((await rows(id)).map((row) => row.outcome)).toEqual([null, null])
    scene.goTo('2026-11-17 00:00')
    await scene.rings(id)
    expect((await rows(id)).map((row) => row.outcome)).toEqual(['silent', 'silent'])
    const silent = await scene.sql<{ agency_id: string }>(
      `select agency_id from finding where dossier_id = $1 and kind = 'consultation-silent'`,
      [id],
    )
    expect(silent.map((row) => row.agency_id).sort()).toEqual(BODIES.map(agencyId).sort())
    expect(await completesWait(id)).toBe(1)
    const [one] = await rows(id)
    const completed = (await scene.commands(one!.id)).filter(({ kind }) => kind === 'complete-task')
    expect(completed.map((command) => command.payload.variables)).toEqual([{ outcome: 'silent' }])
    expect((await refusal(answers('chuyenvien.s02', one!.id, 'agreed'))).status).toBe(409)
  })

  it('began with its instant: the intervals, the wait and the findings say so, however late somebody looked', async () => {
    const id = await consulted()
    scene.goTo('2026-11-19 14:30')
    await scene.rings(id)
    const held = await scene.sql(
      `select track, element_id, to_at from holding where dossier_id = $1 and track = 'side'
        union all select track, element_id, to_at from holding where dossier_id = $1 and element_id = 'AwaitConsultations'`,
      [id],
    )
    expect(held.map((one) => (one as { to_at: Date }).to_at)).toEqual(Array(3).fill(at('2026-11-17 00:00')))
    const found = await scene.sql(
      `select distinct at from finding where dossier_id = $1 and kind = 'consultation-silent'`,
      [id],
    )
    expect(found).toEqual([{ at: at('2026-11-17 00:00') }])
    const waited = await scene.sql('select outcome_at from wait where subject_id = $1', [id])
    expect(waited).toEqual([{ outcome_at: at('2026-11-17 00:00') }])
  })

  it('while the engine was away, nobody is asked any more: what it asks late is withdrawn and cannot be answered', async () => {
    const id = await received(scene, 'other')
    await scene.does('chuyenvien.x01', id, 'Appraise', 'consult', asks(['T00.S02']))
    await sends(id)
    const [one] = await rows(id)
    scene.goTo('2026-11-17 00:00')
    await scene.rings(id)
    expect((await scene.commands(one!.id)).map((command) => command.kind)).toEqual(['start', 'cancel'])
    await scene.opens(one!.id, 'Answer')
    expect((await refusal(answers('chuyenvien.s02', one!.id, 'objected'))).status).toBe(409)
    expect(await rows(id)).toMatchObject([{ outcome: 'silent', late: false }])
  })

  it('counts as consent only when the officer has confirmed it for each body', async () => {
    const id = await consulted()
    scene.goTo('2026-11-17 00:00')
    await scene.rings(id)
    await scene.opens(id, 'SummariseConsultations')
    const ids = (await rows(id)).map((row) => row.id)
    expect((await refusal(summarises(id, {}))).fields).toEqual(['data.confirmedSilence'])
    const half = summarises(id, { confirmedSilence: ids.slice(0, 1) })
    expect((await refusal(half)).fields).toEqual(['data.confirmedSilence'])
    await summarises(id, { confirmedSilence: ids })
  })

  it('where the article says no more than REPORT, the head of the one-stop is told and nothing is confirmed', async () => {
    const id = await consulted(['T00.S02'])
    await scene.sql(`update consultation set on_silence = 'REPORT' where dossier_id = $1`, [id])
    scene.goTo('2026-11-17 00:00')
    await scene.rings(id)
    expect(await told(id, 'silent/')).toEqual([personId('truongmotcua.x01')])
    await scene.opens(id, 'SummariseConsultations')
    await summarises(id, {})
  })

  it('where silence is consent, the head of the one-stop is not told', async () => {
    const id = await consulted(['T00.S02'])
    scene.goTo('2026-11-17 00:00')
    await scene.rings(id)
    expect(await told(id, 'silent/')).toEqual([])
  })

  it('asked again it is a new batch: only its own silence and objections count', async () => {
    const id = await consulted()
    scene.goTo('2026-11-17 00:00')
    await scene.rings(id)
    await scene.does('chuyenvien.x01', id, 'SummariseConsultations', 'consult', asks(['T00.S03']))
    await sends(id)
    await scene.opens(id, 'AwaitConsultations')
    const again = (await rows(id)).at(-1)!
    expect(again).toMatchObject({ batch: 2, agency_id: agencyId('T00.S03') })
    await scene.opens(again.id, 'Answer')
    await answers('chuyenvien.s03', again.id, 'agreed')
    expect(await completesWait(id)).toBe(2)
    await scene.opens(id, 'SummariseConsultations')
    await summarises(id, {})
  })

  it('withdrawn meanwhile, nobody is silent: the intervals beside the line end and nothing rings', async () => {
    const id = await consulted()
    const request = await asksToStop(scene, id)
    await scene.does('motcua.x01', request, 'Check', 'stopped')
    expect(await scene.sql('select from holding where dossier_id = $1 and to_at is null', [id])).toEqual([])
    scene.goTo('2026-11-17 00:00')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual([])
    const [one] = await rows(id)
    expect((await refusal(answers('chuyenvien.s02', one!.id, 'agreed'))).status).toBe(409)
  })
})

describe('an answer that can still be taken back', () => {
  let patient: Scene
  beforeAll(async () => {
    patient = scene
    scene = await setScene({ takeBackSeconds: 30 })
    scene.services.settings.takeBackSeconds = 0
  })
  afterAll(async () => {
    await scene.close()
    scene = patient
  })

  it('given before the limit is no silence; taken back after it, it is', async () => {
    const id = await consulted(['T00.S02'])
    const [one] = await rows(id)
    scene.goTo('2026-11-16 16:59')
    scene.services.settings.takeBackSeconds = 30
    await answers('chuyenvien.s02', one!.id, 'agreed')
    scene.goTo('2026-11-17 00:00')
    expect(await scene.rings(id)).toEqual(at('2026-11-17 00:01'))
    expect((await rows(id))[0]!.outcome).toBeNull()
    const { id: task } = await scene.task(one!.id, 'Answer')
    await scene.as('chuyenvien.s02', (tx) => takeBack(tx, task))
    scene.goTo('2026-11-17 00:01')
    await scene.rings(id)
    expect((await rows(id))[0]!.outcome).toBe('silent')
    scene.services.settings.takeBackSeconds = 0
  })
})
