import { formatLegal } from '../calendar/format.ts'
import { type Told, verifyApologies } from '../verify/apologies.ts'
import { faults } from '../verify/apology-rules.ts'
import { type CommandFile, FINDINGS, WHOLE } from './command.ts'
import { optionsOf } from './dispatch.ts'
import { checkAgency, onRecord, periodOf, periodOptions, print } from './record.ts'

const names = Object.keys(faults).join(', ')

export const help: CommandFile['help'] = {
  vi: `npx mot-cua apologies verify [--from NGÀY --to NGÀY] [--agency MÃ] [--json]
Chứng minh mọi hồ sơ quá hạn (ngày hẹn đầu nằm trong kỳ): có thư xin lỗi kịp thời; thư muộn hoặc không có thư thì có phát hiện với lý do
và người giữ bước soạn khi hết hạn. Số đếm bằng trang đầu của thanh tra. Chỉ đọc. Lỗi có thể nêu: ${names}.
Kết thúc 0: mọi hồ sơ trễ có thư, hoặc có phát hiện đủ lý do và người chịu trách nhiệm, và không có lỗi nào.`,
  en: `npx mot-cua apologies verify [--from DAY --to DAY] [--agency CODE] [--json]
Proves of every late dossier (first due date in the period) that its apology was in time; of a late letter, or of none, that there is a
finding with a reason and with whoever held the letter’s step at its limit. Counts as the auditor’s first page does. Reads only.
Faults: ${names}. Ends 0 when every late dossier has its letter or such a finding, and nothing is wrong with them.`,
}

export const run: CommandFile['run'] = async (args) => {
  const { values } = optionsOf({ args, options: periodOptions })
  const period = periodOf(values)
  return onRecord(async (db) => {
    await checkAgency(db, values.agency)
    const verdict = await verifyApologies(db, period, (told) =>
      print(values.json ? JSON.stringify(told) : inWords(told)),
    )
    if (values.json) print(JSON.stringify(verdict))
    else {
      const { late, openLate, finishedLate, letterInTime, letterLate, letterNone, findings, faulty } = verdict
      print(
        `Quá hạn ${late} = đang trễ ${openLate} + đã trả trễ ${finishedLate}; thư kịp ${letterInTime}, muộn ${letterLate}, không ${letterNone}; phát hiện ${findings}; hồ sơ có lỗi ${faulty}.`,
      )
      print(
        `Late ${late} = still open ${openLate} + finished late ${finishedLate}; letters in time ${letterInTime}, late ${letterLate}, none ${letterNone}; findings ${findings}; dossiers with faults ${faulty}.`,
      )
    }
    return verdict.faulty === 0 ? WHOLE : FINDINGS
  })
}

const LETTER = {
  'in-time': { vi: 'thư kịp thời', en: 'letter in time' },
  late: { vi: 'thư muộn', en: 'late letter' },
  none: { vi: 'không có thư', en: 'no letter' },
}
const REASONS: Record<string, { vi: string; en: string }> = {
  'not-begun': { vi: 'chưa bắt đầu soạn', en: 'not begun' },
  'judged-in-time': { vi: 'người giữ cho là kịp hạn', en: 'judged to be in time' },
  'in-draft': { vi: 'đang soạn', en: 'being drafted' },
  'in-initials': { vi: 'chờ ký nháy', en: 'waiting for initials' },
  'in-signature': { vi: 'chờ ký', en: 'waiting for the signature' },
  'in-number': { vi: 'chờ lấy số, đóng dấu', en: 'waiting for number and seal' },
  'in-delivery': { vi: 'chờ một cửa gửi', en: 'waiting to be sent' },
}

function inWords({ code, letter, apologyBy, finding, faults: found }: Told): string {
  const owner = (lang: 'vi' | 'en') =>
    [finding?.owner?.unit?.[lang] ?? finding?.owner?.unit?.vi, finding?.owner?.person]
      .filter(Boolean)
      .join(', ') || '–'
  const head = (lang: 'vi' | 'en') => {
    const state = letter ? LETTER[letter][lang] : lang === 'vi' ? 'không trễ' : 'not late'
    const reason = REASONS[finding?.reason ?? '']?.[lang] ?? finding?.reason ?? '–'
    return lang === 'vi'
      ? `${state}, hạn gửi ${formatLegal(apologyBy, lang)}; lý do: ${reason}; người giữ: ${owner(lang)}`
      : `${state}, due ${formatLegal(apologyBy, lang)}; reason: ${reason}; held by: ${owner(lang)}`
  }
  const lines = found.flatMap((fault) => [
    `  ${fault}: ${faults[fault].says.vi}. Cần làm: ${faults[fault].mend.vi}.`,
    `  ${fault}: ${faults[fault].says.en}. What to do: ${faults[fault].mend.en}.`,
  ])
  return [`${code}  ${head('vi')}`, `  ${head('en')}`, ...lines].join('\n')
}
