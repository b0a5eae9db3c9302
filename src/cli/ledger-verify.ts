import { formatLegal } from '../calendar/format.ts'
import { invariants, type LedgerBreach } from '../verify/invariants.ts'
import { verifyLedger } from '../verify/ledger.ts'
import { type CommandFile, FINDINGS, WHOLE } from './command.ts'
import { optionsOf } from './dispatch.ts'
import { checkAgency, onRecord, periodOf, periodOptions, print } from './record.ts'

const names = Object.keys(invariants).join(', ')

export const help: CommandFile['help'] = {
  vi: `npx mot-cua ledger verify [--from NGÀY --to NGÀY] [--agency MÃ] [--json]
Kiểm tra sổ thời gian giữ hồ sơ của mọi hồ sơ (nộp trong kỳ): các khoảng nối liền nhau từ lúc nộp đến lúc kết thúc, mỗi mốc là một
hành vi, người giữ đúng đơn vị, thời gian giao đúng quyết định, tổng chênh lệch bằng xong trừ hạn, thời gian không tính không bị
tính, cơ quan được lấy ý kiến có khoảng riêng. Nêu tên từng hồ sơ sai, khoảng sai và cách xử lý. Chỉ đọc, chạy được khi máy chủ đang chạy.
Điều kiện: ${names}. --json: mỗi phát hiện một dòng, dòng cuối là tổng.`,
  en: `npx mot-cua ledger verify [--from DAY --to DAY] [--agency CODE] [--json]
Holds the ledger of every dossier (filed in the period) against its invariants: intervals that tile its life, boundaries that are
acts, holders of the right unit, allotments by decision, variances that add up to finish less due, nothing counted that does not
count, one side interval for each consulted body. Names each broken dossier, the interval and what to do. Reads only; a server may run.
Invariants: ${names}. --json: a line for each finding, the last line is the sum.`,
}

export const run: CommandFile['run'] = async (args) => {
  const { values } = optionsOf({ args, options: periodOptions })
  const period = periodOf(values)
  return onRecord(async (db) => {
    await checkAgency(db, values.agency)
    const verdict = await verifyLedger(db, period, (breach) =>
      print(values.json ? JSON.stringify(breach) : inWords(breach)),
    )
    const { dossiers, intervals, broken, breaches } = verdict
    if (values.json) print(JSON.stringify(verdict))
    else if (broken === 0)
      print(
        `Sổ thời gian đúng: ${dossiers} hồ sơ, ${intervals} khoảng.\nThe ledger holds: ${dossiers} dossiers, ${intervals} intervals.`,
      )
    else
      print(
        `SAI: ${broken} trong ${dossiers} hồ sơ, ${breaches} phát hiện.\nBROKEN: ${broken} of ${dossiers} dossiers, ${breaches} findings.`,
      )
    return broken === 0 ? WHOLE : FINDINGS
  })
}

function inWords({ code, invariant, interval, detail }: LedgerBreach): string {
  const { says, mend } = invariants[invariant]
  const where = (lang: 'vi' | 'en') => {
    if (!interval) return ''
    const { track, seq, step, from, to } = interval
    const name = lang === 'vi' ? `khoảng ${seq}` : `interval ${seq}`
    const side = track === 'accountable' ? '' : lang === 'vi' ? ' song song' : ' beside the line'
    const until = to ? formatLegal(to, lang) : '…'
    return `${name}${side} “${step}” (${formatLegal(from, lang)} – ${until}): `
  }
  return [
    `${code}  ${invariant}`,
    `  ${where('vi')}${says.vi} (${detail.vi}). Cần làm: ${mend.vi}.`,
    `  ${where('en')}${says.en} (${detail.en ?? detail.vi}). What to do: ${mend.en}.`,
  ].join('\n')
}
