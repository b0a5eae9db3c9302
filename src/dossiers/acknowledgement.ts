import { formatLegal } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { countedAsFiled } from '../deadlines/reception.ts'
import type { Text } from '../text.ts'
import type { Dossier } from './entity.ts'

/**
 * What whoever files is told at once: the code, that no time limit runs yet, and, where the procedure's text says so
 * (rule `onlineFiled`), from when a filing after hours counts.
 */
export async function acknowledgementOf(tx: Tx, dossier: Dossier): Promise<Text & { en: string }> {
  const from = await countedAsFiled(tx, dossier)
  const later = from > dossier.filedAt
  return {
    vi: [
      `Hồ sơ ${dossier.code} đã được gửi.`,
      later && `Nộp ngoài giờ làm việc nên được tính là nộp lúc ${formatLegal(from, 'vi')}.`,
      'Thời hạn giải quyết bắt đầu khi cán bộ một cửa tiếp nhận; khi đó bạn được báo ngày hẹn trả.',
    ]
      .filter(Boolean)
      .join(' '),
    en: [
      `Dossier ${dossier.code} has been filed.`,
      later && `Filed after hours, it counts as filed on ${formatLegal(from, 'en')}.`,
      'The time limit starts when an officer of the one-stop receives it; you will then be told the date.',
    ]
      .filter(Boolean)
      .join(' '),
  }
}
