import { planAgencies } from '../../../src/intake/agencies.ts'
import { COLUMNS } from '../../../src/intake/columns.ts'
import type { Known, KnownAgency, KnownUnit } from '../../../src/intake/record.ts'
import { readTable } from '../../../src/intake/table.ts'

const TODAY = '2026-11-02'
const HOURS = 'T2-T6 07:30-11:30, 13:00-17:00'
const HEAD = 'code;kind;parent;name;hours;validFrom'
const nothing = (): Known => ({ agencies: new Map(), units: new Map() })
const plan = (rows: string[], known = nothing()) =>
  planAgencies(readTable([HEAD, ...rows].join('\n'), COLUMNS.agencies), known, TODAY)
const verdicts = (rows: string[], known = nothing()) => plan(rows, known).lines.map(({ verdict }) => verdict)
const faults = (rows: string[], known = nothing()) =>
  plan(rows, known).lines.flatMap(({ row, faults }) =>
    faults.map(({ field, message }) => `${row} ${field}: ${message.vi}`),
  )

/** The record after a plan was saved. `begun`: dossiers came meanwhile. */
function recorded(rows: string[], begun = false): Known {
  const { agencies, units } = plan(rows)
  const of = <T extends KnownAgency | KnownUnit>(list: T[]) =>
    new Map(list.map((one) => [one.code, { ...one, begun }]))
  return { agencies: of<KnownAgency>(agencies), units: of<KnownUnit>(units) }
}

const PROVINCE = `T9.P;Tỉnh;;UBND tỉnh;${HOURS};`
const COMMUNE = 'T9.X;Xã;T9.P;UBND xã;;'
const UNIT = 'T9.X.MC;Một cửa;T9.X;Một cửa;;'
const ALL = [PROVINCE, COMMUNE, UNIT]

it('agencies and units are added, whichever stands first', () => {
  expect(verdicts(ALL)).toEqual(['added', 'added', 'added'])
  expect(verdicts(ALL.toReversed())).toEqual(['added', 'added', 'added'])
})

it('an agency without hours works as the one above', () => {
  const { agencies } = plan(ALL)
  expect(agencies[1]?.hours).toEqual(agencies[0]?.hours)
  expect(agencies[0]?.hours).toEqual([
    expect.objectContaining({
      validFrom: null,
      verified: false,
      week: expect.objectContaining({ 5: expect.anything() }),
    }),
  ])
})

it('the same file again changes nothing, however PostgreSQL orders what it keeps', () => {
  const known = recorded(ALL)
  const province = known.agencies.get('T9.P')!
  province.hours = province.hours.map(({ verified, source, week, validFrom }) => ({
    validFrom,
    week,
    source,
    verified,
  }))
  expect(verdicts(ALL, known)).toEqual(['unchanged', 'unchanged', 'unchanged'])
})

it('what the file leaves out stays as it is', () => {
  const { agencies, units } = plan([COMMUNE], recorded(ALL))
  expect([agencies.map(({ code }) => code), units]).toEqual([['T9.X'], []])
})

it('a name can be corrected at any time; where an agency stands and works only before there are dossiers', () => {
  const renamed = 'T9.X;Xã;T9.P;UBND xã Mới;;'
  expect(plan([renamed], recorded(ALL, true)).lines).toEqual([
    expect.objectContaining({ verdict: 'changed', changes: ['name'] }),
  ])
  const otherHours = 'T9.X;Xã;T9.P;UBND xã;T2-T7 07:00-11:00;'
  expect(plan([otherHours], recorded(ALL)).lines).toEqual([
    expect.objectContaining({ verdict: 'changed', changes: ['hours'] }),
  ])
  expect(faults([otherHours], recorded(ALL, true))).toEqual([expect.stringMatching(/^2 hours: Đã có hồ sơ/)])
  expect(faults(['T9.X.MC;Chuyên môn;T9.X;Một cửa;;'], recorded(ALL, true))).toEqual([
    expect.stringMatching(/^2 kind: /),
  ])
})

describe('a row is refused, and the others are not,', () => {
  it.each<[string, string, RegExp]>([
    ['for a kind that nobody knows', 'T9.A;Huyện;T9.P;A;;', /^5 kind: Không có loại/],
    ['for a code with letters of another kind', 'T9.Đ;Xã;T9.P;A;;', /^5 code: Mã chỉ gồm/],
    ['for a code that stands in the file already', 'T9.X;Xã;T9.P;A;;', /^5 code: Mã này đã có ở dòng 3/],
    ['for a unit whose code is of another agency', 'T9.Y.MC;Một cửa;T9.X;A;;', /^5 code: Mã bộ phận phải/],
    ['for a unit of no agency', 'T9.X.KT;Chuyên môn;;A;;', /^5 parent: Hãy ghi mã cơ quan/],
    ['for a unit of a unit', 'T9.X.MC.A;Chuyên môn;T9.X.MC;A;;', /^5 parent: T9.X.MC là bộ phận/],
    ['for an agency that is nowhere', 'T9.A;Xã;T8.P;A;;', /^5 parent: Không có cơ quan mã T8.P/],
    ['for a commune of no province', 'T9.A;Xã;;A;;', /^5 parent: Hãy ghi mã của tỉnh/],
    ['for a commune of a commune', 'T9.A;Xã;T9.X;A;;', /^5 parent: Cơ quan này không thể thuộc T9.X/],
    ['for a province that belongs to one', `T9.A;Tỉnh;T9.P;A;${HOURS};`, /^5 parent: Tỉnh không thuộc/],
    ['for a province without hours', 'T9.A;Tỉnh;;A;;', /^5 hours: Hãy ghi giờ/],
    ['for hours that cannot be read', 'T9.A;Xã;T9.P;A;8h-17h;', /^5 hours: Không đọc được/],
    ['for a day that does not exist', 'T9.A;Xã;T9.P;A;;31/2/2026', /^5 validFrom: Không có ngày/],
    [
      'for a unit older than its agency',
      'T9.X.KT;Chuyên môn;T9.X;A;;1/7/2020',
      /^5 validFrom: Bộ phận không thể/,
    ],
    ['for belonging to itself', 'T9.V;Ngành dọc;T9.V;A;;', /^5 parent: Theo tệp thì T9.V lại thuộc/],
  ])('%s', (_why, row, says) => {
    const { lines } = plan([...ALL, row])
    expect(lines.slice(0, 3).map(({ verdict }) => verdict)).toEqual(['added', 'added', 'added'])
    expect(faults([...ALL, row])).toEqual([expect.stringMatching(says)])
  })

  it('with everything below it, when the agency above is refused', () => {
    expect(faults(['T9.X.MC;Một cửa;T9.X;Một cửa;;', COMMUNE, 'T9.P;Tỉnh;;UBND tỉnh;sai;'])).toEqual([
      '2 parent: Cơ quan T9.X ở dòng 3 bị từ chối; hãy sửa dòng đó trước.',
      '3 parent: Cơ quan T9.P ở dòng 4 bị từ chối; hãy sửa dòng đó trước.',
      expect.stringMatching(/^4 hours/),
    ])
  })

  it('when two agencies belong to each other, in the file or with the record', () => {
    expect(verdicts([`T9.A;Ngành dọc;T9.B;A;${HOURS};`, `T9.B;Ngành dọc;T9.A;B;${HOURS};`])).toEqual([
      'refused',
      'refused',
    ])
    const known = recorded([PROVINCE, 'T9.A;Ngành dọc;T9.P;A;;', 'T9.B;Ngành dọc;T9.A;B;;'])
    expect(faults(['T9.A;Ngành dọc;T9.B;A;;'], known)).toEqual([
      expect.stringMatching(/^2 parent: T9.B đang thuộc/),
    ])
  })

  it('in a chain of thousands, without running out of stack', () => {
    const chain = Array.from({ length: 15_000 }, (_, n) => `T9.V${n};Ngành dọc;T9.V${n + 1};A;${HOURS};`)
    expect(verdicts(chain)[0]).toBe('refused')
  })

  it('for the code of a unit on record, or of an agency that has ended', () => {
    const known = recorded(ALL)
    known.agencies.get('T9.X')!.validTo = '2026-10-31'
    expect(faults(['T9.X.MC;Xã;T9.P;A;;', COMMUNE, 'T9.X.KT;Chuyên môn;T9.X;A;;'], known)).toEqual([
      expect.stringMatching(/^2 code: Mã này là của một bộ phận/),
      expect.stringMatching(/^3 code: .+đã kết thúc/),
      expect.stringMatching(/^4 parent: /),
    ])
  })
})
