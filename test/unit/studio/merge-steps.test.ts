import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BpmnModdle } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }
import { type ProcedureDefinition, procedureDefinition } from '../../../src/procedures/definition.ts'
import { graphOfProcess, type Moddle } from '../../../ui/src/studio/workspace/steps/graph-of.ts'
import {
  type Merge,
  mergeData,
  mergedExamples,
  mergedWalk,
  mergeOf,
  timesOf,
} from '../../../ui/src/studio/workspace/steps/merge-steps.ts'
import { orderWays } from '../../../ui/src/studio/workspace/steps/rows.ts'
import { sourceOf } from './sources.ts'

const FOLDER = join(import.meta.dirname, '../../../processes/1.013225-cap-giay-phep-xay-dung-moi')
const definition = procedureDefinition.parse(JSON.parse(readFileSync(join(FOLDER, 'procedure.json'), 'utf8')))
const { rootElement } = await new BpmnModdle({ zeebe }).fromXML(
  readFileSync(join(FOLDER, 'process.bpmn'), 'utf8'),
)
const process = (rootElement as unknown as { rootElements: Moddle[] }).rootElements.find(
  ({ $type }) => $type === 'bpmn:Process',
)!
const graph = orderWays(graphOfProcess(process), definition)

const merged = (into: string, from: string, wanted = {}): Merge => {
  const found = mergeOf(graph, definition, { into, from }, wanted)
  if ('obstacle' in found) throw new Error(JSON.stringify(found.obstacle))
  return found.merge
}
const obstacle = (into: string, from: string) => {
  const found = mergeOf(graph, definition, { into, from })
  return 'obstacle' in found ? found.obstacle : null
}
const dataOf = (merge: Merge) => mergeData(merge)(definition) as ProcedureDefinition

describe('the head’s assigning and the appraisal as one step', () => {
  const merge = merged('Appraise', 'Assign')

  test('is the officer’s, on the panel of the appraisal, and says what went into it', () => {
    expect(merge.step).toMatchObject({ role: 'officer', form: 'appraise', mergedFrom: ['Assign'] })
    expect([merge.mayDo, merge.mayAsk]).toEqual([['Appraise'], ['Appraise']])
  })

  test('keeps the promises of both on every way onward', () => {
    const { outcomes } = merge.step
    expect(outcomes.approved?.promises).toEqual(['assign.person', 'result.draft'])
    expect(outcomes.consult?.promises).toEqual(['assign.person', 'consultation.draft'])
    expect(Object.keys(outcomes)).toEqual(Object.keys(definition.steps.Appraise!.outcomes))
  })

  test('has the time of both, or its own where the analyst says so', () => {
    expect(dataOf(merge).allotments.other).toMatchObject({ Appraise: { value: 52, unit: 'working-hour' } })
    expect(dataOf(merged('Appraise', 'Assign', { time: 'keep' })).allotments.other).toMatchObject({
      Appraise: { value: 48, unit: 'working-hour' },
    })
    expect(Object.keys(dataOf(merge).allotments.other!)).toEqual([
      'Receive',
      'Appraise',
      'ReviewResult',
      'SignResult',
      'NumberResult',
    ])
  })

  test('leaves a whole procedure, in which nothing names the step that is gone', () => {
    const data = dataOf(merge)
    expect(procedureDefinition.safeParse(data).error).toBeUndefined()
    const { Appraise, ...others } = data.steps
    expect(Appraise?.mergedFrom).toEqual(['Assign'])
    expect(JSON.stringify({ ...data, steps: others })).not.toContain('"Assign"')
  })

  test('is one visit in every example, which leaves none at the step that is gone', () => {
    const examples = mergedExamples(merge, sourceOf('1.013225').examples)
    const walks = JSON.stringify(examples.map(({ content }) => content.walk))
    expect(walks).not.toContain('"Assign"')
    expect((examples[0]!.content.walk as unknown[]).slice(0, 2)).toEqual([
      { element: 'Receive', outcome: 'received' },
      { element: 'Appraise', outcome: 'approved' },
    ])
  })
})

describe('initials and signature as one step', () => {
  const merge = merged('SignResult', 'ReviewResult')

  test('is the signer’s, on the panel that asks in which capacity', () => {
    expect(merge.step).toMatchObject({ role: 'leader', unit: 'leadership', form: 'result-sign' })
    expect(merged('ReviewResult', 'SignResult').step).toMatchObject({ role: 'leader', form: 'result-sign' })
  })

  test('initials and signs; sent back, it goes to where the initials sent it', () => {
    expect(merge.step.outcomes.signed?.promises).toEqual(['result.initial', 'result.sign'])
    expect(merge.step.outcomes['sent-back']?.promises).toEqual(['send-back'])
    expect(merge.extra).toEqual([{ outcome: 'sent-back', target: 'Appraise' }])
  })

  test('does not send back to itself, not even in an example', () => {
    const walk = [
      { element: 'Appraise', outcome: 'approved' },
      { element: 'ReviewResult', outcome: 'sent-back' },
      { element: 'Appraise', outcome: 'approved' },
      { element: 'ReviewResult', outcome: 'approved' },
      { element: 'SignResult', outcome: 'sent-back' },
      { element: 'ReviewResult', outcome: 'approved' },
      { element: 'SignResult', outcome: 'signed' },
    ]
    expect(mergedWalk(merge, walk)).toEqual([
      { element: 'Appraise', outcome: 'approved' },
      { element: 'SignResult', outcome: 'sent-back' },
      { element: 'Appraise', outcome: 'approved' },
      { element: 'SignResult', outcome: 'signed' },
    ])
  })

  test('fits the limit where the times of both did', () => {
    expect(timesOf(definition, merge, 'sum').map(({ used, most }) => [used, most])).toEqual([
      [50, 56],
      [74, 80],
    ])
  })

  test('is left with its own time where only that fits', () => {
    const tight = structuredClone(definition)
    tight.limits.find((row) => row.case === 'other')!.committed.value = 9
    const found = mergeOf(graph, tight, { into: 'SignResult', from: 'ReviewResult' })
    expect('merge' in found && found.merge.choice.time).toBe('keep')
  })
})

describe('two steps that cannot be one', () => {
  test('do not follow each other', () => {
    expect(obstacle('SignResult', 'Appraise')).toEqual({ why: 'not-next' })
    // Between them the machines find out who is in charge.
    expect(obstacle('Assign', 'Receive')).toEqual({ why: 'not-next' })
    expect(obstacle('Appraise', 'AwaitSupplement')).toEqual({ why: 'not-next' })
  })

  test('are reached from elsewhere too', () => {
    expect(obstacle('ReviewResult', 'Appraise')).toEqual({
      why: 'other-ways',
      steps: expect.arrayContaining(['DraftRefusal', 'SummariseConsultations']),
    })
  })

  test('have no panel that asks for what both have to know', () => {
    expect(obstacle('DraftSupplement', 'ApproveSupplement')).toMatchObject({ why: 'no-panel' })
  })
})
