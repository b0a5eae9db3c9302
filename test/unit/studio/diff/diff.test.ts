import fc from 'fast-check'
import type { Change } from '../../../../src/studio/diff/change.ts'
import { diffSources } from '../../../../src/studio/diff/diff.ts'
import {
  type Editable,
  ledTo,
  lookUpLand,
  lookUpLandAndPromiseEightDays,
  mergeReviewIntoSignature,
  redesigned,
  redrawn,
  without,
} from '../redesign.ts'
import { sources } from '../sources.ts'

const PERMIT = '1.013225'
const HOUSEHOLD = '1.001612'

const changes = async (code: string, edit: (source: Editable) => void) => {
  const { before, after } = redesigned(code, edit)
  return diffSources(before, after)
}
const words = (found: Change[]) => found.map((change) => change.words.vi)

it('a merged step, a paper that is looked up and 8 days instead of 10 are five lines an analyst would say', async () => {
  const found = await changes(PERMIT, (source) => {
    mergeReviewIntoSignature(source)
    lookUpLandAndPromiseEightDays(source)
  })
  expect(words(found)).toEqual([
    'Gộp bước “Duyệt, ký nháy kết quả” vào bước “Ký kết quả”',
    'Thêm tra cứu “Dữ liệu đất đai” (Cơ sở dữ liệu quốc gia về đất đai)',
    'Bước “Thẩm định hồ sơ” (Công trình khác (cấp III, cấp IV)): 48 → 40 giờ LV',
    'Thời hạn cam kết (Công trình khác (cấp III, cấp IV)): 10 → 8 ngày làm việc',
    'Giấy tờ “Giấy tờ hợp pháp về đất đai (Điều 53 NĐ 175/2024)”: không phải nộp, cơ quan tra cứu Cơ sở dữ liệu quốc gia về đất đai (Điều 53 NĐ 175/2024)',
  ])
  expect(found.map(({ words: { en } }) => en)).toContain(
    'Committed limit (Other works (grade III, IV)): 10 → 8 working days',
  )
  const [merged] = found
  expect(merged).toMatchObject({ part: 'steps', elementId: 'SignResult', kind: 'changed' })
  expect(merged?.marks.before).toEqual(expect.arrayContaining(['ReviewResult', 'IsReviewed', 'SignResult']))
  expect(merged?.marks.after).toEqual(
    expect.arrayContaining(['SignResult', 'WhatResult_to_ReviewResult', 'IsSigned_to_ReviewResult']),
  )
})

it('a step that says which steps went into it is told as merged, whatever it promises', async () => {
  const found = await changes(PERMIT, (source) => {
    source.bpmn = ledTo(source.bpmn, 'Route_to_Assign', 'Appraise', [
      [0, 0],
      [1, 1],
    ])
    for (const id of ['Assign_to_Appraise', 'Assign']) source.bpmn = without(source.bpmn, id)
    const { Assign, ...steps } = source.definition.steps
    source.definition.steps = { ...steps, Appraise: { ...steps.Appraise, mergedFrom: ['Assign', 'Long'] } }
    for (const row of Object.values<Record<string, unknown>>(source.definition.allotments)) delete row.Assign
    source.definition.phases[1].elements.shift()
  })
  expect(words(found)).toEqual(['Gộp bước “Phân công thụ lý” vào bước “Thẩm định hồ sơ”'])
  expect(found[0]).toMatchObject({ kind: 'changed', before: ['Assign'], after: 'Appraise' })
  expect(found[0]?.marks.before).toEqual(expect.arrayContaining(['Assign', 'Appraise']))
})

it('cases that are tried in another order are a line; a case that is new or gone moves no other', async () => {
  const swapped = await changes('1.009645', ({ definition }) => {
    definition.cases = [definition.cases[1], definition.cases[0]]
  })
  expect(words(swapped)).toEqual(['Các trường hợp được xét theo thứ tự khác'])
  const more = await changes('1.009645', ({ definition }) => {
    definition.cases.unshift({ ...definition.cases[0], key: 'another' })
  })
  expect(words(more).join()).not.toMatch(/thứ tự/)
})

it('papers called value and unit are papers, not a length of time', async () => {
  const found = await changes(PERMIT, ({ definition }) => {
    definition.papers.push(
      { ...definition.papers[0], key: 'value' },
      { ...definition.papers[0], key: 'unit' },
    )
  })
  expect(found.map(({ field }) => field)).toEqual(['papers.value', 'papers.unit'])
})

it('what one answer demands of others is a line, whatever else changes in the form', async () => {
  const found = await changes(PERMIT, ({ eform }) => {
    eform.schema.properties.height.title = 'Chiều cao (m)'
    eform.schema.if = { properties: { phone: { const: '1' } } }
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    eform.schema.then = { required: ['email'] }
  })
  expect(words(found)).toContain('Biểu mẫu: điều kiện giữa các ô khác')
})

it.each(sources.map(([name]) => name))(
  '%s is the same as itself, and as itself drawn elsewhere',
  async (name) => {
    expect(await changes(name, () => undefined)).toEqual([])
    const moved = await changes(name, (source) => {
      source.bpmn = redrawn(source.bpmn)
      source.definition = Object.fromEntries(Object.entries(source.definition).reverse())
    })
    expect(moved).toEqual([])
  },
)

const rename = (source: Editable, id: string, name: string) => {
  source.bpmn = source.bpmn.replace(new RegExp(`(id="${id}" name=")[^"]*`), `$1${name}`)
}

const table: [what: string, code: string, edit: (source: Editable) => void, said: string[]][] = [
  [
    'a step of another role',
    PERMIT,
    ({ definition }) => {
      definition.steps.Assign.role = 'officer'
    },
    ['Bước “Phân công thụ lý”, người làm: lãnh đạo phòng → chuyên viên'],
  ],
  [
    'a step with another unit, panel and answer',
    PERMIT,
    ({ definition }) => {
      definition.steps.Assign.unit = 'one-stop'
      definition.steps.Assign.form = 'appraise'
      definition.steps.Assign.outcomes.refused = { label: { vi: 'Trả lại' }, promises: [] }
    },
    [
      'Bước “Phân công thụ lý”, đơn vị làm: phòng chuyên môn → Một cửa',
      'Bước “Phân công thụ lý”, màn hình xử lý: assign → appraise',
      'Bước “Phân công thụ lý”: thêm câu trả lời “Trả lại”',
    ],
  ],
  [
    'an answer that now needs a reason',
    PERMIT,
    ({ definition }) => {
      definition.steps.Appraise.outcomes.denied.needsReason = true
    },
    ['Bước “Thẩm định hồ sơ”: câu trả lời “Không đạt” phải nêu lý do'],
  ],
  [
    'a step renamed in the drawing and in the data is told once',
    PERMIT,
    (source) => {
      rename(source, 'Appraise', 'Thẩm tra hồ sơ')
      source.definition.steps.Appraise.name.vi = 'Thẩm tra hồ sơ'
    },
    ['Đổi tên bước “Thẩm định hồ sơ” thành “Thẩm tra hồ sơ”'],
  ],
  [
    'a step in another lane',
    PERMIT,
    (source) => {
      const node = '<bpmn:flowNodeRef>Assign</bpmn:flowNodeRef>'
      source.bpmn = source.bpmn
        .replace(node, '')
        .replace('<bpmn:flowNodeRef>Appraise<', `${node}<bpmn:flowNodeRef>Appraise<`)
    },
    ['Chuyển bước “Phân công thụ lý” từ làn “Lãnh đạo phòng” sang làn “Chuyên viên”'],
  ],
  [
    'a step taken out, and the way past it',
    PERMIT,
    (source) => {
      source.bpmn = ledTo(source.bpmn, 'Route_to_Assign', 'Appraise', [
        [0, 0],
        [1, 1],
      ])
      for (const id of ['Assign_to_Appraise', 'Assign']) source.bpmn = without(source.bpmn, id)
      delete source.definition.steps.Assign
      for (const row of Object.values<Record<string, unknown>>(source.definition.allotments))
        delete row.Assign
      source.definition.phases[1].elements.shift()
    },
    ['Bỏ bước “Phân công thụ lý” (lãnh đạo phòng, 2 giờ LV, 4 giờ LV)'],
  ],
  [
    'a branch that leads elsewhere',
    PERMIT,
    (source) => {
      source.bpmn = ledTo(source.bpmn, 'IsReviewed_to_Appraise', 'DraftRefusal', [
        [0, 0],
        [1, 1],
      ])
    },
    ['Sau “Trình ký?”, nhánh “trả lại”: tới “Soạn văn bản từ chối” thay vì “Thẩm định hồ sơ”'],
  ],
  [
    'another job for a machine, and another condition of a branch',
    PERMIT,
    (source) => {
      source.bpmn = source.bpmn
        .replace('type="dossier.route"', 'type="notify.send"')
        .replace('outcome = "received"', 'outcome = "accepted"')
    },
    ['Việc của máy “Chuyển đơn vị thụ lý” làm việc khác', '“Hồ sơ hợp lệ?”, nhánh “hợp lệ”: điều kiện khác'],
  ],
  [
    'a shorter step',
    PERMIT,
    ({ definition }) => {
      definition.allotments.house.Appraise.value = 20
    },
    ['Bước “Thẩm định hồ sơ” (Nhà ở riêng lẻ): 28 → 20 giờ LV'],
  ],
  [
    'a limit in another unit',
    PERMIT,
    ({ definition }) => {
      definition.limits[0].committed = { value: 40, unit: 'working-hour', decision: null }
    },
    ['Thời hạn cam kết (Nhà ở riêng lẻ): 7 ngày làm việc → 40 giờ LV'],
  ],
  [
    'a legal limit',
    PERMIT,
    ({ definition }) => {
      definition.limits[0].legal.value = 5
    },
    ['Thời hạn theo quy định (Nhà ở riêng lẻ): 7 → 5 ngày làm việc'],
  ],
  [
    'a paper that nobody holds, dropped',
    PERMIT,
    ({ definition }) => {
      definition.papers = definition.papers.filter(({ key }: { key: string }) => key !== 'drawings')
    },
    ['Bỏ giấy tờ “Hồ sơ bản vẽ thiết kế xây dựng”'],
  ],
  [
    'fewer copies, and a paper no longer required in one case',
    PERMIT,
    ({ definition }) => {
      definition.papers[0].copies = 0
      definition.papers[2].requiredFor.cases = ['other']
    },
    [
      'Giấy tờ “Đơn đề nghị cấp giấy phép xây dựng (Mẫu số 1 Phụ lục II NĐ 175/2024)”, số bản sao: 1 → 0',
      'Giấy tờ “Hồ sơ bản vẽ thiết kế xây dựng”: Nhà ở riêng lẻ, Công trình khác (cấp III, cấp IV) → Công trình khác (cấp III, cấp IV)',
    ],
  ],
  [
    'a paper replaced by a look-up',
    PERMIT,
    lookUpLand,
    [
      'Thêm tra cứu “Dữ liệu đất đai” (Cơ sở dữ liệu quốc gia về đất đai)',
      'Giấy tờ “Giấy tờ hợp pháp về đất đai (Điều 53 NĐ 175/2024)”: không phải nộp, cơ quan tra cứu Cơ sở dữ liệu quốc gia về đất đai (Điều 53 NĐ 175/2024)',
    ],
  ],
  [
    'a fee',
    HOUSEHOLD,
    ({ definition }) => {
      definition.fees[0].amount = 100_000
    },
    ['Phí, lệ phí nộp trực tuyến: 150.000 đồng → 100.000 đồng'],
  ],
  [
    'a fee taken away',
    HOUSEHOLD,
    ({ definition }) => {
      definition.fees.pop()
    },
    ['Phí, lệ phí nộp bưu chính: 150.000 đồng → không có'],
  ],
  [
    'questions of the form',
    PERMIT,
    ({ eform }) => {
      delete eform.schema.properties.workPurpose
      eform.groups[2].fields = eform.groups[2].fields.filter((field: string) => field !== 'workPurpose')
      eform.schema.properties.siteWard = { type: 'string', title: 'Xã, phường' }
      eform.groups[1].fields.push('siteWard')
      eform.schema.properties.phone['x-prefill'] = 'phone'
      eform.schema.required = eform.schema.required.filter((field: string) => field !== 'buildMonths')
      eform.schema.properties.height.title = 'Chiều cao (m)'
    },
    [
      'Ô “Số điện thoại”: điền sẵn, người nộp không phải khai',
      'Thêm ô “Xã, phường” trong biểu mẫu',
      'Ô “Chiều cao công trình (m)” đổi thành “Chiều cao (m)”',
      'Ô “Dự kiến thời gian xây dựng (tháng)”: không bắt buộc nữa',
      'Bỏ ô “Công năng sử dụng” trong biểu mẫu',
    ],
  ],
  [
    'a routing row',
    PERMIT,
    (source) => {
      source.dmn = source.dmn.replace('place + ".KT"', 'place + ".VP"')
    },
    [
      'Dòng định tuyến “Nơi có công trình quyết định: UBND cấp xã, Phòng Kinh tế, Hạ tầng và …”: place + ".KT" → place + ".VP"',
    ],
  ],
  [
    'letters',
    PERMIT,
    ({ definition }) => {
      definition.apology.signer = 'unit-head'
      definition.phrases.shift()
    },
    [
      'Bỏ câu mẫu của phiếu bổ sung: “Bản vẽ mặt bằng công trình ghi đủ khoảng lùi và chỉ giới xâ…”',
      'Người ký phiếu xin lỗi: lãnh đạo cơ quan → lãnh đạo phòng',
    ],
  ],
  [
    'what happens when a consulted body keeps silent',
    PERMIT,
    ({ definition }) => {
      definition.consultation.onSilence = 'REPORT'
    },
    ['Khi cơ quan được hỏi im lặng: im lặng là đồng ý → im lặng thì báo cáo'],
  ],
  [
    'many examples at once',
    PERMIT,
    ({ examples }) => {
      for (const { content } of examples.slice(0, 4)) Object.assign(content, { place: 'T00.X02' })
    },
    ['Đổi 4 hồ sơ ví dụ'],
  ],
  [
    'an example',
    PERMIT,
    ({ examples }) => {
      examples.pop()
    },
    [expect.stringMatching(/^Bỏ hồ sơ ví dụ “.+”$/) as unknown as string],
  ],
]

it.each(table)('%s', async (_, code, edit, said) => {
  expect(words(await changes(code, edit))).toEqual(said)
})

/** Every place of the data that holds a single word, number or yes and no. */
const leaves = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) =>
        leaves(item, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : [path]

it('no word of the data changes without a line that says so', async () => {
  const all = sources.flatMap(([name, { definition, eform }]) => [
    ...leaves(definition).map((path) => [name, 'definition', path] as const),
    ...leaves(eform).map((path) => [name, 'eform', path] as const),
  ])
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...all), async ([name, part, path]) => {
      const found = await changes(name, (source) => {
        const holder = path.slice(0, -1).reduce((value, key) => value[key], source[part])
        const old = holder[path.at(-1)!]
        holder[path.at(-1)!] =
          typeof old === 'number' ? old + 1 : typeof old === 'boolean' ? !old : `${old} khác`
      })
      expect(found.length).toBeGreaterThan(0)
      for (const { words: said } of found) expect(said.vi).not.toMatch(/undefined|\[object|null/)
    }),
    { numRuns: 60 },
  )
})
