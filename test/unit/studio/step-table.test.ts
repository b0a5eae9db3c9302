import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BpmnModdle } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }
import { formName, procedureDefinition, step } from '../../../src/procedures/definition.ts'
import { allot, dropElement, moveData } from '../../../ui/src/studio/workspace/steps/definition-acts.ts'
import { graphOfProcess, type Moddle } from '../../../ui/src/studio/workspace/steps/graph-of.ts'
import { formOfReference, STEP_KINDS } from '../../../ui/src/studio/workspace/steps/kinds.ts'
import { rowsOf } from '../../../ui/src/studio/workspace/steps/rows.ts'

const FOLDER = join(import.meta.dirname, '../../../processes/1.013225-cap-giay-phep-xay-dung-moi')
const definition = procedureDefinition.parse(JSON.parse(readFileSync(join(FOLDER, 'procedure.json'), 'utf8')))
type Root = { rootElements: Moddle[] }
const { rootElement } = await new BpmnModdle({ zeebe }).fromXML(
  readFileSync(join(FOLDER, 'process.bpmn'), 'utf8'),
)
const process = (rootElement as unknown as Root).rootElements.find(({ $type }) => $type === 'bpmn:Process')!
const graph = graphOfProcess(process)
const rows = rowsOf(graph, definition)
const row = (id: string) => rows.find((each) => each.id === id)!

describe('the step table of a building permit', () => {
  test('has each step, wait and machine’s work of the diagram once, with its data', () => {
    expect(
      rows
        .filter(({ kind }) => kind === 'step')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(Object.keys(definition.steps).sort())
    expect(
      rows
        .filter(({ kind }) => kind === 'wait')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(Object.keys(definition.waits).sort())
    expect(
      rows.every(({ kind, step: data, wait }) => kind === 'machine' || data !== null || wait !== null),
    ).toBe(true)
  })

  test('reads the straight way first, from the reception to the return', () => {
    const main = rows.filter(({ branch }) => branch === 'main').map(({ id }) => id)
    expect(main[0]).toBe('Validate')
    expect(main.at(-1)).toBe('ReturnResult')
    expect(main.indexOf('Receive')).toBeLessThan(main.indexOf('Appraise'))
    expect(main).not.toContain('DraftSupplement')
    expect(rows.filter(({ branch }) => branch === 'loose')).toEqual([])
  })

  test('says where each outcome leads, past gateways that only join', () => {
    expect(row('Appraise').next).toEqual([
      { outcome: 'approved', target: 'ReviewResult', flow: 'WhatResult_to_ReviewResult' },
      { outcome: 'supplement', target: 'DraftSupplement', flow: 'WhatResult_to_DraftSupplement' },
      { outcome: 'consult', target: 'RequestConsultations', flow: 'WhatResult_to_RequestConsultations' },
      { outcome: 'denied', target: 'DraftRefusal', flow: 'WhatResult_to_DraftRefusal' },
    ])
    expect(row('Assign').next).toEqual([{ outcome: null, target: 'Appraise', flow: 'Assign_to_Appraise' }])
    expect(row('AwaitSupplement').next.map(({ outcome, target }) => [outcome, target])).toEqual([
      ['submitted', 'ReceiveSupplement'],
      ['expired', 'CloseDossier'],
    ])
  })

  test('says whose question it is when two steps are asked the same', () => {
    expect(row('Appraise').sharedWith).toEqual(['SummariseConsultations'])
    expect(row('ReviewResult').sharedWith).toEqual([])
  })

  test('shows the time allotted in each case', () => {
    expect(row('Appraise').limits).toEqual([
      { case: 'house', limit: { value: 28, unit: 'working-hour' } },
      { case: 'other', limit: { value: 48, unit: 'working-hour' } },
    ])
    expect(row('ReturnResult').limits.every(({ limit }) => limit === null)).toBe(true)
  })
})

describe('the data that go with a step', () => {
  test('leave with it everywhere', () => {
    const left = dropElement('Appraise')(definition)
    expect(JSON.stringify([left.steps, left.allotments, left.phases])).not.toContain('"Appraise"')
    expect(Object.keys(definition.steps)).toContain('Appraise')
  })

  test('follow it to another id', () => {
    const moved = moveData('Appraise', 'Examine')(definition)
    expect(moveData('Examine', 'Appraise')(moved)).toEqual(definition)
    expect(moved.steps?.DraftRefusal?.sameAs).toBe('Examine')
    expect(Object.keys(moved.allotments?.house ?? {})).toContain('Examine')
  })

  test('keep the allotments in the order of the table', () => {
    const order = rows.map(({ id }) => id)
    const changed = allot('house', 'ReturnResult', { value: 2, unit: 'working-hour' }, order)(definition)
    expect(Object.keys(changed.allotments?.house ?? {}).at(-1)).toBe('ReturnResult')
    expect(allot('house', 'ReturnResult', null, order)(changed)).toEqual(definition)
  })
})

test('each kind of step makes a whole step of a known form', () => {
  for (const { form, role, unit, outcomes, name } of STEP_KINDS)
    expect(step.safeParse({ name, role, unit, form, outcomes })).toMatchObject({ success: true })
  const apart = /^(apology-|stop-check|consultation-answer)/
  expect(formName.options.filter((form) => !apart.test(form)).sort()).toEqual(
    STEP_KINDS.map(({ form }) => form).sort(),
  )
})

test('the form of a step is read from its reference and from nothing else', () => {
  expect(formOfReference('="appraise:" + subjectId')).toBe('appraise')
  expect(formOfReference('="appraise:" + personId')).toBeUndefined()
})
