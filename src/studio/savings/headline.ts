import type { Text } from '../../text.ts'
import { dong, say } from '../diff/words.ts'
import type { Figure, Savings } from './schemas.ts'

type Said = Required<Text>

/** Figures of a count, in the order in which they are told, with the words for one of them. */
const COUNTED: [key: Figure['key'], vi: string, en: string][] = [
  ['steps', 'bước', 'step(s)'],
  ['agencyHandovers', 'lần chuyển cơ quan', 'hand-over(s) between agencies'],
  ['papers', 'giấy tờ', 'paper(s)'],
  ['fields', 'ô khai', 'field(s)'],
  ['visits', 'lần đi lại', 'visit(s)'],
]
const UNITS: Partial<Record<Figure['unit'], Said>> = {
  'working-day': say('ngày làm việc', 'working days'),
  'working-hour': say('giờ làm việc', 'working hours'),
  'calendar-day': say('ngày', 'days'),
}

/** What a redesign does, in one sentence: “10 → 8 ngày làm việc, bớt 1 bước, 1 giấy tờ; mỗi hồ sơ bớt 25.000 đồng”. */
export function headlineOf({ figures, cost }: Pick<Savings, 'figures' | 'cost'>): Said {
  const changed = figures.filter(({ before, after }) => before !== null && before !== after)
  const [limit] = changed
    .filter(({ key }) => key === 'committed')
    .sort((a, b) => (b.before ?? 0) - b.after - ((a.before ?? 0) - a.after))
  const unit = limit && UNITS[limit.unit]
  const limits: Said[] =
    limit && unit
      ? [say(`${limit.before} → ${limit.after} ${unit.vi}`, `${limit.before} → ${limit.after} ${unit.en}`)]
      : []
  // Of the cases, the one in which most of it changes.
  const by = (key: Figure['key']) =>
    changed
      .filter((figure) => figure.key === key)
      .map(({ before, after }) => (before ?? 0) - after)
      .sort((a, b) => Math.abs(b) - Math.abs(a))[0] ?? 0
  const counts = (sign: 1 | -1): Said[] =>
    COUNTED.flatMap(([key, vi, en]) => {
      const many = by(key) * sign
      return many > 0 ? [say(`${many} ${vi}`, `${many} ${en}`)] : []
    })
  const listOf = (vi: string, en: string, all: Said[]): Said[] =>
    all.length === 0
      ? []
      : [say(`${vi} ${all.map((one) => one.vi).join(', ')}`, `${all.map((one) => one.en).join(', ')} ${en}`)]
  const parts = [...limits, ...listOf('bớt', 'fewer', counts(1)), ...listOf('thêm', 'more', counts(-1))]
  const { before, after } = cost.perDossier
  const saved = before === null ? 0 : before - after
  const money: Said[] =
    saved === 0
      ? []
      : [
          say(
            `mỗi hồ sơ ${saved > 0 ? 'bớt' : 'thêm'} ${dong(Math.abs(saved)).vi} (mẫu)`,
            `${dong(Math.abs(saved)).en} ${saved > 0 ? 'less' : 'more'} per dossier (sample)`,
          ),
        ]
  if (parts.length + money.length === 0) return say('Không đổi chỉ số nào', 'No figure changes')
  const sentence = [parts, money]
    .map((some) => ({ vi: some.map(({ vi }) => vi).join(', '), en: some.map(({ en }) => en).join(', ') }))
    .filter(({ vi }) => vi !== '')
  const capital = (words: string) => words.charAt(0).toLocaleUpperCase('vi') + words.slice(1)
  return say(
    capital(sentence.map(({ vi }) => vi).join('; ')),
    capital(sentence.map(({ en }) => en).join('; ')),
  )
}
