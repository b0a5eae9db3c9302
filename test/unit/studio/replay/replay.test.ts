import type { History } from '../../../../src/studio/replay/past.ts'
import { replay } from '../../../../src/studio/replay/play.ts'
import type { Column } from '../../../../src/studio/replay/result.ts'
import { insertStep, monthHistory, nothing, permit } from './history.ts'

const history = monthHistory()
const extra = insertStep(
  'Assign_to_Appraise',
  'Assign',
  'Appraise',
  '<bpmn:userTask id="Extra" name="Kiểm tra hiện trường" />',
)
const extraStep = (role: string, unit: string) => (facts: { steps: Record<string, unknown> }) => {
  facts.steps.Extra = {
    name: { vi: 'Kiểm tra hiện trường' },
    role,
    unit,
    form: 'assign',
    outcomes: { assigned: { label: { vi: 'Xong' }, promises: [] } },
  }
}
const estimate = (likely: number) => ({
  Extra: { shape: 'triangular' as const, least: likely / 2, likely, most: likely * 2 },
})
const element = (column: Column, id: string) => column.elements.find((one) => one.id === id)

describe('a month of permits', () => {
  it('replayed through its own version is what really happened, within a few parts in a hundred', async () => {
    const current = await permit()
    const {
      total,
      replayed,
      left,
      actual,
      current: again,
      calibration,
    } = replay(history, current, current, nothing)
    expect(replayed + left.reduce((sum, { count }) => sum + count, 0)).toBe(total)
    expect(replayed).toBeGreaterThan(total / 2)
    expect(again.dossiers).toBe(actual.dossiers)
    expect(Math.abs(calibration.mean!)).toBeLessThan(0.05)
    expect(Math.abs(calibration.p50!)).toBeLessThan(0.05)
    expect(Math.abs(calibration.p90!)).toBeLessThan(0.1)
    expect(Math.abs(calibration.lateShare)).toBeLessThan(0.05)
    for (const { id, visits, work } of actual.elements)
      expect([id, element(again, id)?.work]).toEqual([id, visits > 0 ? work : 0])
  })

  it('says of each dossier that it leaves out why, with its code', async () => {
    const current = await permit()
    const { left } = replay(history, current, current, nothing)
    const open = history.past.filter(({ ended }) => ended === 'open')
    expect(left.find(({ reason }) => reason === 'open')).toMatchObject({
      count: open.length,
      codes: expect.arrayContaining([open[0]!.code]),
    })
    const strange: History = {
      ...history,
      past: history.past.map((past) =>
        past.ended === 'finished' && past.visits.length > 1
          ? { ...past, visits: past.visits.toReversed() }
          : past,
      ),
    }
    const none = replay(strange, current, current, nothing)
    expect(none.replayed).toBe(
      history.past.filter(({ ended, visits }) => ended === 'finished' && visits.length === 1).length,
    )
    expect(none.left.map(({ reason }) => reason)).toContain('other-path')
  })

  it('a new step that takes more than its people have is found to be where dossiers wait', async () => {
    const draft = await permit(extra, extraStep('one-stop-head', 'one-stop'))
    const { draft: then, current: now } = replay(history, await permit(), draft, {
      ...nothing,
      steps: estimate(300),
    })
    const longest = then.elements.toSorted((a, b) => b.queue * b.visits - a.queue * a.visits)[0]
    expect(longest?.id).toBe('Extra')
    expect(then.units[0]).toMatchObject({ role: 'one-stop-head' })
    expect(then.units[0]!.load).toBeGreaterThan(0.8)
    expect(then.lead.mean).toBeGreaterThan(now.lead.mean * 1.5)
    expect(then.late).toBeGreaterThan(now.late)
  })

  it('one more person where everybody waits makes the wait shorter', async () => {
    const current = await permit()
    const draft = await permit(extra, extraStep('one-stop-head', 'one-stop'))
    const given = { ...nothing, steps: estimate(300) }
    const doubled: History = {
      ...history,
      staff: history.staff.map((staff) =>
        staff.role === 'one-stop-head'
          ? { ...staff, people: staff.people.map((at) => ({ ...at, count: 2 })) }
          : staff,
      ),
    }
    const alone = replay(history, current, draft, given).draft
    const together = replay(doubled, current, draft, given).draft
    expect(element(together, 'Extra')!.queue).toBeLessThan(element(alone, 'Extra')!.queue / 2)
  })

  it('two steps made one keep their work and lose the hand-over between them', async () => {
    const merged = (xml: string) =>
      xml
        .replace('id="Assign_to_Appraise" sourceRef="Assign"', 'id="Assign_to_Appraise" sourceRef="Route"')
        .replace('<bpmn:sequenceFlow id="Route_to_Assign" sourceRef="Route" targetRef="Assign" />', '')
    const { current: now, draft: then } = replay(history, await permit(), await permit(merged), {
      ...nothing,
      takesOver: { Appraise: ['Assign'] },
    })
    expect(element(then, 'Assign')).toBeUndefined()
    expect(then.lead.mean).toBeLessThan(now.lead.mean)
    const work = (column: Column, id: string) =>
      (element(column, id)?.work ?? 0) * (element(column, id)?.visits ?? 0)
    const before = work(now, 'Assign') + work(now, 'Appraise')
    expect(Math.abs(work(then, 'Appraise') - before)).toBeLessThanOrEqual(now.dossiers * 2)
  })

  it('a shorter committed limit makes the same dossiers late', async () => {
    const shorter = await permit(undefined, (facts) => {
      for (const limit of facts.limits) limit.committed.value = 2
      facts.allotments = { house: {}, other: {} }
    })
    const { current: now, draft: then } = replay(history, await permit(), shorter, nothing)
    expect(then.lead).toEqual(now.lead)
    expect(then.late).toBeGreaterThan(now.late)
  })

  it('a question that is new is answered by the shares given, and an answer that has no way leaves its dossiers out', async () => {
    const current = await permit()
    const never = (xml: string) =>
      xml.replace(/<bpmn:sequenceFlow id="WhatResult_to_DraftSupplement"[\s\S]*?<\/bpmn:sequenceFlow>/, '')
    const asked = history.past.filter(({ visits }) => visits.some(({ outcome }) => outcome === 'supplement'))
    const without = replay(history, current, await permit(never), nothing)
    const lost = without.left.find(({ reason }) => reason === 'no-way')
    expect(lost?.elementId).toBe('WhatResult')
    expect(lost?.count).toBeLessThanOrEqual(asked.length)
    const share = replay(history, current, await permit(never), {
      ...nothing,
      gateways: { WhatResult: { WhatResult_to_ReviewResult: 3, WhatResult_to_RequestConsultations: 1 } },
    })
    expect(share.left.map(({ reason }) => reason)).not.toContain('no-way')
    const consulted = element(share.draft, 'AwaitConsultations')!.visits / share.draft.dossiers
    expect(consulted).toBeGreaterThan(0.15)
    expect(consulted).toBeLessThan(0.7)
  })

  it('the same seed gives the same result, another one another', async () => {
    const current = await permit()
    const draft = await permit(extra, extraStep('officer', 'specialist'))
    const run = (seed: number) => replay(history, current, draft, { ...nothing, seed, steps: estimate(120) })
    expect(run(7)).toEqual(run(7))
    expect(run(8).draft.lead).not.toEqual(run(7).draft.lead)
    expect(run(8).current).toEqual(run(7).current)
  })

  it('a new step without an estimate leaves everybody out who comes to it', async () => {
    const draft = await permit(extra, extraStep('officer', 'specialist'))
    const { left } = replay(history, await permit(), draft, nothing)
    expect(left).toContainEqual(expect.objectContaining({ reason: 'no-time', elementId: 'Extra' }))
  })
})
