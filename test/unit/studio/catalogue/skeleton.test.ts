import { assemble } from '../../../../src/procedures/assemble.ts'
import { caseOf } from '../../../../src/procedures/case.ts'
import { missingPapers, validateForm } from '../../../../src/procedures/form.ts'
import { lint } from '../../../../src/procedures/lint.ts'
import { readJobTypes } from '../../../../src/procedures/publish.ts'
import type { CatalogueRow, CatalogueStep } from '../../../../src/studio/catalogue/entry.ts'
import { SkeletonError, skeletonFaults, skeletonOf } from '../../../../src/studio/catalogue/skeleton.ts'
import { checkSource } from '../../../../src/studio/lint/check.ts'
import { filesOf } from '../../../../src/studio/source.ts'
import { drawnIn } from '../../procedures/diagram.ts'
import { layoutFaults, runsBackwards } from '../../procedures/layout.ts'
import { row, table } from './rows.ts'

const jobTypes = await readJobTypes('processes')

/** Every shape that a row and its step table can ask for. */
const kinds = [false, true].flatMap((fee) =>
  [false, true].flatMap((head) =>
    [false, true].flatMap((consulted) =>
      [false, true].map((tax): [name: string, row: CatalogueRow, steps: CatalogueStep[]] => [
        [fee && 'fee', head && 'head of unit', consulted && 'consultation', tax && 'tax']
          .filter(Boolean)
          .join(', ') || 'none of it',
        row(fee ? { fees: { ONLINE: 20_000, DIRECT: 30_000 }, feeText: '20.000 đồng' } : {}),
        table(
          ['clerk', 2],
          ...(head ? [['unit-head', 2] as ['unit-head', number]] : []),
          ['officer', 20],
          ...(consulted
            ? [['consulted', 16, ['T00.S02.CM', 'place.VP']] as ['consulted', number, string[]]]
            : []),
          ...(tax ? [['tax', null] as ['tax', null]] : []),
          ...(head ? [['unit-head', 2] as ['unit-head', number]] : []),
          ['leader', 4],
          ['clerical', 2],
          ['clerk', 2],
        ),
      ]),
    ),
  ),
)

describe.each(kinds)('a skeleton with %s', (_name, entry, steps) => {
  const source = skeletonOf(entry, steps)
  const procedure = assemble(filesOf(source))
  const { definition, examples } = procedure

  it('has no fault of the lint, in drawing or in law', async () => {
    expect(await lint(source.bpmn, { ...definition, jobTypes })).toEqual([])
    const faults = await checkSource(source, { jobTypes, today: '2026-11-22' })
    expect(faults.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('is drawn without crossing lines, to be read on A3, its happy path to the right', async () => {
    const drawn = await drawnIn(source.bpmn)
    expect(layoutFaults(drawn)).toEqual([])
    const right = Math.max(...drawn.shapes.map(({ box }) => box.x + box.width)) - 160
    const low = Math.max(...drawn.shapes.map(({ box }) => box.y + box.height)) - 60
    expect(12 * Math.min(420 / right, 297 / low)).toBeGreaterThanOrEqual(1.8)
    const way = [
      'Start',
      'Receive',
      'Route',
      'Appraise',
      'WhatResult',
      'SignResult',
      'NumberResult',
      'ReturnResult',
    ]
    expect(runsBackwards(drawn, way)).toEqual([])
  })

  it('has examples that can be filed and take every way out of every question', () => {
    for (const example of examples) {
      expect(validateForm(procedure, example.formData)).toEqual([])
      expect(caseOf(definition, example.formData)).toBe(example.case)
      expect(missingPapers(definition, example)).toEqual([])
    }
    const taken = examples.flatMap(({ walk }) => walk.map(({ element, outcome }) => `${element}:${outcome}`))
    const ways = [
      ...Object.entries(definition.steps).map(([id, { outcomes }]) => [id, Object.keys(outcomes)] as const),
      ...Object.entries(definition.waits).map(([id, { outcomes }]) => [id, outcomes] as const),
    ].flatMap(([id, outcomes]) => outcomes.map((outcome) => `${id}:${outcome}`))
    expect(ways.filter((way) => !taken.includes(way))).toEqual([])
  })
})

it('takes the time of each step from the approved table', () => {
  const steps = table(
    ['clerk', 4],
    ['unit-head', 2],
    ['officer', 4],
    ['officer', 12],
    ['unit-head', 8],
    ['leader', 8],
    ['clerical', 4],
    ['clerk', 4],
  )
  const { definition } = assemble(filesOf(skeletonOf(row(), steps)))
  const hours = Object.entries(definition.allotments.general!).map(([id, { value }]) => [id, value])
  expect(hours).toEqual([
    ['Receive', 4],
    ['Assign', 2],
    ['Appraise', 16],
    ['ReviewResult', 8],
    ['SignResult', 8],
    ['NumberResult', 4],
    ['ReturnResult', 4],
  ])
})

it('without a table allots less than the limit, so that the detours have a reserve', () => {
  for (const limit of [
    { value: 1, unit: 'same-day' },
    { value: 4, unit: 'working-hour' },
    { value: 10, unit: 'calendar-day' },
    { value: 30, unit: 'working-day' },
  ] as const) {
    const { definition } = assemble(filesOf(skeletonOf(row({ limit }))))
    const allotted = Object.values(definition.allotments.general!)
    expect(allotted.length).toBeGreaterThan(3)
    expect(definition.limits[0]!.legal).toEqual(limit)
  }
})

it('sends a dossier of the province to the department, to be signed by the People’s Committee', () => {
  const source = skeletonOf(row({ level: 'province', unit: 'T00.S01.CM' }))
  const { definition } = assemble(filesOf(source))
  expect(source.dmn).toContain('<text>"T00.S01.CM"</text>')
  expect(definition).toMatchObject({ counter: 'province', deciding: 'counter' })
  expect(definition.steps.SignResult!.agency).toBe('deciding')
  expect(definition.steps.Appraise!.agency).toBe('lead')
})

it('asks nothing of the internet where the row says that it only informs', () => {
  const informs = row({ onlineLevel: 'information', fees: { ONLINE: 20_000, DIRECT: 30_000 } })
  const { definition, examples } = assemble(filesOf(skeletonOf(informs)))
  expect(definition.channels).toEqual(['DIRECT', 'POSTAL'])
  expect(definition.fees.map(({ channel }) => channel)).toEqual(['DIRECT'])
  expect(examples.map(({ channel }) => channel)).not.toContain('ONLINE')
})

it.each<[string, Partial<CatalogueRow>, CatalogueStep[], string]>([
  ['no figure for its limit', { limit: null }, [], 'limit'],
  ['a limit in months', { limit: { value: 2, unit: 'month' } }, [], 'limit'],
  ['nobody who works on it', { unit: null }, [], 'unit'],
  ['no result', { results: [] }, [], 'results'],
  [
    'steps longer than the limit',
    { limit: { value: 1, unit: 'working-day' } },
    table(['officer', 9]),
    'steps',
  ],
])('of a row with %s is refused with what to mend', (_name, changes, steps, field) => {
  expect(skeletonFaults(row(changes), steps).map((one) => one.field)).toEqual([field])
  expect(() => skeletonOf(row(changes), steps)).toThrow(SkeletonError)
})

it('keeps the table’s words with their step, whatever signs they have', () => {
  const { bpmn } = skeletonOf(row(), table(['clerk', 1], ['officer', 4], ['leader', 1], ['clerical', 1]))
  expect(bpmn).toContain('<bpmn:documentation>Bước 2: việc 2 &amp; "thử"</bpmn:documentation>')
})

it('makes the same files of the same row', () => {
  expect(filesOf(skeletonOf(row()))).toEqual(filesOf(skeletonOf(row())))
})
