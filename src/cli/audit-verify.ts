import { verify } from '../audit/verify.ts'
import { type CommandFile, FINDINGS, WHOLE } from './command.ts'
import { optionsOf } from './dispatch.ts'
import { onRecord, print } from './record.ts'

export const help: CommandFile['help'] = {
  vi: `npx mot-cua audit verify [--json]
Đi hết chuỗi nhật ký, đối chiếu với các đầu chuỗi đã ký của từng ngày, nêu dòng đầu tiên không còn như khi được ghi.`,
  en: `npx mot-cua audit verify [--json]
Walks the whole chain of the audit trail, holds it against the signed heads of the days, and names the first entry that is not as it was written.`,
}

export const run: CommandFile['run'] = async (args) => {
  const { values } = optionsOf({ args, options: { json: { type: 'boolean', default: false } } })
  return onRecord(async (db, { dataDir }) => {
    const verdict = await verify(db, dataDir)
    const { ok, entries, heads, lastHash, broken } = verdict
    if (values.json) print(JSON.stringify(verdict))
    else
      print(
        ok
          ? `Nhật ký nguyên vẹn: ${entries} dòng, ${heads} đầu chuỗi đã ký.\nThe audit trail is whole: ${entries} entries, ${heads} signed heads, last hash ${lastHash || '(none)'}.`
          : `BROKEN at entry ${broken?.index} (${broken?.why}): ${broken?.text.en}\n${broken?.text.vi}`,
      )
    return ok ? WHOLE : FINDINGS
  })
}
