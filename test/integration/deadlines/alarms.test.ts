import { jest } from '@jest/globals'
import { asSystem } from '../../../src/access/filter.ts'
import { agencyId, personId } from '../../../src/agencies/load.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import {
  countAgain,
  excludeFromClock,
  finishDossierClock,
  reappoint,
  resumeDossierClock,
  stopDossierClock,
} from '../../../src/deadlines/clocks.ts'
import { standstills } from '../../../src/deadlines/standstill.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { beginApology } from '../../../src/letters/apology.ts'
import { lateReport } from '../../../src/reports/late.ts'
import { assignTask } from '../../../src/tasks/assign.ts'
import { heldUp } from '../../../src/tasks/held-up.ts'
import { type Told, verifyApologies } from '../../../src/verify/apologies.ts'
import { asksToStop, at, overlapping, received, refusal, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())

type Rung = { kind: string; at: Date; handled_at: Date | null; outcome: string }
/** Those of the dossier's own clocks; a step's clock rings beside them (test/integration/team/escalation). */
const alarms = (id: string) =>
  scene.sql<Rung>(
    `select kind, at, handled_at, outcome from alarm where dossier_id = $1 and kind not like 'escalate-%' order by at, kind`,
    [id],
  )
const rung = async (id: string) => (await alarms(id)).filter((one) => one.handled_at).map((one) => one.kind)
type LetterRow = { id: string; kind: string; state: string; number: number | null; new_due_at: Date | null }
const letters = (id: string, kinds = ['apology', 'explanation']) =>
  scene.sql<LetterRow>(
    'select id, kind, state, number, new_due_at from letter where dossier_id = $1 and kind = any($2) order by drafted_at',
    [id, kinds],
  )

/** A letter of the apology's process goes its whole way; the apology may name its new day. */
async function sends(letter: string, draft: Record<string, unknown> = {}) {
  await scene.does('chuyenvien.x01', letter, 'Draft', 'drafted', draft)
  await scene.does('truongphong.x01', letter, 'Initial', 'initialled')
  await scene.does('chutich.x01', letter, 'Sign', 'signed')
  await scene.does('vanthu.x01', letter, 'Number', 'numbered')
  await scene.does('motcua.x01', letter, 'Send', 'sent')
}

/** What moves a clock, without the step that does it. */
const does = (act: (tx: Tx) => Promise<void>) =>
  scene.act(async (tx) => {
    const system = { ...tx, em: asSystem(tx.em, 'test') }
    await act(system)
    await system.em.flush()
  })

/** Due Wednesday 11 November 17:00; the apology by Tuesday 17:00. Appraisal is open. */
async function appraised() {
  const id = await received(scene)
  await scene.opens(id, 'Appraise')
  return id
}

async function finish(id: string) {
  await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
  await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
  await scene.does('chutich.x01', id, 'SignResult', 'signed')
  await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
}

describe('the alarms of a dossier', () => {
  it('stand at the moments that the rules give: warn, begin the apology, its limit, the due date', async () => {
    const id = await appraised()
    expect((await alarms(id)).map((one) => [one.kind, one.at])).toEqual([
      ['warn', at('2026-11-09 17:00')],
      ['apology-start', at('2026-11-10 07:30')],
      ['apology-missed', at('2026-11-10 17:00')],
      ['breach', at('2026-11-11 17:00')],
    ])
  })

  it('each rings once, when its time has come, and the watch is told when to ask next', async () => {
    const id = await appraised()
    scene.goTo('2026-11-09 16:59')
    expect(await scene.rings(id)).toEqual(at('2026-11-09 17:00'))
    expect(await rung(id)).toEqual([])
    scene.goTo('2026-11-09 17:00')
    await scene.rings(id)
    await scene.rings(id)
    expect(await rung(id)).toEqual(['warn'])
    scene.goTo('2026-11-11 17:00')
    await Promise.all([scene.rings(id), scene.rings(id)])
    expect(await rung(id)).toEqual(['warn', 'apology-start', 'apology-missed', 'breach'])
    const warned = await scene.sql(`select from notification where dossier_id = $1 and key like 'warn/%'`, [
      id,
    ])
    expect(warned.length).toBeGreaterThan(0)
  })

  it('a day passed without a look: everything due rings in order, each with its own instant', async () => {
    const id = await appraised()
    scene.goTo('2026-11-12 10:00')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual(['apology-not-in-time', 'late'])
    const found = await scene.sql<{ at: Date }>('select at from finding where dossier_id = $1 order by at', [
      id,
    ])
    expect(found.map((one) => one.at)).toEqual([at('2026-11-10 17:00'), at('2026-11-11 17:00')])
  })

  it('a dossier not received within its limit is a finding of the one-stop', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    scene.goTo('2026-11-03 09:00')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual(['reception-late'])
  })

  it('after the end nothing rings', async () => {
    const id = await received(scene)
    await finish(id)
    await scene.does('motcua.x01', id, 'ReturnResult', 'returned', {
      identityChecked: true,
      receivedBy: 'Ông A',
    })
    scene.goTo('2026-12-01 09:00')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual([])
    expect((await alarms(id)).filter((one) => one.handled_at === null)).toEqual([])
  })
})

describe('an alarm that cannot ring', () => {
  const nobodyLeads = (until: string | null) =>
    scene.sql(`update post set valid_to = $2 where agency_id = $1 and role = 'leader'`, [
      agencyId('T00.X01'),
      until,
    ])
  const misses = (shared: boolean) =>
    scene.sql(`update shared_process set current = $1 where name = 'apology'`, [!shared])

  it('between two heads the apology is begun all the same, and whoever signs it is named', async () => {
    const id = await appraised()
    await nobodyLeads('2026-11-09')
    scene.goTo('2026-11-10 07:30')
    await scene.decides('chuyenvien.x01', (await scene.task(id, 'Appraise')).id, { outcome: 'supplement' })
    await scene.rings(id)
    expect(await rung(id)).toEqual(['warn', 'apology-start'])
    await nobodyLeads(null)
    const [letter] = await letters(id)
    await sends(letter!.id)
    const [signed] = await scene.sql<{ name: string }>(
      `select data->'signer'->>'name' as name from letter where id = $1`,
      [letter!.id],
    )
    expect(signed!.name).not.toMatch('…')
  })

  it('stops neither the acts on its dossier nor the other alarms; an administrator sees it, and it rings in the end', async () => {
    const id = await appraised()
    await misses(true)
    scene.goTo('2026-11-11 18:00')
    await scene.decides('chuyenvien.x01', (await scene.task(id, 'Appraise')).id, { outcome: 'supplement' })
    expect(await scene.findings(id)).toEqual([])
    expect(await rung(id)).toEqual(['warn', 'apology-missed'])
    expect(await letters(id)).toEqual([])
    const seen = (await scene.act((tx) => heldUp(tx.sql))).filter((one) => one.dossierId === id)
    expect(seen.map(({ kind, attempts, lastError }) => [kind, attempts, lastError])).toEqual([
      ['alarm', 1, 'Error: shared process apology was never published'],
      ['alarm', 1, 'Error: shared process apology was never published'],
    ])
    await misses(false)
    expect(await scene.rings(id)).toEqual(at('2026-11-11 18:05'))
    scene.goTo('2026-11-11 18:05')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual(['apology-not-in-time', 'late'])
    expect(await letters(id)).toMatchObject([{ kind: 'apology', state: 'draft' }])
    expect(await scene.act((tx) => heldUp(tx.sql))).toEqual([])
  })
})

describe('the apology', () => {
  it('begins when the later steps no longer fit, once', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    scene.goTo('2026-11-10 17:00')
    await scene.rings(id)
    expect(await letters(id)).toMatchObject([{ kind: 'apology', state: 'draft' }])
  })

  it('not sent by its limit accuses nobody while the date can be kept; missed, the finding is of the limit', async () => {
    const id = await received(scene)
    scene.goTo('2026-11-10 17:00')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual([])
    scene.goTo('2026-11-11 10:00')
    await finish(id)
    scene.goTo('2026-11-12 08:00')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual([])
  })

  it('waits where steps were done faster than allotted, until their time no longer fits', async () => {
    const id = await received(scene)
    scene.goTo('2026-11-09 09:00')
    await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
    await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
    await scene.opens(id, 'SignResult')
    scene.goTo('2026-11-10 07:30')
    const next = await scene.rings(id)
    expect(await letters(id)).toEqual([])
    expect(next).toEqual(at('2026-11-10 13:00'))
  })

  it('sent back after the question was asked, it is asked again', async () => {
    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
    await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
    await scene.opens(id, 'SignResult')
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    scene.goTo('2026-11-10 10:00')
    const { id: sign } = await scene.task(id, 'SignResult')
    await scene.decides('chutich.x01', sign, { outcome: 'sent-back', data: { reason: 'Sai diện tích' } })
    await scene.rings(id)
    expect(await letters(id)).toMatchObject([{ kind: 'apology' }])
  })

  it('delivered in time it promises one new date, for which the alarms are set anew; the old date is kept', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    const [letter] = await letters(id)
    await sends(letter!.id, { cause: 'workload', newDueDay: '2026-11-17' })
    const [dossier] = await scene.sql(
      'select due_at, original_due_at, reappointed_due_at from dossier where id = $1',
      [id],
    )
    expect(dossier).toEqual({
      due_at: at('2026-11-17 17:00'),
      original_due_at: at('2026-11-11 17:00'),
      reappointed_due_at: at('2026-11-17 17:00'),
    })
    scene.goTo('2026-11-12 09:00')
    await scene.rings(id)
    // The old date passed, but a new one was promised in time: no explanation is due yet.
    expect(await scene.findings(id)).not.toContain('late-after-reappointment')
    expect((await letters(id)).map((one) => one.kind)).toEqual(['apology'])
    expect(await scene.rings(id)).toEqual(at('2026-11-13 17:00'))
  })

  it('the new date missed too: a finding, and a letter of explanation that cannot name a date', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    await sends((await letters(id))[0]!.id, { newDueDay: '2026-11-17' })
    scene.goTo('2026-11-17 17:00')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual(['late-after-reappointment'])
    // Whoever controls the agency from above hears of it, beside its own leader.
    const told = await scene.sql<{ person_id: string }>(
      `select person_id from notification where dossier_id = $1 and key like 'again/%'`,
      [id],
    )
    expect(told).toEqual([{ person_id: personId('kiemsoat') }])
    const explanation = (await letters(id))[1]!
    expect(explanation).toMatchObject({ kind: 'explanation', state: 'draft' })
    await scene.opens(explanation.id, 'Draft')
    const { id: task } = await scene.task(explanation.id, 'Draft')
    const withDate = scene.decides('chuyenvien.x01', task, {
      outcome: 'drafted',
      data: { newDueDay: '2026-11-25' },
    })
    await expect(withDate).rejects.toMatchObject({ status: 422 })
    await scene.sql('delete from visit where subject_id = $1', [explanation.id])
    await scene.sql('delete from task where subject_id = $1', [explanation.id])
    await sends(explanation.id, { reason: 'Chờ kiểm tra thực địa' })
    expect((await letters(id))[1]).toMatchObject({ state: 'delivered', new_due_at: null, number: 1 })
    const [dossier] = await scene.sql<{ due_at: Date }>('select due_at from dossier where id = $1', [id])
    expect(dossier!.due_at).toEqual(at('2026-11-17 17:00'))
  })

  it('papers that come after it count anew: that date holds, no second apology is begun and nobody is blamed for it', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    await sends((await letters(id))[0]!.id, { newDueDay: '2026-11-17' })
    scene.goTo('2026-11-11 09:00')
    await does((tx) => stopDossierClock(tx, id, { at: tx.at, by: null }))
    scene.goTo('2026-11-16 09:00')
    await does(async (tx) => void (await resumeDossierClock(tx, id, { at: tx.at, by: null })))
    const dueAt = at('2026-11-25 17:00')
    const [held] = await scene.sql('select due_at, original_due_at from dossier where id = $1', [id])
    expect(held).toEqual({ due_at: dueAt, original_due_at: dueAt })
    expect((await alarms(id)).filter((one) => !one.handled_at).map((one) => [one.kind, one.at])).toEqual([
      ['warn', at('2026-11-23 17:00')],
      ['breach', dueAt],
    ])
    scene.goTo('2026-11-25 17:00')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual(['late-after-reappointment'])
    expect((await letters(id)).map((one) => one.kind)).toEqual(['apology', 'explanation'])
    const faults: Told['faults'][] = []
    scene.goTo('2026-11-26 09:00')
    await verifyApologies(scene.db, {}, (told) => void (told.dossierId === id && faults.push(told.faults)))
    expect(faults.flat()).toEqual([])
  })

  it('delivered while the clock stands still, it keeps the new date, and the first one moves by that time', async () => {
    const id = await appraised()
    scene.goTo('2026-11-09 08:00')
    await does((tx) => excludeFromClock(tx, id, { at: tx.at, by: null }))
    scene.goTo('2026-11-10 08:00')
    await does((tx) => reappoint(tx, id, at('2026-11-20 17:00'), { at: tx.at, by: null }))
    scene.goTo('2026-11-11 08:00')
    await does((tx) => countAgain(tx, id, { at: tx.at, by: null }, 'văn bản thử'))
    const [dossier] = await scene.sql('select due_at, original_due_at from dossier where id = $1', [id])
    expect(dossier).toEqual({ due_at: at('2026-11-20 17:00'), original_due_at: at('2026-11-13 17:00') })
    const [stop, ...others] = (await scene.act((tx) => standstills(tx.sql, [id]))).get(`${id}/1`)!
    expect([stop, others]).toEqual([{ from: at('2026-11-09 08:00'), to: at('2026-11-11 08:00') }, []])
  })

  it('delivered only after its limit it is a finding, even if the alarm is looked at later', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    scene.goTo('2026-11-11 09:00')
    await sends((await letters(id))[0]!.id)
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual([])
    scene.goTo('2026-11-11 17:00')
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual(['apology-not-in-time'])
    const [found] = await scene.sql('select at from finding where dossier_id = $1', [id])
    expect(found).toEqual({ at: at('2026-11-10 17:00') })
  })

  it('sent after the due date it still promises; the date that was missed stays a finding', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    scene.goTo('2026-11-12 09:00')
    await sends((await letters(id))[0]!.id, { newDueDay: '2026-11-18' })
    await scene.rings(id)
    expect(await scene.findings(id)).toEqual(['apology-not-in-time', 'late'])
    expect((await letters(id)).map((one) => one.kind)).toEqual(['apology'])
  })

  it('asked for twice at the same moment, it is one letter', async () => {
    const id = await appraised()
    const begin = async (tx: Tx) => {
      const system = { ...tx, em: asSystem(tx.em, 'test') }
      return beginApology(system, await system.em.findOneOrFail(Dossier, { id }), 'by-hand')
    }
    const said = await overlapping(scene, begin, begin)
    expect(said).toEqual(['apology begun', 'a letter is on its way already'])
    expect(await letters(id)).toHaveLength(1)
  })

  it('a second one that is on its way cannot be', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    const again = scene.sql(
      `insert into letter select * from jsonb_populate_record(null::letter,
         (select to_jsonb(l) || jsonb_build_object('id', gen_random_uuid()) from letter l where dossier_id = $1 and kind = 'apology'))`,
      [id],
    )
    await expect(again).rejects.toThrow('letter_one_apology')
  })

  it('whose new date has passed on its way is not signed, numbered or sent, but sent back for another', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    const letter = (await letters(id))[0]!.id
    const passes = async (login: string, step: string, outcome: string) => {
      await scene.opens(letter, step)
      const { id: task } = await scene.task(letter, step)
      expect(await refusal(scene.decides(login, task, { outcome }))).toMatchObject({
        status: 409,
        type: 'new-date-past',
      })
      await scene.decides(login, task, { outcome: 'sent-back', data: { reason: 'Ngày hẹn đã qua' } })
    }
    const drafted = async (newDueDay: string) => {
      await scene.does('chuyenvien.x01', letter, 'Draft', 'drafted', { newDueDay })
      await scene.does('truongphong.x01', letter, 'Initial', 'initialled')
    }
    await drafted('2026-11-12')
    scene.goTo('2026-11-12 17:00')
    await passes('chutich.x01', 'Sign', 'signed')
    await drafted('2026-11-13')
    await scene.does('chutich.x01', letter, 'Sign', 'signed')
    scene.goTo('2026-11-16 08:00')
    await passes('vanthu.x01', 'Number', 'numbered')
    const [unsigned] = await scene.sql('select state, text_hash, data from letter where id = $1', [letter])
    expect(unsigned).toMatchObject({ state: 'draft', text_hash: null })
    expect(unsigned).not.toHaveProperty('data.signer.signature')
    await drafted('2026-11-17')
    await scene.does('chutich.x01', letter, 'Sign', 'signed')
    await scene.does('vanthu.x01', letter, 'Number', 'numbered')
    const [{ number }] = (await letters(id)) as [LetterRow]
    scene.goTo('2026-11-18 08:00')
    await passes('motcua.x01', 'Send', 'sent')
    await sends(letter, { newDueDay: '2026-11-20' })
    const book = await scene.sql(
      `select id = $2 as same, state, number, file_sha256 is not null as printed, data->'head'->'number' is not null as headed
         from letter where dossier_id = $1 and kind = 'apology' order by number`,
      [id, letter],
    )
    const printed = { printed: true, headed: true }
    expect(book).toEqual([
      { same: false, state: 'void', number, ...printed },
      { same: true, state: 'delivered', number: number! + 1, ...printed },
    ])
    const [dossier] = await scene.sql('select reappointed_due_at from dossier where id = $1', [id])
    expect(dossier).toEqual({ reappointed_due_at: at('2026-11-20 17:00') })
  })

  it('stands on the worklist by its own name, due when the letter is', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    const letter = (await letters(id))[0]!.id
    await scene.opens(letter, 'Draft')
    const [row] = await scene.sql<{ name: { vi: string }; due_at: Date; apology_by: Date }>(
      `select t.name, t.due_at, c.apology_by from task t join clock c on c.dossier_id = t.dossier_id and c.kind = 'dossier'
        where t.subject_id = $1`,
      [letter],
    )
    expect(row!.name.vi).toBe('Soạn thư xin lỗi')
    expect(row!.due_at).toEqual(row!.apology_by)
  })

  it('cannot promise a day in another century', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    const letter = (await letters(id))[0]!.id
    await scene.opens(letter, 'Draft')
    const { id: task } = await scene.task(letter, 'Draft')
    const promise = (newDueDay: string) =>
      scene.decides('chuyenvien.x01', task, { outcome: 'drafted', data: { newDueDay } })
    expect((await refusal(promise('2126-11-18'))).fields).toEqual(['data.newDueDay'])
  })

  it('is not begun when the result is there', async () => {
    const id = await received(scene)
    await finish(id)
    const said = await scene.act(async (tx) => {
      const system = { ...tx, em: asSystem(tx.em, 'test') }
      return beginApology(system, await system.em.findOneOrFail(Dossier, { id }), 'breach')
    })
    expect(said).toBe('the result is there already')
    expect(await letters(id)).toEqual([])
  })

  it('“in time” needs a reason and voids it; missed after all, another is begun', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    const [letter] = await letters(id)
    await expect(scene.does('chuyenvien.x01', letter!.id, 'Draft', 'in-time')).rejects.toMatchObject({
      status: 422,
    })
    const { id: task } = await scene.task(letter!.id, 'Draft')
    await scene.decides('chuyenvien.x01', task, { outcome: 'in-time', data: { reason: 'Ký trong hôm nay' } })
    expect((await letters(id))[0]).toMatchObject({ state: 'void' })
    scene.goTo('2026-11-11 17:00')
    await scene.rings(id)
    expect((await letters(id)).map((one) => one.state)).toEqual(['void', 'draft'])
  })

  it('the result came first: it is void, its number stays in the book, and its process is cancelled', async () => {
    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
    await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
    await scene.does('chutich.x01', id, 'SignResult', 'signed')
    await scene.opens(id, 'NumberResult')
    scene.goTo('2026-11-10 16:00')
    await scene.rings(id)
    const [letter] = await letters(id)
    // Whoever holds the dossier drafts: it stands at the seal.
    await scene.does('vanthu.x01', letter!.id, 'Draft', 'drafted')
    await scene.does('truongphong.x01', letter!.id, 'Initial', 'initialled')
    await scene.does('chutich.x01', letter!.id, 'Sign', 'signed')
    await scene.does('vanthu.x01', letter!.id, 'Number', 'numbered')
    await scene.opens(letter!.id, 'Send')
    const { id: number } = await scene.task(id, 'NumberResult')
    await scene.decides('vanthu.x01', number, { outcome: 'numbered' })
    expect((await letters(id))[0]).toMatchObject({ state: 'void', number: expect.any(Number) })
    expect((await scene.commands(letter!.id)).at(-1)!.kind).toBe('cancel')
    const { id: send } = await scene.task(letter!.id, 'Send')
    await expect(scene.decides('motcua.x01', send, { outcome: 'sent' })).rejects.toMatchObject({
      status: 409,
    })
  })

  it('“in time” is no answer for a letter that closes or stops a dossier', async () => {
    const id = await appraised()
    const request = await asksToStop(scene, id)
    await scene.does('motcua.x01', request, 'Check', 'stopped')
    const [stop] = await letters(id, ['stop'])
    const inTime = scene.does('chuyenvien.x01', stop!.id, 'Draft', 'in-time', { reason: 'Không cần' })
    await expect(inTime).rejects.toMatchObject({ status: 422 })
  })
})

describe('the proof of apologies', () => {
  const NOW = '2026-11-12 10:00'
  const period = { from: at('2026-11-11 00:00'), to: at('2026-11-12 00:00') }
  /** Begun by its alarm and sent at a moment, which ends nothing: the dossier is late on the 12th. */
  async function apologised(when: string) {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    scene.goTo(when)
    await scene.rings(id)
    await sends((await letters(id))[0]!.id)
    return id
  }
  async function verified() {
    scene.goTo(NOW)
    const told: Told[] = []
    const verdict = await verifyApologies(scene.db, period, (one) => void told.push(one))
    return { verdict, of: (id: string) => told.find(({ dossierId }) => dossierId === id) }
  }
  /** Its letter lies with whoever was to draft it. */
  async function undrafted() {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    await scene.opens((await letters(id))[0]!.id, 'Draft')
    scene.goTo(NOW)
    await scene.rings(id)
    return id
  }

  it('a letter in time, a late one and none: the last two with a finding that says why and who; counted as the auditor counts', async () => {
    const inTime = await apologised('2026-11-10 10:00')
    const late = await apologised('2026-11-11 09:00')
    const none = await undrafted()
    await scene.rings(late)
    const { verdict, of } = await verified()
    expect(of(inTime)).toBeUndefined()
    expect(of(late)).toMatchObject({
      letter: 'late',
      faults: [],
      finding: { reason: 'not-begun', owner: { unit: { vi: expect.any(String) } } },
    })
    expect(of(none)).toMatchObject({
      letter: 'none',
      faults: [],
      finding: { reason: 'in-draft', owner: { person: expect.any(String) } },
    })
    const { totals } = await scene.as('thanhtra', (tx) =>
      lateReport(tx, { from: '2026-11-11', to: '2026-11-11' }, 1),
    )
    const { late: count, openLate, finishedLate, letterInTime, letterLate, letterNone } = verdict
    expect({ late: count, openLate, finishedLate, letterInTime, letterLate, letterNone }).toEqual(totals)
    expect(letterInTime).toBeGreaterThan(0)
  })

  it('a day decided since the end makes no letter late that was in time', async () => {
    const id = await apologised('2026-11-10 10:00')
    scene.goTo('2026-11-12 09:00')
    await does((tx) => finishDossierClock(tx, id, { at: tx.at, by: null }))
    await scene.sql(`update dossier set finished_at = $2 where id = $1`, [id, at('2026-11-12 09:00')])
    await scene.sql(
      `insert into calendar_day (id, date, kind, name, source, decision, verified, valid_from)
       values (gen_random_uuid(), '2026-11-10', 'holiday', '{"vi":"Nghỉ thử"}', 'test', 'test', true, $1)`,
      [at('2026-11-12 09:30')],
    )
    try {
      expect((await verified()).of(id)).toBeUndefined()
      const { letterInTime, letterLate } = (
        await scene.as('thanhtra', (tx) => lateReport(tx, { from: '2026-11-11', to: '2026-11-11' }, 200))
      ).totals
      const { verdict } = await verified()
      expect([letterInTime, letterLate]).toEqual([verdict.letterInTime, verdict.letterLate])
    } finally {
      await scene.sql(`delete from calendar_day where date = '2026-11-10' and decision = 'test'`)
    }
  })

  it('whoever had the step at the limit answers for it, not whoever was given it since', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    const [letter] = await letters(id)
    await scene.opens(letter!.id, 'Draft')
    scene.goTo('2026-11-11 08:00')
    const { id: task } = await scene.task(letter!.id, 'Draft')
    await scene.as('truongphong.x01', (tx) => assignTask(tx, task, personId('chuyenvien2.x01'), 'Nghỉ ốm'))
    scene.goTo(NOW)
    await scene.rings(id)
    const [found] = await scene.sql(
      `select detail->'owner'->>'personId' as person from finding where dossier_id = $1 and kind = 'apology-not-in-time'`,
      [id],
    )
    expect(found).toEqual({ person: personId('chuyenvien.x01') })
  })

  it('whoever judged that no letter was needed answers for it', async () => {
    const id = await appraised()
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    const [letter] = await letters(id)
    await scene.does('chuyenvien.x01', letter!.id, 'Draft', 'in-time', { reason: 'Chiều nay xong' })
    scene.goTo(NOW)
    await scene.rings(id)
    expect((await verified()).of(id)).toMatchObject({ finding: { reason: 'judged-in-time' }, faults: [] })
  })

  const planted: [string, string, string][] = [
    ['a deleted letter', `delete from letter where dossier_id = $1 and kind = 'apology'`, 'letter-gone'],
    [
      'a delivery after the limit edited to before it',
      `update letter set delivered_at = delivered_at - interval '1 day', issued_at = issued_at - interval '1 day',
              signed_at = signed_at - interval '1 day' where dossier_id = $1 and kind = 'apology'`,
      'delivery-changed',
    ],
    [
      'a second apology with another new date',
      `insert into letter (id, dossier_id, kind, template, state, agency_id, form, data, new_due_at, drafted_at, signed_at, issued_at, delivered_at)
       select gen_random_uuid(), dossier_id, kind, template, state, agency_id, form, data, new_due_at + interval '7 days', drafted_at,
              signed_at, issued_at, delivered_at from letter where dossier_id = $1 and kind = 'apology'`,
      'two-dates',
    ],
    [
      'a finding of which somebody else was made the owner',
      `update finding set detail = jsonb_set(detail, '{owner,personId}', '"${personId('chuyenvien2.x01')}"') where dossier_id = $1`,
      'finding-changed',
    ],
    ['a finding that was removed', `delete from finding where dossier_id = $1`, 'no-finding'],
  ]
  it.each(planted)('%s is named', async (_, sql, fault) => {
    const id = await apologised('2026-11-11 09:00')
    scene.goTo(NOW)
    await scene.rings(id)
    expect((await verified()).of(id)?.faults).toEqual([])
    await scene.sql(sql, [id])
    expect((await verified()).of(id)?.faults).toContain(fault)
  })
})
