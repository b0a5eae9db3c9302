import { formatDay } from '../../calendar/format.ts'
import { listOf, type Rec, recOf } from '../diff/keyed.ts'
import { limitWords, nameOf, valueWords } from '../diff/words.ts'
import { hoursOf } from '../savings/figures.ts'
import { casesOf, happyPath } from '../savings/path.ts'
import { centred, heading, paragraph, table, wordDocument } from './word.ts'

/** Which printed form the acts of a step fill in. */
const FORMS: [promise: RegExp, form: string][] = [
  [/^letter\.receipt$/, 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả (mẫu 01)'],
  [/^supplement\./, 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (mẫu 02)'],
  [/^letter\.refusal$/, 'Phiếu từ chối tiếp nhận (mẫu 03)'],
  [/^apology\./, 'Phiếu xin lỗi và hẹn lại (mẫu 04)'],
  [/^consultation\.draft$/, 'Văn bản lấy ý kiến'],
]

function formsOf(facts: Rec, id: string): string {
  const promises = Object.values(recOf(recOf(recOf(facts.steps)[id]).outcomes)).flatMap((outcome) =>
    listOf(recOf(outcome).promises).map(String),
  )
  const results = listOf(recOf(facts.catalogue).results).map((one) => nameOf(one, '').vi)
  const found = promises.flatMap((promise) =>
    promise.startsWith('result.')
      ? results
      : FORMS.filter(([pattern]) => pattern.test(promise)).map(([, form]) => form),
  )
  return [...new Set(found)].join('\n') || '–'
}

function whoOf(facts: Rec, id: string): string {
  const wait = recOf(facts.waits)[id]
  if (wait !== undefined) return valueWords(recOf(wait).holder).vi
  const { role, unit } = recOf(recOf(facts.steps)[id])
  const [who, where] = [valueWords(role).vi, valueWords(unit).vi]
  return who === where ? capital(who) : `${capital(who)} (${where})`
}
const capital = (words: string) => words.charAt(0).toLocaleUpperCase('vi') + words.slice(1)

/** “, gồm cả việc của bước “Phân công thụ lý” (đã gộp)” */
function mergedWords({ facts, earlier }: Annex, id: string): string {
  const from = listOf(recOf(recOf(facts.steps)[id]).mergedFrom)
    .map((one) => nameOf(recOf(recOf(earlier?.steps)[String(one)]).name, '').vi)
    .filter((name) => name !== '')
  return from.length === 0
    ? ''
    : `\n(gồm cả việc của bước ${from.map((name) => `“${name}”`).join(', ')}, đã gộp)`
}

function contentOf(facts: Rec, id: string): string {
  const step = recOf(recOf(facts.steps)[id] ?? recOf(facts.waits)[id])
  const labels = Object.values(recOf(step.outcomes)).map((outcome) => nameOf(recOf(outcome).label, '').vi)
  const name = nameOf(step.name, id).vi
  const known = labels.filter((label) => label !== '')
  return known.length > 1 ? `${name}: ${known.join('; ')}` : name
}

/** Steps of a case's happy path with their times, then those that only detours pass; waits have no number. */
function rowsOf(annex: Annex, caseKey: string): string[][] {
  const { facts, numbers } = annex
  const times = recOf(recOf(facts.allotments)[caseKey])
  const path = happyPath(facts, caseKey).map(({ id }) => id)
  const place = (id: string) => numbers.get(id) ?? Number.POSITIVE_INFINITY
  const others = Object.keys(recOf(facts.steps))
    .filter((id) => !path.includes(id))
    .sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))
  const row = (id: string, sign: string) => [
    numbers.has(id) ? `${numbers.get(id)}${sign}` : sign || '–',
    contentOf(facts, id) + mergedWords(annex, id),
    whoOf(facts, id),
    times[id] === undefined ? '–' : limitWords(times[id]).vi,
    formsOf(facts, id),
  ]
  return [...path.map((id) => row(id, '')), ...others.map((id) => row(id, '*'))]
}

function sumOf(facts: Rec, caseKey: string): string {
  const times = Object.values(recOf(recOf(facts.allotments)[caseKey]))
  const sum = times.reduce<number>((total, limit) => total + hoursOf(limit), 0)
  const { committed, legal } = recOf(recOf(facts.limits)[caseKey])
  const whole = hoursOf(committed)
  const words = `Tổng thời gian giao: ${sum.toLocaleString('vi-VN')} giờ LV; cam kết ${limitWords(committed).vi}; theo quy định ${limitWords(legal).vi}`
  return whole > sum ? `${words}; dự phòng ${(whole - sum).toLocaleString('vi-VN')} giờ LV.` : `${words}.`
}

export type Annex = {
  code: string
  facts: Rec
  /** Of its steps, as every page has them (flow/numbers.ts). */
  numbers: ReadonlyMap<string, number>
  /** What it was made from, where the names of steps that were merged still stand. */
  earlier: Rec | null
  /** Which state of it: a published version or a draft. */
  label: string
  printedOn: string
  demo: boolean
}

/** Annex “Quy trình nội bộ” of the decision that approves the process (TT 01/2018 art. 8), as a Word document. */
export function annexDocx(annex: Annex): Promise<Buffer> {
  const { code, facts, label, printedOn, demo } = annex
  const name = nameOf(facts.name, code).vi
  const cases = casesOf(facts)
  const foot = [label, demo && 'Dữ liệu minh họa', `In ngày ${formatDay(printedOn, 'vi')}`]
    .filter(Boolean)
    .join('. ')
  return wordDocument(
    `Quy trình nội bộ ${code}`,
    foot,
    [
      centred('PHỤ LỤC', { bold: true }),
      centred('QUY TRÌNH NỘI BỘ, QUY TRÌNH ĐIỆN TỬ', { bold: true, size: 28 }),
      centred(`${name} (mã ${code})`, { bold: true }),
      centred('(Kèm theo Quyết định số ………… ngày …… tháng …… năm …… của ……………………)', { italics: true }),
      ...cases.flatMap((key) => [
        heading(cases.length > 1 ? nameOf(recOf(recOf(facts.cases)[key]).name, key).vi : 'Các bước'),
        table(
          ['Bước', 'Nội dung', 'Người thực hiện', 'Thời gian', 'Biểu mẫu'],
          [7, 36, 22, 13, 22],
          rowsOf(annex, key),
        ),
        paragraph(sumOf(facts, key), { italics: true, size: 22 }),
      ]),
      paragraph(
        '* Bước chỉ đi qua khi phải bổ sung, lấy ý kiến, từ chối hoặc trả lại; dùng thời gian dự phòng.',
        {
          italics: true,
          size: 22,
        },
      ),
    ],
    { landscape: true },
  )
}
