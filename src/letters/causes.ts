import type { Text } from '../text.ts'

/** Why dossiers are late, as choices for whoever drafts the letter. Samples: no text fixes such a list (rules 7). */
export const causes: readonly [Cause, ...Cause[]] = [
  {
    key: 'workload',
    label: {
      vi: 'Số lượng hồ sơ tăng, chưa bố trí đủ người thẩm định',
      en: 'More dossiers than people to appraise them',
    },
  },
  {
    key: 'consulted-body-silent',
    label: { vi: 'Cơ quan được lấy ý kiến chưa trả lời', en: 'The consulted body has not answered' },
  },
  {
    key: 'limits-conflict',
    label: {
      vi: 'Thời hạn lấy ý kiến dài hơn thời hạn giải quyết còn lại',
      en: 'The consultation’s limit is longer than the time left',
    },
  },
  { key: 'site-visit', label: { vi: 'Cần kiểm tra lại thực địa', en: 'The site must be inspected again' } },
  { key: 'system', label: { vi: 'Sự cố hệ thống thông tin', en: 'Failure of the information system' } },
]
export type Cause = { key: string; label: Text }
