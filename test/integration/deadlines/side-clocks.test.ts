import { jest } from '@jest/globals'
import { type DayChange, decideDay } from '../../../src/calendar/decide.ts'
import { previewDay } from '../../../src/calendar/preview.ts'
import { at, received, type Scene, sendsConsultations, setScene } from '../dossiers/scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeEach(async () => {
  scene = await setScene()
})
afterEach(() => scene.close())

const dayOff = (date: string): DayChange => ({
  date,
  kind: 'holiday',
  name: { vi: 'Nghỉ đặc biệt', en: 'Special day off' },
  source: 'https://example.invalid/quyet-dinh',
  decision: '99/TB-VPCP',
})
const decides = (date: string) =>
  scene.act((tx) => decideDay(tx, dayOff(date), 'Thông báo 99/TB-VPCP ngày 03/11/2026'))

type Clock = { due_at: Date; apology_by: Date | null; proof: { sentence: { vi: string } } }
const clockOf = async (dossierId: string, kind: string): Promise<Clock> => {
  const [row] = await scene.sql<Clock>(
    'select due_at, apology_by, proof from clock where dossier_id = $1 and kind = $2',
    [dossierId, kind],
  )
  return row!
}
const alarmsOf = (dossierId: string, kind: string) =>
  scene.sql<{ kind: string; at: Date }>(
    `select a.kind, a.at from alarm a join clock c on c.id = a.clock_id
      where c.dossier_id = $1 and c.kind = $2 and a.handled_at is null order by a.at`,
    [dossierId, kind],
  )

describe('a day off that is decided while a clock beside the dossier’s own runs', () => {
  it('moves the end of a body’s limit and its silence: nobody consents a day early', async () => {
    const id = await received(scene, 'other')
    scene.goTo('2026-11-03 10:00')
    await scene.does('chuyenvien.x01', id, 'Appraise', 'consult', {
      consult: [{ agencyCode: 'T00.S02', question: 'Ý kiến?' }],
    })
    await sendsConsultations(scene, id)
    expect((await clockOf(id, 'consultation')).due_at).toEqual(at('2026-11-16 17:00'))
    const preview = await scene.act((tx) => previewDay(tx, dayOff('2026-11-16')))
    expect(preview.dossiers).toBe(1)
    await decides('2026-11-16')
    const moved = await clockOf(id, 'consultation')
    expect(moved.due_at).toEqual(at('2026-11-17 17:00'))
    expect(moved.proof.sentence.vi).toContain('99/TB-VPCP')
    expect(await alarmsOf(id, 'consultation')).toEqual([{ kind: 'silence', at: at('2026-11-18 00:00') }])
    expect(await scene.sql('select due_at from consultation where dossier_id = $1', [id])).toEqual([
      { due_at: at('2026-11-17 17:00') },
    ])
    scene.goTo('2026-11-17 09:00')
    await scene.rings(id)
    expect(await scene.sql('select outcome from consultation where dossier_id = $1', [id])).toEqual([
      { outcome: null },
    ])
  })

  it('moves the day on which a letter of apology must be there, on the worklist too', async () => {
    const id = await received(scene)
    scene.goTo('2026-11-10 07:30')
    await scene.rings(id)
    const [letter] = await scene.sql<{ id: string }>(
      `select id from letter where dossier_id = $1 and kind = 'apology'`,
      [id],
    )
    await scene.opens(letter!.id, 'Draft')
    const due = async () => {
      const [task] = await scene.sql<{ due_at: Date }>('select due_at from task where subject_id = $1', [
        letter!.id,
      ])
      return task!.due_at
    }
    const before = await due()
    await decides('2026-11-10')
    const { apology_by: by } = await clockOf(id, 'dossier')
    expect(await due()).toEqual(by)
    expect(by?.getTime()).toBeGreaterThan(before.getTime())
  })

  it('moves the limit of reception', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    expect((await clockOf(id, 'reception')).due_at).toEqual(at('2026-11-03 09:00'))
    await decides('2026-11-03')
    expect((await clockOf(id, 'reception')).due_at).toEqual(at('2026-11-04 09:00'))
    expect(await alarmsOf(id, 'reception')).toEqual([{ kind: 'breach', at: at('2026-11-04 09:00') }])
  })

  it('leaves a clock that ends before it alone', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    expect((await scene.act((tx) => previewDay(tx, dayOff('2026-11-05')))).dossiers).toBe(0)
    await decides('2026-11-05')
    expect((await clockOf(id, 'reception')).due_at).toEqual(at('2026-11-03 09:00'))
  })
})
