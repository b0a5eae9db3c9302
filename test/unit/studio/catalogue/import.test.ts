import { readTable } from '../../../../src/intake/table.ts'
import { COLUMNS, type Kind } from '../../../../src/studio/catalogue/columns.ts'
import { sampleCsv } from '../../../../src/studio/catalogue/import.ts'
import { type Entry, planRows } from '../../../../src/studio/catalogue/import-rows.ts'
import { planSteps } from '../../../../src/studio/catalogue/import-steps.ts'
import { isReached, type Measure, measureOf, type Target } from '../../../../src/studio/catalogue/measure.ts'
import { numberOf, paperOf } from '../../../../src/studio/catalogue/values.ts'

const tableOf = (kind: Kind, text: string) => readTable(text, COLUMNS[kind])
const HEAD =
  'Mã thủ tục;Tên thủ tục;Lĩnh vực;Cấp thực hiện;Cơ quan thực hiện;Thời hạn;Đơn vị thời hạn;Thành phần hồ sơ;Phí trực tuyến;Nguồn'
const line = (
  changes: Partial<Record<'code' | 'level' | 'limit' | 'unit' | 'papers' | 'fee' | 'source', string>> = {},
) => {
  const {
    code = '9.000001',
    level = 'Xã',
    limit = '5',
    unit = 'ngày làm việc',
    papers = 'Đơn',
    fee = '',
    source = '',
  } = changes
  return [code, 'Thủ tục thử', 'Thử', level, 'UBND cấp xã', limit, unit, papers, fee, source].join(';')
}
const rowsOf = (...lines: string[]) => planRows(tableOf('rows', [HEAD, ...lines].join('\n')), new Map())

it('takes the sample file that it offers', () => {
  const { lines, entries } = planRows(
    tableOf('rows', sampleCsv('rows', 'vi').toString('utf8').slice(1)),
    new Map(),
  )
  expect(lines.map(({ verdict }) => verdict)).toEqual(['added'])
  expect(entries[0]).toMatchObject({
    limit: { value: 5, unit: 'working-day' },
    onlineLevel: 'full',
    papers: [{ original: 1 }, { copies: 1, original: 0, reusableData: true }, { optional: true }],
  })
  const steps = planSteps(
    tableOf('steps', sampleCsv('steps', 'en').toString('utf8').slice(1)),
    new Map([['9.000101', []]]),
  )
  expect(steps.tables.get('9.000101')?.map(({ hours }) => hours)).toEqual([4, 24, 2, 4, 2, 1])
})

it.each<[string, Parameters<typeof line>[0], string]>([
  ['a code of another shape', { code: '13225' }, 'code'],
  ['a level that is none', { level: 'Huyện' }, 'level'],
  ['a limit in letters', { limit: 'năm' }, 'limit'],
  ['a limit without a unit', { unit: '' }, 'limitUnit'],
  ['a unit without a limit', { limit: '' }, 'limit'],
  ['half a working day', { limit: '0,5' }, 'limit'],
  ['a mark of papers that nobody knows', { papers: 'Đơn [5 tờ]' }, 'papers'],
  ['a fee in words', { fee: 'theo quy định' }, 'feeOnline'],
  ['a source that is no address', { source: 'công báo' }, 'source'],
  ['a formula', { papers: '=1+1' }, 'papers'],
])('refuses %s, naming the column and what to mend', (_name, changes, field) => {
  const { lines, entries } = rowsOf(line(changes), line({ code: '9.000002' }))
  expect(lines.map(({ verdict }) => verdict)).toEqual(['refused', 'added'])
  expect(lines[0]!.faults.map((fault) => fault.field)).toContain(field)
  expect(lines[0]!.faults.every(({ message }) => message.vi !== '' && message.en !== '')).toBe(true)
  expect(entries.map(({ code }) => code)).toEqual(['9.000002'])
})

it('refuses the second row of a code', () => {
  const { lines } = rowsOf(line(), line())
  expect(lines.map(({ verdict }) => verdict)).toEqual(['added', 'refused'])
})

it('a row that says what is known changes nothing, another says what it changes', () => {
  const { entries } = rowsOf(line())
  const { isNew: _, ...entry } = entries[0]!
  const known = new Map<string, Entry>([[entry.code, entry]])
  const again = (text: string) => planRows(tableOf('rows', [HEAD, text].join('\n')), known)
  expect(again(line())).toMatchObject({ lines: [{ verdict: 'unchanged' }], entries: [] })
  expect(again(line({ limit: '4' })).lines[0]).toMatchObject({ verdict: 'changed', changes: ['limit'] })
})

it('reads 1,914 rows at once', () => {
  const many = Array.from({ length: 1914 }, (_, n) => line({ code: `9.${String(n).padStart(6, '0')}` }))
  expect(rowsOf(...many).entries).toHaveLength(1914)
})

describe('a step table', () => {
  const head =
    'Mã thủ tục,Bước,Người thực hiện,Nội dung công việc,Thời gian (giờ làm việc),Mã đơn vị được hỏi'
  const plan = (
    lines: string[],
    known = new Map([
      ['9.000001', []],
      ['9.000002', []],
    ]),
  ) => planSteps(tableOf('steps', [head, ...lines].join('\n')), known)

  it('is taken over whole or not at all', () => {
    const { lines, tables } = plan([
      '9.000001,1,Một cửa,Tiếp nhận,4,',
      '9.000001,2,Người máy,Thẩm định,8,',
      '9.000002,1,Một cửa,Tiếp nhận,4,',
    ])
    expect(lines.map(({ verdict }) => verdict)).toEqual(['refused', 'refused', 'added'])
    expect(lines[0]!.faults[0]!.message.en).toContain('Row 3')
    expect([...tables.keys()]).toEqual(['9.000002'])
  })

  it.each([
    ['a procedure that the catalogue has not', '9.999999,1,Một cửa,Tiếp nhận,4,', 'code'],
    ['a step without a number', '9.000001,một,Một cửa,Tiếp nhận,4,', 'number'],
    ['hours in words', '9.000001,1,Một cửa,Tiếp nhận,nửa ngày,', 'hours'],
    ['a consultation that asks nobody', '9.000001,1,Cơ quan phối hợp,Cho ý kiến,4,', 'bodies'],
    ['a body that is no unit', '9.000001,1,Cơ quan phối hợp,Cho ý kiến,4,Sở Xây dựng', 'bodies'],
  ])('refuses %s', (_name, text, field) => {
    expect(plan([text]).lines[0]!.faults.map((fault) => fault.field)).toEqual([field])
  })

  it('refuses a step that stands there twice', () => {
    const { lines } = plan(['9.000001,1,Một cửa,Tiếp nhận,4,', '9.000001,1,Một cửa,Trả,4,'])
    expect(lines.map(({ verdict }) => verdict)).toEqual(['refused', 'refused'])
  })

  it('the same table again changes nothing', () => {
    const { tables } = plan(['9.000001,1,Một cửa,Tiếp nhận,4,'])
    const again = plan(['9.000001,1,Một cửa,Tiếp nhận,4,'], tables as never)
    expect(again.lines[0]!.verdict).toBe('unchanged')
    expect(again.tables.size).toBe(0)
  })
})

it('reads figures as they are written in Vietnamese', () => {
  expect(['0,5', '1.500', '1.500.000', '3', '2.5'].map(numberOf)).toEqual([0.5, 1500, 1_500_000, 3, 2.5])
  expect(['', 'ba', '1,2,3', '-1'].map(numberOf)).toEqual([undefined, undefined, undefined, undefined])
})

it('a paper without marks is one original, to be handed in', () => {
  expect(paperOf('Đơn')).toMatchObject({ name: 'Đơn', original: 1, copies: 0, optional: false })
  expect(paperOf('Bản vẽ [2 chính, 1 sao, nếu có]')).toMatchObject({ original: 2, copies: 1, optional: true })
  expect(paperOf('Căn cước [xuất trình]')).toMatchObject({ presentOnly: true, original: 1 })
})

describe('the aim of a redesign', () => {
  const before: Measure = { fields: 20, papers: 6, days: 10 }
  it.each<[string, Target, Measure, boolean]>([
    ['a fifth of the fields less', { fieldsPercent: 20 }, { fields: 16, papers: 6, days: 10 }, true],
    ['one field short of a fifth', { fieldsPercent: 20 }, { fields: 17, papers: 6, days: 10 }, false],
    [
      'fields and days, days missing',
      { fieldsPercent: 20, days: 2 },
      { fields: 10, papers: 6, days: 9 },
      false,
    ],
    ['papers', { papers: 2 }, { fields: 20, papers: 4, days: 10 }, true],
    ['fields that nobody has counted', { fieldsPercent: 20 }, { fields: null, papers: 6, days: 10 }, false],
  ])('%s', (_name, target, now, reached) => {
    expect(isReached(target, before, now)).toBe(reached)
  })

  it('counts fields, papers and the committed days of the longest case', () => {
    const limit = (value: number) => ({ committed: { value, unit: 'working-day' } })
    const definition = { papers: [{}, {}], limits: [limit(7), limit(10)] }
    const eform = { schema: { properties: { a: {}, b: {}, c: {} } } }
    expect(measureOf(definition as never, eform as never)).toEqual({ fields: 3, papers: 2, days: 10 })
    expect(measureOf({}, {})).toEqual({ fields: null, papers: 0, days: null })
  })
})
