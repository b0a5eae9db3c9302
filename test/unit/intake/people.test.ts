import { COLUMNS } from '../../../src/intake/columns.ts'
import { type KnownPeople, type KnownPerson, planPeople } from '../../../src/intake/people.ts'
import { readTable } from '../../../src/intake/table.ts'

const TODAY = '2026-11-02'
const KEYS = COLUMNS.people.map(({ key }) => key)
type Cells = Partial<Record<(typeof KEYS)[number], string>>

const AN: Cells = {
  login: 'an.x',
  name: 'Nguyễn Thị An',
  unit: 'T9.X.KT',
  role: 'Chuyên viên',
  title: 'Chuyên viên',
}
const person = (change: Partial<KnownPerson> = {}): KnownPerson => ({
  login: 'an.x',
  staff: true,
  active: true,
  name: 'Nguyễn Thị An',
  email: '',
  phone: '',
  identityNo: '',
  posts: [
    {
      unit: 'T9.X.KT',
      role: 'officer',
      title: { vi: 'Chuyên viên' },
      capacity: null,
      validFrom: '2026-01-01',
      validTo: null,
    },
  ],
  ...change,
})
const known = (...people: KnownPerson[]): KnownPeople => ({
  people: new Map(people.map((one) => [one.login, one])),
  numbers: new Map(people.filter(({ identityNo }) => identityNo).map((one) => [one.identityNo, one.login])),
  units: new Map(
    [
      ['T9.X.KT', 'specialist'],
      ['T9.X.MC', 'one-stop'],
      ['T9.X.LD', 'leadership'],
    ].map(([code, kind]) => [code!, { kind: kind!, validFrom: '2025-07-01', validTo: null }]),
  ),
  agencies: new Set(['T9.X']),
})
const plan = (rows: Cells[], there = known()) => {
  const lines = rows.map((cells) => KEYS.map((key) => `"${cells[key] ?? ''}"`).join())
  return planPeople(readTable([KEYS.join(), ...lines].join('\n'), COLUMNS.people), there, TODAY)
}
const faults = (rows: Cells[], there = known()) =>
  plan(rows, there).lines.flatMap(({ row, faults }) =>
    faults.map(({ field, message }) => `${row} ${field}: ${message.vi}`),
  )

it('a person is added with their post, from today where no day is given', () => {
  const { lines, added, posts } = plan([AN])
  expect(lines).toEqual([expect.objectContaining({ row: 2, code: 'an.x', verdict: 'added', faults: [] })])
  expect(added.map(({ login }) => login)).toEqual(['an.x'])
  expect(posts).toEqual([
    {
      login: 'an.x',
      post: expect.objectContaining({ unit: 'T9.X.KT', role: 'officer', validFrom: TODAY, validTo: null }),
    },
  ])
})

it('somebody with two posts stands in two rows and is one person', () => {
  const { lines, added, posts } = plan([
    AN,
    { ...AN, unit: 't9.x.ld', role: 'leader', title: 'Phó Chủ tịch' },
  ])
  expect(lines.map(({ verdict }) => verdict)).toEqual(['added', 'added'])
  expect([added.length, posts.length]).toEqual([1, 2])
})

it('a deputy signs by the decision that the row names', () => {
  const signs = {
    capacity: 'KT.',
    onBehalfOf: 'CHỦ TỊCH',
    signTitle: 'PHÓ CHỦ TỊCH',
    decision: '1/QĐ',
    decisionDay: '01/07/2026',
  }
  const { posts } = plan([{ ...AN, ...signs }])
  expect(posts[0]?.post.capacity).toEqual({
    capacity: 'KT',
    onBehalfOf: 'CHỦ TỊCH',
    title: 'PHÓ CHỦ TỊCH',
    decision: { number: '1/QĐ', issuedOn: '2026-07-01', validFrom: '2026-07-01', validTo: null },
  })
  expect(faults([{ ...AN, ...signs, decision: '', decisionDay: '1/13/2026' }])).toEqual([
    expect.stringMatching(/^2 decision: /),
    expect.stringMatching(/^2 decisionDay: Không có ngày/),
  ])
  expect(faults([{ ...AN, ...signs, capacity: '' }])).toEqual([expect.stringMatching(/^2 capacity: /)])
})

it('whoever stands in the record as in the file is unchanged, with the day of the post or without', () => {
  for (const validFrom of ['', '01/01/2026'])
    expect(plan([{ ...AN, validFrom }], known(person())).lines[0]?.verdict).toBe('unchanged')
})

it('contact and title are changed, empty cells change nothing', () => {
  const before = known(person({ email: 'cu@x.vn', phone: '0123' }))
  const { lines, changed, titles } = plan([{ ...AN, email: 'moi@x.vn', title: 'Chuyên viên chính' }], before)
  expect(lines[0]).toMatchObject({ verdict: 'changed', changes: ['email', 'title'] })
  expect(changed).toEqual([{ login: 'an.x', values: { email: 'moi@x.vn' }, columns: ['email'] }])
  expect(titles.map(({ title }) => title)).toEqual([{ vi: 'Chuyên viên chính' }])
})

it('a wrong name is corrected only by who knows the identity number', () => {
  const other = { ...AN, name: 'Nguyễn Thị Ân' }
  expect(faults([other], known(person({ identityNo: '000000000001' })))).toEqual([
    expect.stringMatching(/^2 login: Tên đăng nhập này là của Nguyễn Thị An/),
  ])
  const named = plan(
    [{ ...other, identityNo: '000 000 000 001' }],
    known(person({ identityNo: '000000000001' })),
  )
  expect(named.lines[0]).toMatchObject({ verdict: 'changed', changes: ['name'] })
})

describe('a row is refused', () => {
  it.each<[string, Cells, RegExp]>([
    ['for a login that is none', { login: 'An Nguyễn' }, /^2 login: Dùng 3 đến 60/],
    ['for an unknown role', { role: 'Vua' }, /^2 role: Không có vai trò/],
    ['without a title', { title: '' }, /^2 title: Hãy điền/],
    [
      'for an unknown unit of a known agency',
      { unit: 'T9.X.QQ' },
      /^2 unit: Cơ quan T9.X không có bộ phận T9.X.QQ/,
    ],
    ['for an unknown agency', { unit: 'T9.Y.KT' }, /^2 unit: Không có cơ quan nào mã T9.Y/],
    ['for an agency in place of a unit', { unit: 'T9.X' }, /^2 unit: T9.X là cơ quan/],
    ['for a clerk outside a one-stop', { role: 'clerk' }, /^2 unit: Vai trò này chỉ có ở bộ phận một cửa/],
    ['for a post before its unit', { validFrom: '30/06/2025' }, /^2 validFrom: Đơn vị hoạt động từ/],
    [
      'for a post that ends before it begins',
      { validFrom: '01/11/2026', validTo: '01/10/2026' },
      /^2 validTo: /,
    ],
    ['for an address that is none', { email: 'an' }, /^2 email: /],
    ['for a number that lost its zero', { identityNo: '12345678901' }, /^2 identityNo: .+số 0/],
    ['for a formula in a name', { name: '=An' }, /^2 name: .+công thức/],
  ])('%s', (_why, change, says) => {
    expect(faults([{ ...AN, ...change }])).toEqual([expect.stringMatching(says)])
  })

  it.each<[string, Partial<KnownPerson>, Cells, RegExp]>([
    ['for the login of a citizen', { staff: false }, {}, /^2 login: .+người dân/],
    ['for somebody deactivated', { active: false }, {}, /^2 login: .+bị khóa/],
    [
      'for another number of the same person',
      { identityNo: '000000000001' },
      { identityNo: '000000000002' },
      /^2 identityNo: Người này đã có số/,
    ],
    [
      'for another login of the same number',
      { login: 'an.cu', identityNo: '000000000001' },
      { identityNo: '000000000001' },
      /^2 identityNo: .+an.cu/,
    ],
    [
      'for another first day of a post on record',
      {},
      { validFrom: '02/01/2026' },
      /^2 validFrom: Chức vụ này đã ghi khác/,
    ],
    [
      'for an end that the record does not have',
      {},
      { validTo: '31/12/2026' },
      /^2 validTo: Chức vụ này đã ghi khác/,
    ],
  ])('%s', (_why, there, change, says) => {
    expect(faults([{ ...AN, ...change }], known(person(there)))).toEqual([expect.stringMatching(says)])
  })

  it('for the same post twice, and for a login that a row before has given to somebody else', () => {
    expect(faults([AN, AN, { ...AN, name: 'Trần Văn Bình', unit: 'T9.X.LD', role: 'leader' }])).toEqual([
      '3 login: Dòng 2 đã có người này với cùng bộ phận và vai trò. Hãy bỏ một dòng.',
      expect.stringMatching(/^4 login: Tên đăng nhập này là của Nguyễn Thị An/),
    ])
  })

  it('for the identity number that a row before has given to somebody else', () => {
    const binh = { ...AN, login: 'binh.x', name: 'Trần Văn Bình', identityNo: '000000000001' }
    expect(faults([{ ...AN, identityNo: '000000000001' }, binh])).toEqual([
      expect.stringMatching(/^3 identityNo: .+an.x/),
    ])
  })

  it('and leaves nothing of itself: the next row of the login is the first', () => {
    const { lines, added } = plan([{ ...AN, name: '=An' }, AN])
    expect(lines.map(({ verdict }) => verdict)).toEqual(['refused', 'added'])
    expect(added.map(({ name }) => name)).toEqual(['Nguyễn Thị An'])
  })
})
