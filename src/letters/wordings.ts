import { fieldsIn } from '../procedures/result-template.ts'
import type { Text } from '../text.ts'

/** A part of a letter; its merge fields are what the form must say. */
type Part = {
  label: Text
  /** The words that ship. Every field in them has to stay. */
  text: string
  /** What the law wants said, in these words: no administrator changes it, only the prose around it. */
  law?: true
}
export type Wording = Record<string, string>

/**
 * The prose of the letters, form by form, in the order in which it is printed. What stands between the parts (the
 * dossier's facts, reasons, tables, head and foot) is the form's own and is no administrator's to change; nor are the
 * sentences on which the applicant's rights hang: that a dossier is asked for, refused, late, ended, and what they may do.
 */
export const wordings = {
  supplement: {
    ask: {
      label: { vi: 'Câu dẫn trước bảng nội dung', en: 'Line before the table' },
      text: '{{office}} yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:',
      law: true,
    },
    help: {
      label: { vi: 'Người liên hệ', en: 'Whom to ask' },
      text: 'Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với {{contact}} để được hướng dẫn./.',
    },
  },
  refusal: {
    opening: {
      label: { vi: 'Câu dẫn trước bảng lý do', en: 'Line before the reasons' },
      text: 'Qua xem xét, cơ quan tiếp nhận thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:',
      law: true,
    },
    closing: {
      label: { vi: 'Câu kết', en: 'Last line' },
      text: 'Xin thông báo để Ông/Bà được biết và thực hiện./.',
    },
  },
  apology: {
    opening: {
      label: { vi: 'Mở đầu', en: 'Opening' },
      text:
        '{{receivedOn}}, {{agency}} tiếp nhận giải quyết hồ sơ đề nghị thực hiện thủ tục hành chính “{{procedure}}” ' +
        'của Ông/Bà, cụ thể:',
    },
    due: {
      label: { vi: 'Thời gian đã hẹn', en: 'The date that was given' },
      text: 'Thời gian hẹn trả kết quả giải quyết hồ sơ: {{dueAt}}.',
      law: true,
    },
    late: {
      label: { vi: 'Câu dẫn trước lý do', en: 'Line before the reason' },
      text: 'Tuy nhiên, {{agency}} chưa thể trả kết quả giải quyết hồ sơ của Ông/Bà đúng thời gian đã hẹn. Lý do:',
      law: true,
    },
    hardship: {
      label: { vi: 'Trước lời xin lỗi', en: 'Before the apology' },
      text: 'Sự chậm trễ này gây phiền hà, tốn kém thời gian, công sức của Ông/Bà.',
    },
    sorry: {
      label: { vi: 'Lời xin lỗi', en: 'The apology' },
      text: '{{agency}} xin lỗi Ông/Bà và sẽ trả kết quả giải quyết hồ sơ vào thời gian sau:',
      law: true,
    },
    closing: {
      label: { vi: 'Câu kết', en: 'Last line' },
      text: 'Mong nhận được sự thông cảm của Ông/Bà vì sự chậm trễ này./.',
    },
  },
  explanation: {
    opening: {
      label: { vi: 'Mở đầu', en: 'Opening' },
      text:
        'Hồ sơ của Ông/Bà được hẹn trả kết quả lúc {{dueAt}}. Tại văn bản số {{apologyNumber}} {{apologyOn}}, ' +
        '{{agency}} đã xin lỗi và hẹn lại lúc {{newDueAt}}, cụ thể:',
    },
    late: {
      label: { vi: 'Câu dẫn trước lý do', en: 'Line before the reason' },
      text: 'Đến nay {{agency}} vẫn chưa trả được kết quả theo thời gian đã hẹn lại. Lý do:',
      law: true,
    },
    noDate: {
      label: { vi: 'Không ấn định ngày khác', en: 'No other date' },
      text: 'Việc hẹn lại ngày trả kết quả chỉ được thực hiện một lần, vì vậy văn bản này không ấn định ngày hẹn khác.',
      law: true,
    },
    goesOn: {
      label: { vi: 'Hồ sơ vẫn được giải quyết', en: 'The work goes on' },
      text:
        'Hồ sơ tiếp tục được giải quyết và kết quả được trả ngay khi hoàn thành; việc chậm trả đã được báo cáo người ' +
        'đứng đầu để xem xét trách nhiệm.',
    },
    closing: {
      label: { vi: 'Câu kết', en: 'Last line' },
      text: '{{agency}} xin lỗi Ông/Bà vì sự chậm trễ này./.',
      law: true,
    },
  },
  closing: {
    opening: {
      label: { vi: 'Mở đầu', en: 'Opening' },
      text:
        '{{agency}} đã đề nghị Ông/Bà bổ sung, hoàn thiện hồ sơ tại Phiếu số {{supplementNumber}} ' +
        '{{supplementOn}}, cụ thể:',
    },
    ended: {
      label: { vi: 'Kết thúc giải quyết', en: 'The end' },
      text:
        'Đến hết {{waitedUntil}}, {{agency}} chưa nhận được hồ sơ bổ sung. Căn cứ quy định “{{basis}}”, ' +
        '{{agency}} thông báo kết thúc giải quyết hồ sơ nêu trên.',
      law: true,
    },
    closing: {
      label: { vi: 'Câu kết', en: 'Last line' },
      text: 'Khi có nhu cầu, Ông/Bà có thể nộp hồ sơ mới. Xin thông báo để Ông/Bà được biết./.',
    },
  },
  stop: {
    opening: {
      label: { vi: 'Mở đầu', en: 'Opening' },
      text: '{{agency}} nhận được đề nghị dừng giải quyết hồ sơ của Ông/Bà lúc {{requestedAt}}, cụ thể:',
    },
    why: {
      label: { vi: 'Lý do của người nộp', en: 'The applicant’s reason' },
      text: 'Lý do đề nghị dừng: {{reason}}',
    },
    stopped: {
      label: { vi: 'Dừng giải quyết', en: 'The stop' },
      text:
        'Qua kiểm tra, hồ sơ chưa có quyết định hoặc thông báo kết quả giải quyết. ' +
        '{{agency}} dừng giải quyết hồ sơ từ {{stoppedAt}}.',
      law: true,
    },
    closing: { label: { vi: 'Câu kết', en: 'Last line' }, text: 'Xin thông báo để Ông/Bà được biết./.' },
  },
  refusalToGrant: {
    opening: {
      label: { vi: 'Mở đầu', en: 'Opening' },
      text: '{{agency}} tiếp nhận hồ sơ của Ông/Bà lúc {{receivedAt}}, cụ thể:',
    },
    refused: {
      label: { vi: 'Câu dẫn trước bảng lý do', en: 'Line before the reasons' },
      text: 'Qua thẩm định, {{agency}} thông báo hồ sơ không đủ điều kiện để được cấp kết quả theo đề nghị, với lý do:',
      law: true,
    },
    rights: {
      label: { vi: 'Quyền của người nộp', en: 'The applicant’s rights' },
      text:
        'Ông/Bà có quyền khiếu nại, khởi kiện theo quy định của pháp luật về khiếu nại và tố tụng hành chính, ' +
        'hoặc nộp hồ sơ mới khi đã đủ điều kiện./.',
      law: true,
    },
  },
} as const satisfies Record<string, Record<string, Part>>

export type WordedKind = keyof typeof wordings
export const wordedKinds = Object.keys(wordings) as WordedKind[]
export const isWorded = (kind: string): kind is WordedKind => Object.hasOwn(wordings, kind)
export const partsOf = (kind: WordedKind): Record<string, Part> => wordings[kind]
const editable = (kind: WordedKind): [string, Part][] =>
  Object.entries(partsOf(kind)).filter(([, { law }]) => !law)
export const shippedWords = (kind: WordedKind): Wording =>
  Object.fromEntries(editable(kind).map(([key, { text }]) => [key, text]))

/** The fields that the parts of a letter may use. */
export const fieldsOf = (kind: WordedKind): string[] => [
  ...new Set(Object.values(partsOf(kind)).flatMap(({ text }) => fieldsIn(text))),
]

export type Fault = { part: string; message: { vi: string; en: string } }
const braced = (field: string) => `{{${field}}}`

/**
 * What is wrong with the words of a letter: a part that is not there or is the law's, a field nobody knows, one that the
 * form must say.
 */
export function wordingFaults(kind: WordedKind, words: Wording): Fault[] {
  const parts = partsOf(kind)
  const known = fieldsOf(kind)
  const stray = Object.keys(words)
    .filter((key) => !Object.hasOwn(parts, key) || parts[key]?.law)
    .map((part) => ({
      part,
      message: Object.hasOwn(parts, part)
        ? {
            vi: 'Câu này bắt buộc theo quy định, không sửa được.',
            en: 'The law wants this sentence: it cannot be changed.',
          }
        : { vi: `Mẫu không có phần “${part}”.`, en: `The form has no part "${part}".` },
    }))
  const faults = editable(kind).flatMap(([part, { text: shipped }]) => {
    const text = (words[part] ?? '').trim()
    const say = (vi: string, en: string): Fault => ({ part, message: { vi, en } })
    if (!text) return [say('Phần này không được để trống.', 'This part must not be empty.')]
    const used = fieldsIn(text)
    return [
      ...used
        .filter((field) => !known.includes(field))
        .map((field) =>
          say(
            `Không có trường ${braced(field)}. Các trường của mẫu: ${known.map(braced).join(', ')}.`,
            `There is no field ${braced(field)}. The form has: ${known.map(braced).join(', ')}.`,
          ),
        ),
      ...fieldsIn(shipped)
        .filter((field) => !used.includes(field))
        .map((field) =>
          say(
            `Không được bỏ trường ${braced(field)}: mẫu bắt buộc có.`,
            `The field ${braced(field)} must stay: the form demands it.`,
          ),
        ),
      ...(/[{}]/.test(text.replace(/\{\{[^{}]*\}\}/g, ''))
        ? [say('Có dấu ngoặc nhọn chưa đóng.', 'A brace is left open.')]
        : []),
    ]
  })
  return [...stray, ...faults]
}

/**
 * The words of a letter's parts, with what its fields say; a letter without words of its own has those that ship. What
 * the law wants said ships, whatever an older version says in its place.
 */
export const wordsOf =
  <K extends WordedKind>(kind: K, wording: Wording | undefined, values: Record<string, string>) =>
  (name: keyof (typeof wordings)[K] & string): string => {
    const part = partsOf(kind)[name]
    const own = part?.law ? undefined : wording?.[name]
    return (own ?? part?.text ?? '').replace(
      /\{\{([^{}]*)\}\}/g,
      (_, field: string) => values[field.trim()] ?? '',
    )
  }
