import type { Text } from '../text.ts'

/** A dossier with its round as judged, and what the record says of its apology. */
export type ApologyFacts = {
  id: string
  code: string
  isLate: boolean
  isOpen: boolean
  /** The one new date was missed too, or that of a count which began anew after it. */
  isLateAgain: boolean
  /** The one new date was given in a round before the judged one: no second apology is owed, but the finding of `isLateAgain`. */
  isGivenBefore: boolean
  apologyBy: Date
  reappointedDueAt: Date | null
  /** Delivered apologies of the dossier, the first of the judged round first. */
  letters: {
    id: string
    deliveredAt: Date
    isOfRound: boolean
    /** Signed, numbered and with its file, in this order before the delivery. */
    isWhole: boolean
    newDueAt: Date | null
    /** The trail holds the act of delivery at this very instant. */
    isProved: boolean
  }[]
  /** Apologies that the trail says were delivered and the record does not have so. */
  gone: string[]
  timesReappointed: number
  finding: Finding | null
  hasFindingAgain: boolean
}
export type Finding = {
  id: string
  at: Date
  reason: string | null
  /** The trail has it otherwise, or not at all. */
  isChanged: boolean
  owner: { unit: Text | null; person: string | null } | null
}

export type Outcome = 'in-time' | 'late' | 'none'

/** An apology is in time when it reached the applicant by `apologyBy` (rules 7). */
export const outcomeOf = ({ letters, apologyBy }: ApologyFacts): Outcome => {
  const first = letters.find(({ isOfRound }) => isOfRound)
  if (!first) return 'none'
  return first.deliveredAt <= apologyBy ? 'in-time' : 'late'
}

/** What may be wrong with a dossier's apology, and what to do about it. */
export const faults = {
  'no-finding': {
    says: {
      vi: 'trễ mà không có thư kịp thời, cũng không có phát hiện',
      en: 'late without a letter in time, and without a finding',
    },
    mend: {
      vi: 'xem chuông báo của hồ sơ có bị hoãn không; nếu phát hiện bị xóa thì khôi phục từ bản sao lưu',
      en: 'see whether the dossier’s alarm was put off; if the finding was removed restore it from a backup',
    },
  },
  'no-reason': {
    says: { vi: 'phát hiện không nêu lý do', en: 'the finding has no reason' },
    mend: {
      vi: 'yêu cầu cơ quan giải trình và ghi lý do',
      en: 'request an explanation and record its reason',
    },
  },
  'no-owner': {
    says: {
      vi: 'phát hiện không nêu ai giữ bước soạn thư khi hết hạn',
      en: 'the finding does not say who held the letter’s step at its limit',
    },
    mend: {
      vi: 'xem ai giữ hồ sơ lúc đó ở trang kiểm tra, yêu cầu giải trình',
      en: 'see on the audit page who held it then, and request an explanation',
    },
  },
  'finding-changed': {
    says: {
      vi: 'lý do hoặc người giữ của phát hiện không như nhật ký ghi',
      en: 'the finding’s reason or owner is not what the trail has',
    },
    mend: {
      vi: 'phát hiện đã bị sửa: lấy lý do, người giữ trong nhật ký, lập biên bản',
      en: 'it was changed: take reason and owner from the trail, and record it',
    },
  },
  'letter-gone': {
    says: {
      vi: 'nhật ký ghi đã gửi thư xin lỗi nhưng trong sổ không còn thư đó',
      en: 'the trail says that an apology was delivered, and the record has it no more',
    },
    mend: {
      vi: 'thư đã bị xóa hoặc sửa trạng thái: khôi phục từ bản sao lưu, lập biên bản',
      en: 'it was deleted or its state changed: restore it from a backup and record it',
    },
  },
  'delivery-changed': {
    says: {
      vi: 'thời điểm gửi thư không phải thời điểm của hành vi gửi trong nhật ký',
      en: 'the instant of delivery is not that of the act of delivery in the trail',
    },
    mend: {
      vi: 'thời điểm đã bị sửa: lấy thời điểm trong nhật ký, lập biên bản',
      en: 'it was changed: take the instant of the trail, and record it',
    },
  },
  'not-whole': {
    says: {
      vi: 'thư đã gửi thiếu chữ ký, số hoặc tệp, hoặc sai thứ tự',
      en: 'a delivered letter lacks its signature, number or file, or has them out of order',
    },
    mend: { vi: 'khôi phục thư từ bản sao lưu', en: 'restore the letter from a backup' },
  },
  'two-dates': {
    says: {
      vi: 'hồ sơ có hơn một ngày hẹn mới, hoặc ngày hẹn mới khác với thư',
      en: 'more than one new date was given, or the new date is not that of the letter',
    },
    mend: {
      vi: 'chỉ được hẹn lại một lần (NĐ 61/2018 Điều 19 khoản 9): giữ ngày của thư đầu, lập biên bản thư còn lại',
      en: 'a new date is given once (NĐ 61/2018 art. 19.9): the first letter’s date counts, record the other',
    },
  },
  'no-finding-again': {
    says: {
      vi: 'quá cả ngày hẹn lại mà không có phát hiện “quá hạn sau hẹn lại”',
      en: 'the new date was missed too, and there is no finding of it',
    },
    mend: {
      vi: 'xem chuông báo của ngày hẹn lại; nếu phát hiện bị xóa thì khôi phục từ bản sao lưu',
      en: 'see the alarm of the new date; if the finding was removed restore it from a backup',
    },
  },
} satisfies Record<string, { says: Text; mend: Text }>
export type Fault = keyof typeof faults

/** Everything wrong with a dossier's apology. Pure: the same facts give the same faults. */
export function faultsOf(facts: ApologyFacts): Fault[] {
  const { letters, finding, isLate, isLateAgain, reappointedDueAt, timesReappointed } = facts
  const found: Fault[] = []
  if (isLate && !facts.isGivenBefore && outcomeOf(facts) !== 'in-time') {
    if (!finding) found.push('no-finding')
    else if (!finding.reason) found.push('no-reason')
    if (finding && !finding.owner?.unit) found.push('no-owner')
  }
  if (finding?.isChanged) found.push('finding-changed')
  if (facts.gone.length > 0) found.push('letter-gone')
  if (letters.some(({ isProved }) => !isProved)) found.push('delivery-changed')
  if (letters.some(({ isWhole }) => !isWhole)) found.push('not-whole')
  const first = letters[0]
  const strays =
    reappointedDueAt !== null &&
    !letters.some(({ newDueAt }) => newDueAt?.getTime() === reappointedDueAt.getTime())
  // A letter that leaves while the result is there promises nothing more, and moves no date.
  if (letters.length > 1 || timesReappointed > 1 || (first && strays)) found.push('two-dates')
  if (isLateAgain && !facts.hasFindingAgain) found.push('no-finding-again')
  return found
}
