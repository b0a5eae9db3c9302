import { systemActor } from '../access/actor.ts'
import { RESET_REASONS, type ResetReason, resetFactorOf } from '../people/second-factor-reset.ts'
import { type CommandFile, UsageError, WHOLE } from './command.ts'
import { optionsOf } from './dispatch.ts'
import { onRecord, print } from './record.ts'

export const help: CommandFile['help'] = {
  vi: `npx mot-cua second-factor reset --login <tên đăng nhập> --reason <${RESET_REASONS.join(' | ')}>
Gỡ lớp xác thực thứ hai của người đã mất điện thoại và mã dự phòng, khi không còn quản trị viên nào khác làm được.
Chạy trên máy chủ; lý do ghi vào nhật ký, người đó được báo và mọi phiên của họ kết thúc.`,
  en: `npx mot-cua second-factor reset --login <login> --reason <${RESET_REASONS.join(' | ')}>
Takes away the second factor of somebody who has lost telephone and recovery codes, where no other administrator can.
Run on the server; the reason stands in the audit trail, the person is told, and every session they have ends.`,
}

const isReason = (word: string | undefined): word is ResetReason =>
  RESET_REASONS.some((reason) => reason === word)

export const run: CommandFile['run'] = async (args) => {
  const { values } = optionsOf({ args, options: { login: { type: 'string' }, reason: { type: 'string' } } })
  const { login, reason } = values
  if (!login) throw new UsageError({ vi: 'Thiếu --login.', en: '--login is missing.' })
  if (!isReason(reason))
    throw new UsageError({
      vi: `--reason phải là một trong: ${RESET_REASONS.join(', ')}.`,
      en: `--reason must be one of: ${RESET_REASONS.join(', ')}.`,
    })
  return onRecord(async (db) => {
    const had = await db.transact(systemActor('second-factor reset command'), (tx) =>
      resetFactorOf(tx, login, reason),
    )
    if (had === undefined)
      throw new UsageError({
        vi: `Không có cán bộ nào đăng nhập bằng “${login}”.`,
        en: `Nobody on the staff logs in as “${login}”.`,
      })
    print(
      had
        ? `Đã gỡ lớp xác thực thứ hai của ${login}; lần đăng nhập sau sẽ hỏi cài lại.\nThe second factor of ${login} is gone; the next login asks for a new one.`
        : `${login} không có lớp xác thực thứ hai; không có gì thay đổi.\n${login} has no second factor; nothing has changed.`,
    )
    return WHOLE
  })
}
