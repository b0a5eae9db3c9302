import { formatWorkingTime } from '../../calendar/format.ts'
import type { Text } from '../../text.ts'
import { percent } from '../heatmap/words.ts'
import type { Replayed } from './play.ts'

/** "Phát lại bản hiện hành: trung bình 4 ngày 3 giờ LV, thực tế 4 ngày 2 giờ LV (lệch +0,8 %); trễ 3,6 %, thực tế 3,6 %." */
export function calibrationSentence({ actual, current, calibration }: Replayed): Text {
  const sentence = (lang: 'vi' | 'en') => {
    const vi = lang === 'vi'
    if (actual.dossiers === 0)
      return vi ? 'Không có hồ sơ nào phát lại được.' : 'No dossier could be replayed.'
    const time = (minutes: number) => formatWorkingTime(minutes, lang)
    const sign = (calibration.mean ?? 0) < 0 ? '−' : '+'
    const off = `${sign}${percent(Math.abs(calibration.mean ?? 0), lang)}`
    const late = ({ late, judged }: Replayed['actual']) => percent(judged > 0 ? late / judged : 0, lang)
    return vi
      ? `Hiệu chỉnh: phát lại bản hiện hành ra trung bình ${time(current.lead.mean)}, thực tế ${time(actual.lead.mean)} (lệch ${off}); trễ ${late(current)}, thực tế ${late(actual)}.`
      : `Calibration: the version in force, replayed, takes ${time(current.lead.mean)} on average, in fact it took ${time(actual.lead.mean)} (off by ${off}); late ${late(current)}, in fact ${late(actual)}.`
  }
  return { vi: sentence('vi'), en: sentence('en') }
}

export const FAILED: Text = {
  vi: 'Phát lại gặp lỗi của hệ thống; hãy chạy lại, nếu vẫn lỗi hãy báo quản trị viên.',
  en: 'The replay met a fault of the system; run it again, and tell the administrator if it fails again.',
}
