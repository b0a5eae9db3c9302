import { COLUMNS } from '../../../src/intake/columns.ts'
import { decode } from '../../../src/intake/decode.ts'
import type { Line } from '../../../src/intake/line.ts'
import { reportCsv } from '../../../src/intake/report.ts'
import { sampleCsv } from '../../../src/intake/sample.ts'
import { readTable } from '../../../src/intake/table.ts'
import { dayOf, levelOf, roleOf, weekOf } from '../../../src/intake/values.ts'

const problemOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    return error as { type: string; status: number; words: { vi: string; en: string } }
  }
  throw new Error('nothing was refused')
}

describe('a file is read', () => {
  it('with and without the mark of UTF-8', () => {
    expect(decode(Buffer.from('\uFEFFMã;Tên'))).toBe('Mã;Tên')
    expect(decode(Buffer.from('Mã;Tên'))).toBe('Mã;Tên')
  })

  it.each([
    ['UTF-16 with its mark', Buffer.from('\uFEFFMã;Tên', 'utf16le'), /UTF-16/],
    ['UTF-16 without its mark', Buffer.from('Code;Name', 'utf16le'), /UTF-16/],
    ['UTF-16 the other way round', Buffer.from('\uFEFFMã;Tên', 'utf16le').swap16(), /UTF-16/],
    ['Windows-1258', Buffer.from([0x4d, 0xe3, 0x3b, 0x54, 0xea, 0x6e, 0x0a, 0xd5, 0xe2, 0xec]), /1258/],
    ['Windows-1252', Buffer.from('Mã;Tên', 'latin1'), /1252/],
    ['an Excel workbook', Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), /Excel/],
    ['an old Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), /Excel/],
    ['letters that were spoilt before', Buffer.from('Mã;Tên\nA;Nguyá»…n Tráº§n'), /đã hỏng/],
  ])('never from %s: the refusal says what it is and how to save it as UTF-8', (_what, bytes, says) => {
    const { status, type, words } = problemOf(() => decode(bytes))
    expect([status, type]).toEqual([422, 'not-utf8'])
    expect(words.vi).toMatch(says)
    expect(words.vi).toMatch(/CSV UTF-8/)
    expect(words.en).toMatch(/Save As.+CSV UTF-8/)
  })

  it('and is refused when there is nothing in it', () => {
    expect(problemOf(() => decode(Buffer.alloc(0))).type).toBe('file-empty')
    expect(problemOf(() => readTable('Mã,Tên,Loại\n\n', COLUMNS.agencies)).type).toBe('file-empty')
  })
})

describe('a table', () => {
  const table = (text: string) => readTable(text, COLUMNS.agencies)

  it.each([
    ['semicolons', 'Mã;Tên;Loại\nA;"Sở; ngành";Sở'],
    ['commas', 'ma,ten,LOAI\nA,Sở; ngành,Sở'],
    ['tabs', 'code\tName\tkind\nA\tSở; ngành\tSở'],
    ['Excel’s announcement', 'sep=;\r\nMã;Tên;Loại\r\nA;"Sở; ngành";Sở'],
  ])('is parted by %s', (_what, text) => {
    expect(table(text).map(({ cells }) => cells)).toEqual([{ code: 'A', name: 'Sở; ngành', kind: 'Sở' }])
  })

  it('counts rows as a spreadsheet does, over empty rows', () => {
    const rows = table('Mã,Tên,Loại\n\n,,\nA,Một,Sở\n"B","Hai\nba",Sở\nC,Bốn,Sở')
    expect(rows.map(({ row, cells }) => [row, cells.code])).toEqual([
      [4, 'A'],
      [5, 'B'],
      [6, 'C'],
    ])
  })

  it('keeps names as they are composed, without what nobody can see', () => {
    const [row] = table(`Mã,Tên,Loại\nA,"  ${'Sở Tư pháp'.normalize('NFD')}\u200b ",Sở`)
    expect(row?.cells.name).toBe('Sở Tư pháp')
  })

  it.each([
    ['a column that nobody knows', 'Mã,Tên,Loại,Ghi chú\nA,B,Sở,x', /Ghi chú/],
    ['a column that is missing', 'Mã,Tên\nA,B', /“Loại”/],
    ['a column that stands there twice', 'Mã,Tên,Loại,code\nA,B,Sở,x', /hai lần/],
    ['no headings', 'A,B,Sở\nC,D,Sở', /thiếu cột/],
    [
      'a quotation mark that is not closed',
      `Mã,Tên,Loại\nA,"B,Sở\n${'C,D,Sở\n'.repeat(3)}`,
      /từ dòng 2.+dấu ngoặc kép/,
    ],
  ])('is refused as a whole for %s', (_what, text, says) => {
    const { type, words } = problemOf(() => table(text))
    expect(type).toBe('csv-unreadable')
    expect(words.vi).toMatch(says)
  })

  it('has 20,000 rows at most', () => {
    const rows = (count: number) => `Mã,Tên,Loại\n${'A,B,Sở\n'.repeat(count)}`
    expect(table(rows(20_000))).toHaveLength(20_000)
    expect(problemOf(() => table(rows(20_001))).type).toBe('too-many-rows')
  })

  it.each([
    ['a formula', '=1+1', 'name', /công thức/],
    ['a formula after a blank', ' =HYPERLINK("x")', 'name', /công thức/],
    ['a plus', '+84 912', 'phone', /công thức/],
    ['a minus', '-', 'address', /công thức/],
    ['an at sign', '@SUM(A1)', 'name', /công thức/],
    ['a tab', '\tx', 'name', /công thức/],
    ['a carriage return', '\rx', 'name', /công thức/],
    ['201 letters', 'x'.repeat(201), 'name', /không được quá 200/],
    ['nothing', ' ', 'name', /Hãy điền/],
    ['a spoilt letter', 'Nguy\uFFFDn', 'name', /ký tự hỏng/],
    ['a NUL', 'a\0b', 'name', /ký tự hỏng/],
  ])('refuses a cell with %s in its row, and keeps the others', (_what, cell, key, says) => {
    const columns = { code: 'A', name: 'B', kind: 'Sở', phone: '1', address: 'x', [key]: cell }
    const quoted = Object.values(columns).map((one) => `"${one.replaceAll('"', '""')}"`)
    const [bad, good] = table(`code,name,kind,phone,address\n${quoted.join(',')}\nB,C,Sở,1,x`)
    expect(bad?.faults.map(({ field }) => field)).toEqual([key])
    expect(bad?.faults[0]?.message.vi).toMatch(says)
    expect(good?.faults).toEqual([])
  })

  it('says in both languages what is wrong with a formula, and what to write', () => {
    const [row] = table('code,name,kind\nA,=1+1,Sở')
    expect(row?.faults).toEqual([
      {
        field: 'name',
        message: {
          vi: expect.stringContaining('Hãy ghi giá trị, không ghi công thức'),
          en: expect.stringContaining('takes for a formula. Write the value itself'),
        },
      },
    ])
  })

  it('refuses a row with more cells than headings: a comma stands there unquoted', () => {
    const [row] = table('Mã,Tên,Loại\nA,Sở Tài chính, Kế hoạch,Sở')
    expect(row?.faults.map(({ message }) => message.vi)).toEqual([expect.stringMatching(/ngoặc kép/)])
  })
})

describe('values', () => {
  it('days are read as they are written here and by machines, and only when they exist', () => {
    expect(['31/12/2026', '1/7/2025', '2026-02-28'].map(dayOf)).toEqual([
      '2026-12-31',
      '2025-07-01',
      '2026-02-28',
    ])
    expect(
      ['31/2/2026', '12/31/2026', '2026-13-01', '31-12-2026', '1/7/25', '01/01/0001'].map(dayOf),
    ).toEqual(Array(6).fill(undefined))
  })

  it('kinds and roles are known by their word in either language, accents or not', () => {
    expect([levelOf('sở'), levelOf('SO'), levelOf('department'), levelOf('Huyện')]).toEqual([
      'department',
      'department',
      'department',
      undefined,
    ])
    expect([roleOf('Trưởng Một cửa'), roleOf('one-stop-head'), roleOf('vua')]).toEqual([
      'one-stop-head',
      'one-stop-head',
      undefined,
    ])
  })

  it('working hours are sessions by weekday', () => {
    expect(weekOf('T2-T6 07:30-11:30, 13:00-17:00 | t7 7:30–11:30')).toEqual({
      ...Object.fromEntries(
        [1, 2, 3, 4, 5].map((day) => [
          day,
          [
            ['07:30', '11:30'],
            ['13:00', '17:00'],
          ],
        ]),
      ),
      6: [['07:30', '11:30']],
    })
    for (const bad of [
      '07:30-11:30',
      'T6-T2 07:30-11:30',
      'T2-T6 11:30-07:30',
      'T2 07:30-11:30 10:00-12:00',
      'T2-T6 07:30-11:30 | T6 13:00-17:00',
      'T8 07:30-11:30',
      'T2-T6 7h30-11h30',
      'T2 25:00-26:00',
    ])
      expect([bad, weekOf(bad)]).toEqual([bad, undefined])
  })
})

it('the samples can be read as they are, in both languages', () => {
  for (const locale of ['vi', 'en'] as const)
    for (const kind of ['agencies', 'people'] as const) {
      const rows = readTable(decode(sampleCsv(kind, locale)), COLUMNS[kind])
      expect(rows.flatMap(({ faults }) => faults)).toEqual([])
      expect(rows.every(({ cells }) => /mẫu/i.test(Object.values(cells).join()))).toBe(true)
    }
})

it('in the report a formula is a word again, and each fault has a line', () => {
  const line: Line = {
    row: 2,
    code: '=cmd|calc',
    name: '@x',
    verdict: 'refused',
    faults: [
      { field: 'code', message: { vi: 'Sửa “mã”', en: 'a' } },
      { field: '', message: { vi: 'cả dòng', en: 'b' } },
    ],
    changes: [],
  }
  const [, ...lines] = reportCsv('agencies', [line], false, 'vi').toString('utf8').trim().split('\r\n')
  expect(lines).toEqual([
    `"2","'=cmd|calc","'@x","từ chối","Mã","Sửa “mã”"`,
    `"2","'=cmd|calc","'@x","từ chối","","cả dòng"`,
  ])
})
