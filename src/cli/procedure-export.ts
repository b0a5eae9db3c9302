import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { systemActor } from '../access/actor.ts'
import { ExportError, exportVersion } from '../studio/publishing/export.ts'
import { CANNOT_RUN, type CommandFile, UsageError, WHOLE } from './command.ts'
import { optionsOf } from './dispatch.ts'
import { onRecord, print } from './record.ts'

export const help: CommandFile['help'] = {
  vi: `npx mot-cua procedure export MÃ [--version N] [--to processes/]
Ghi một phiên bản đã ban hành (mặc định: phiên bản đang có hiệu lực) ra thư mục của thủ tục, mỗi lần ghi đều giống nhau.
Máy chủ khởi động với thư mục đó không đổi gì: nội dung giống hệt phiên bản đã ban hành. Tệp .json khác trong results/ và cases/ của
thư mục bị bỏ. Chạy được khi máy chủ đang chạy.`,
  en: `npx mot-cua procedure export CODE [--version N] [--to processes/]
Writes a published version (the one in force by default) to the folder of its procedure, the same bytes each time. A server
that starts with that folder changes nothing: it is the version that was published. Other .json files in results/ and cases/
of the folder are removed. A server may run.`,
}

/** The folder to write to: it must be there, so that a slip of the pen makes none. */
async function target(to: string): Promise<string> {
  const folder = resolve(to)
  const there = await stat(folder).catch(() => null)
  if (!there?.isDirectory())
    throw new UsageError({
      vi: `--to: không có thư mục ${folder}.`,
      en: `--to: there is no folder ${folder}.`,
    })
  return folder
}

function versionOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined
  if (!/^[1-9]\d{0,5}$/.test(written))
    throw new UsageError({
      vi: '--version: ghi số của phiên bản, ví dụ --version 2.',
      en: '--version: give the number of the version, such as --version 2.',
    })
  return Number(written)
}

export const run: CommandFile['run'] = async (args) => {
  const { values, positionals } = optionsOf({
    args,
    options: { version: { type: 'string' }, to: { type: 'string', default: 'processes' } },
    allowPositionals: true,
  })
  const [code] = positionals
  if (code === undefined || positionals.length > 1)
    throw new UsageError({
      vi: 'Ghi đúng một mã thủ tục, ví dụ 1.013225.',
      en: 'Give the code of one procedure, such as 1.013225.',
    })
  const version = versionOf(values.version)
  const to = await target(values.to)
  return onRecord(async (db) => {
    try {
      const paths = await db.transact(systemActor('procedure export'), (tx) =>
        exportVersion(tx, { code, version, to }),
      )
      for (const path of paths) print(path)
      return WHOLE
    } catch (error) {
      if (!(error instanceof ExportError)) throw error
      process.stderr.write(`${error.text.vi}\n${error.text.en}\n`)
      return CANNOT_RUN
    }
  })
}
