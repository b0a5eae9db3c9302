import type { Text } from '../../text.ts'
import { isRec } from './keyed.ts'

type Words = Required<Text>

export const say = (vi: string, en: string): Words => ({ vi: vi.normalize('NFC'), en })

/** A name in two languages out of data that may be half typed. */
export function nameOf(value: unknown, otherwise: string): Words {
  if (typeof value === 'string' && value !== '') return say(value, value)
  if (!isRec(value)) return say(otherwise, otherwise)
  const vi = typeof value.vi === 'string' && value.vi !== '' ? value.vi : otherwise
  return say(vi, typeof value.en === 'string' && value.en !== '' ? value.en : vi)
}

const UNITS: Record<string, Words> = {
  'working-day': say('ngày làm việc', 'working days'),
  'working-hour': say('giờ LV', 'working hours'),
  'calendar-day': say('ngày', 'calendar days'),
}

const number = (value: number): Words => say(value.toLocaleString('vi-VN'), value.toLocaleString('en'))

const isLimit = (value: unknown): value is { value: number; unit: string } =>
  isRec(value) && typeof value.value === 'number' && typeof value.unit === 'string'

/** A length of time: “28 giờ LV”. */
export function limitWords(value: unknown): Words {
  if (!isLimit(value)) return say('không có', 'none')
  if (value.unit === 'same-day') return say('trong ngày', 'the same day')
  const figure = number(value.value)
  const unit = UNITS[value.unit] ?? say(value.unit, value.unit)
  return say(`${figure.vi} ${unit.vi}`, `${figure.en} ${unit.en}`)
}

/** “28 → 20 giờ LV”: the unit once where both have it. */
export function limitChange(before: unknown, after: unknown): Words {
  const [was, is] = [limitWords(before), limitWords(after)]
  if (isLimit(before) && isLimit(after) && before.unit === after.unit && before.unit !== 'same-day') {
    const figure = number(before.value)
    return say(`${figure.vi} → ${is.vi}`, `${figure.en} → ${is.en}`)
  }
  return say(`${was.vi} → ${is.vi}`, `${was.en} → ${is.en}`)
}

const WORDS: Record<string, Words> = {
  clerk: say('cán bộ một cửa', 'one-stop clerk'),
  'one-stop-head': say('trưởng bộ phận một cửa', 'head of the one-stop'),
  officer: say('chuyên viên', 'officer'),
  'unit-head': say('lãnh đạo phòng', 'head of unit'),
  leader: say('lãnh đạo cơ quan', 'agency leader'),
  clerical: say('văn thư', 'clerical officer'),
  'one-stop': say('Một cửa', 'one-stop'),
  specialist: say('phòng chuyên môn', 'specialist unit'),
  leadership: say('lãnh đạo cơ quan', 'leadership'),
  subject: say('cơ quan được hỏi', 'the body asked'),
  holder: say('người đang giữ hồ sơ', 'whoever holds the dossier'),
  lead: say('cơ quan thụ lý', 'lead agency'),
  deciding: say('cơ quan quyết định', 'deciding agency'),
  applicant: say('người nộp', 'applicant'),
  agency: say('cơ quan', 'agency'),
  ONLINE: say('trực tuyến', 'online'),
  DIRECT: say('trực tiếp', 'in person'),
  POSTAL: say('bưu chính', 'by post'),
  RESTART: say('tính lại từ đầu', 'counted anew'),
  PAUSE: say('tạm dừng', 'paused'),
  'EXCLUDED-STAGE': say('trừ giai đoạn không tính', 'a stage is left out'),
  CONSENT: say('im lặng là đồng ý', 'silence is consent'),
  REPORT: say('im lặng thì báo cáo', 'silence is reported'),
  RUNS: say('vẫn chạy', 'runs on'),
  STOPS: say('dừng', 'stops'),
  true: say('có', 'yes'),
  false: say('không', 'no'),
}

const MOST = 90
const short = (value: string) => (value.length > MOST ? `${value.slice(0, MOST - 1)}…` : value)

/** Any value of the data as a few words. */
export function valueWords(value: unknown): Words {
  if (value === undefined || value === null || value === '') return say('không có', 'none')
  if (isLimit(value)) return limitWords(value)
  if (Array.isArray(value)) {
    if (value.length === 0) return say('không có', 'none')
    const all = value.map(valueWords)
    return say(short(all.map(({ vi }) => vi).join(', ')), short(all.map(({ en }) => en).join(', ')))
  }
  if (isRec(value)) {
    if (typeof value.vi === 'string') return quoted(nameOf(value, ''))
    if (typeof value.text === 'string') return quoted(say(short(value.text), short(value.text)))
    return say('đã ghi', 'written')
  }
  if (typeof value === 'number') return number(value)
  const known = WORDS[String(value)]
  return known ?? say(short(String(value)), short(String(value)))
}

export const quoted = ({ vi, en }: Words): Words => say(`“${vi}”`, `“${en}”`)

/** “chuyên viên → lãnh đạo phòng” */
export function valueChange(before: unknown, after: unknown): Words {
  if (isLimit(before) && isLimit(after)) return limitChange(before, after)
  const [was, is] = [valueWords(before), valueWords(after)]
  return say(`${was.vi} → ${is.vi}`, `${was.en} → ${is.en}`)
}

/** “2.500.000 đồng” */
export function dong(amount: unknown): Words {
  if (typeof amount !== 'number') return say('không có', 'none')
  return say(`${amount.toLocaleString('vi-VN')} đồng`, `VND ${amount.toLocaleString('en')}`)
}
