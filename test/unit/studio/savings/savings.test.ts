import { SAMPLE } from '../../../../src/studio/savings/parameters.ts'
import { proposals } from '../../../../src/studio/savings/power.ts'
import { withProposals } from '../../../../src/studio/savings/proposed.ts'
import { savingsOf } from '../../../../src/studio/savings/savings.ts'
import type { Volume } from '../../../../src/studio/savings/schemas.ts'
import {
  type Editable,
  lookUpLandAndPromiseEightDays,
  mergeReviewIntoSignature,
  redesigned,
} from '../redesign.ts'

const nobody: Volume = { from: '2025-11-23', to: '2026-11-22', dossiers: 0, rows: [] }
const filed = (rows: Volume['rows']): Volume => ({
  ...nobody,
  dossiers: rows.reduce((sum, { count }) => sum + count, 0),
  rows,
})
const sample = { ...SAMPLE, set: false }

const saved = async (code: string, edit: (source: Editable) => void, volume = nobody) => {
  const { before, after } = redesigned(code, edit)
  return savingsOf(before, after, volume, sample)
}
const figure = ({ figures }: Awaited<ReturnType<typeof saved>>, key: string, of?: string) =>
  figures.find((one) => one.key === key && (of === undefined || one.case?.vi === of))

const redesign = (source: Editable) => {
  mergeReviewIntoSignature(source)
  lookUpLandAndPromiseEightDays(source)
}
const OTHER = 'Công trình khác (cấp III, cấp IV)'

it('the redesign of the construction permit saves a step, a hand-over, a paper and two days', async () => {
  const found = await saved('1.013225', redesign)
  expect(figure(found, 'steps')).toMatchObject({ before: 13, after: 12, words: { vi: '13 → 12 bước' } })
  expect(figure(found, 'handovers')).toMatchObject({ before: 6, after: 5 })
  expect(figure(found, 'agencyHandovers')).toMatchObject({ before: 0, after: 0 })
  expect(figure(found, 'papers', OTHER)).toMatchObject({ before: 4, after: 3 })
  expect(figure(found, 'committed', OTHER)).toMatchObject({
    before: 10,
    after: 8,
    words: {
      vi: '10 → 8 ngày làm việc (quy định 10 ngày làm việc)',
      en: '10 → 8 working days (by law 10 working days)',
    },
  })
  expect(figure(found, 'allotments', OTHER)).toMatchObject({ before: 74, after: 60 })
})

it('it comes to one sentence, and to none where nothing changes', async () => {
  const { headline } = await saved('1.013225', redesign)
  expect(headline.vi).toMatch(
    /^10 → 8 ngày làm việc, bớt 1 bước, 1 giấy tờ; mỗi hồ sơ bớt [\d.]+ đồng \(mẫu\)$/,
  )
  const more = await saved('1.013225', ({ eform }) => {
    eform.schema.properties.another = { type: 'string', title: 'Điều khác' }
  })
  expect(more.headline.vi).toMatch(/^Thêm 1 ô khai; mỗi hồ sơ thêm/)
  expect((await saved('1.013225', () => undefined)).headline.vi).toBe('Không đổi chỉ số nào')
})

it('a figure stands on the elements that cause it', async () => {
  const found = await saved('1.013225', redesign)
  const on = (key: string, id: string, of?: string) =>
    figure(found, key, of)?.elements.find(({ elementId }) => elementId === id)
  expect(on('steps', 'ReviewResult')).toMatchObject({
    before: 1,
    after: 0,
    words: { vi: '1 → 0 bước, gộp vào “Ký kết quả”' },
  })
  expect(on('handovers', 'ReviewResult')).toMatchObject({ before: 1, after: 0 })
  expect(on('papers', 'Start', OTHER)).toMatchObject({ before: 4, after: 3 })
  expect(on('allotments', 'Appraise', OTHER)).toMatchObject({
    before: 48,
    after: 40,
    words: { vi: '48 → 40 giờ LV' },
  })
  expect(on('committed', 'Receive', OTHER)).toMatchObject({ before: 10, after: 8 })
})

it('hand-overs between agencies are counted where the counter, the department and the deciding agency differ', async () => {
  const found = await saved('1.009645', () => undefined)
  const of = found.figures
    .filter(({ key }) => key === 'agencyHandovers')
    .map((one) => [one.case?.vi, one.after])
  // Counter → department → bodies asked → department → deciding agency (at the counter's); the other case asks nobody.
  expect(of).toEqual([
    [expect.any(String), 2],
    [expect.any(String), 4],
  ])
})

it('the worksheet is hours × wage + fees + travel + copies, weighted by how people filed', async () => {
  const { cost, parameters } = await saved(
    '1.001612',
    ({ definition }) => {
      definition.fees[1].amount = 30_000
    },
    filed([
      { channel: 'ONLINE', case: 'individual', count: 3 },
      { channel: 'DIRECT', case: 'individual', count: 1 },
    ]),
  )
  // 13 fields × 2 min + 1 paper × 30 min = 56 min; in person two visits of 90 min on top.
  const online = (56 / 60) * 40_000 + 150_000
  const direct = ((56 + 180) / 60) * 40_000 + 2 * 30_000
  const found = cost.channels.find(({ channel }) => channel === 'ONLINE')
  expect(found?.before).toBe(Math.round(online))
  expect(cost.channels.find(({ channel }) => channel === 'DIRECT')).toEqual({
    channel: 'DIRECT',
    before: Math.round(direct + 50_000),
    after: Math.round(direct + 30_000),
  })
  expect(cost.perDossier.before).toBe(Math.round((3 * online + direct + 50_000) / 4))
  expect(cost.perYear).toEqual({
    before: Math.round(3 * online + direct + 50_000),
    after: Math.round(3 * online + direct + 30_000),
  })
  expect(parameters).toMatchObject({
    verified: false,
    set: false,
    source: expect.stringMatching(/không phải số liệu chính thức/),
  })
})

it('nobody has filed: a dossier is the mean of the ways to file, and no year is made up', async () => {
  const { cost } = await saved('1.001612', () => undefined)
  expect(cost.perYear).toBeNull()
  expect(cost.perDossier.before).toBe(cost.perDossier.after)
})

it('the goal of a fifth fewer fields is met by fields that are taken out or filled in', async () => {
  const few = await saved('1.013225', ({ eform }) => {
    eform.schema.properties.phone['x-prefill'] = 'phone'
  })
  expect(few.goal).toMatchObject({ met: false, verified: false })
  const many = (prefill: string) =>
    saved('1.013225', ({ eform }) => {
      for (const field of ['workName', 'workPurpose', 'designer', 'designerCertificate', 'buildMonths'])
        eform.schema.properties[field]['x-prefill'] = prefill
    })
  const filled = await many('fullName')
  expect(figure(filled, 'fields')).toMatchObject({ before: 21, after: 16 })
  expect(filled.goal).toMatchObject({ fewer: 5 / 21, met: true })
  // Whoever has no such thing in the record types it.
  const open = await many('address')
  expect(figure(open, 'fields')).toMatchObject({ before: 21, after: 21 })
  expect(open.goal.met).toBe(false)
})

it('a question that is only shown read-only is not filled in by anybody', async () => {
  const found = await saved('1.013225', ({ eform }) => {
    for (const field of ['workName', 'workPurpose', 'designer', 'designerCertificate', 'buildMonths'])
      eform.schema.properties[field].readOnly = true
    eform.ui.phone = { 'ui:readonly': true }
  })
  expect(figure(found, 'fields')).toMatchObject({ before: 21, after: 21 })
  expect(found.goal.met).toBe(false)
})

it('a question asked again is counted, and not when it is filled in', async () => {
  const again = (source: Editable) => {
    source.eform.schema.properties.siteAgain = { type: 'string', title: 'Địa chỉ liên hệ (nhắc lại)' }
  }
  expect(figure(await saved('1.013225', again), 'askedTwice')).toMatchObject({ before: 0, after: 1 })
  const filledIn = (source: Editable) => {
    again(source)
    source.eform.schema.properties.siteAgain['x-prefill'] = 'fullName'
  }
  expect(figure(await saved('1.013225', filledIn), 'askedTwice')).toMatchObject({ before: 0, after: 0 })
})

it('a new procedure has figures and nothing to compare them with', async () => {
  const { after } = redesigned('1.013225', () => undefined)
  const { figures, cost, goal } = await savingsOf(null, after, nobody, sample)
  expect(figures.every(({ before }) => before === null)).toBe(true)
  expect(cost.perDossier.before).toBeNull()
  expect(goal).toMatchObject({ fewer: null, met: false })
})

it('what would be proposed is the version in force with that alone', async () => {
  const { before, after } = redesigned('1.013225', ({ definition, eform }) => {
    definition.limits[1].legal.value = 8
    definition.limits[1].committed.value = 5
    definition.supplement.rounds[0].max = 2
    definition.supplement.wait.limit.value = 45
    definition.papers.push({ ...definition.papers[0], key: 'another' })
    definition.papers = definition.papers.filter(({ key }: { key: string }) => key !== 'drawings')
    eform.schema.properties.another = { type: 'string', title: 'Điều khác' }
    eform.schema.required.push('another')
    eform.schema.properties.height.title = 'Chiều cao (m)'
  })
  const { definition, eform } = withProposals(
    before,
    after,
    await proposals(before, after),
  ) as unknown as Editable
  const was = before as unknown as Editable
  expect(definition.limits[1]).toEqual({
    ...was.definition.limits[1],
    legal: { ...was.definition.limits[1].legal, value: 8 },
  })
  expect(definition.supplement.rounds[0].max).toBe(2)
  expect(definition.supplement.wait).toEqual(was.definition.supplement.wait)
  expect(definition.papers.map(({ key }: { key: string }) => key)).toEqual([
    'application',
    'land',
    'approval',
    'fireEnvironment',
    'another',
  ])
  expect(eform.schema.required).toContain('another')
  expect(eform.schema.properties.height).toEqual(was.eform.schema.properties.height)
})
