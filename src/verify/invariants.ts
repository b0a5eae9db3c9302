import type { Text } from '../text.ts'

/** What must hold of every ledger (rules 10). Each with what it says, and what to do where it does not hold. */
export const invariants = {
  gap: {
    says: {
      vi: 'khoảng này bắt đầu sau khi khoảng trước đã kết thúc: không ai giữ hồ sơ ở giữa',
      en: 'begins after the interval before it ended: nobody held the dossier in between',
    },
    mend: {
      vi: 'tìm hành vi ở mốc kết thúc khoảng trước trong nhật ký, lập biên bản, khôi phục mốc từ bản sao lưu',
      en: 'look up the act at the end of the interval before in the audit trail, record it, and restore the boundary from a backup',
    },
  },
  overlap: {
    says: {
      vi: 'khoảng này bắt đầu trước khi khoảng trước kết thúc: một lúc có hai người giữ',
      en: 'begins before the interval before it ended: two hold the dossier at once',
    },
    mend: {
      vi: 'đối chiếu hai mốc với nhật ký; mốc không có hành vi là mốc bị sửa, khôi phục từ bản sao lưu',
      en: 'compare both boundaries with the audit trail; the one without an act was changed: restore it from a backup',
    },
  },
  backwards: {
    says: { vi: 'kết thúc trước khi bắt đầu', en: 'ends before it begins' },
    mend: {
      vi: 'khôi phục mốc từ bản sao lưu theo hành vi trong nhật ký',
      en: 'restore the boundary from a backup, by the act in the audit trail',
    },
  },
  filing: {
    says: {
      vi: 'đường giữ hồ sơ không bắt đầu từ lúc nộp',
      en: 'the line of holders does not begin with the filing',
    },
    mend: {
      vi: 'khoảng đầu đã bị xóa hoặc bị sửa: khôi phục từ bản sao lưu',
      en: 'the first interval was removed or changed: restore it from a backup',
    },
  },
  end: {
    says: {
      vi: 'đường giữ hồ sơ không kết thúc cùng hồ sơ (hồ sơ đã xong mà còn người giữ, hoặc đang mở mà không ai giữ)',
      en: 'the line of holders does not end with the dossier (ended and still held, or open and held by nobody)',
    },
    mend: {
      vi: 'xem hành vi kết thúc trong nhật ký; hồ sơ đang mở thì giao lại việc để có người giữ',
      en: 'look up the ending act in the audit trail; assign an open dossier anew, so that somebody holds it',
    },
  },
  boundary: {
    says: {
      vi: 'mốc không phải là thời điểm của hành vi nào trong nhật ký, quyết định, bàn giao hay hạn chờ',
      en: 'the boundary is not the instant of any act in the trail, decision, hand-over or alarm',
    },
    mend: {
      vi: 'mốc đã bị sửa ngoài hệ thống: chạy audit verify, khôi phục từ bản sao lưu, lập biên bản',
      en: 'it was changed outside the product: run audit verify, restore it from a backup, and record it',
    },
  },
  holder: {
    says: {
      vi: 'người giữ không thuộc đơn vị, hoặc đơn vị không phải đơn vị của bước',
      en: 'the holder is not of the unit, or the unit is not that of the step',
    },
    mend: {
      vi: 'kiểm tra chức danh và thời gian của người đó ở Quản trị › Người; nếu đúng thì khoảng đã bị sửa',
      en: 'check the person’s post and its dates under People; if they are right the interval was changed',
    },
  },
  actor: {
    says: {
      vi: 'người giữ khoảng này không phải người đã quyết định kết thúc nó',
      en: 'whoever held this is not whoever made the decision that ended it',
    },
    mend: {
      vi: 'người đúng là người ký quyết định trong nhật ký ở mốc đó: khôi phục từ bản sao lưu, lập biên bản',
      en: 'the right one signed the decision in the audit trail at that instant: restore it from a backup, and record it',
    },
  },
  applicant: {
    says: {
      vi: 'thời gian ghi cho người nộp mà không phải bước chờ người nộp',
      en: 'time is put to the applicant outside any wait for the applicant',
    },
    mend: {
      vi: 'khoảng đã bị sửa để trừ khỏi thời gian giải quyết: khôi phục từ bản sao lưu',
      en: 'the interval was changed to take its time out of the count: restore it from a backup',
    },
  },
  event: {
    says: {
      vi: 'đồng hồ dừng, chạy lại hoặc kết thúc ở thời điểm không có hành vi nào',
      en: 'the clock stops, goes on or ends at an instant without any act',
    },
    mend: {
      vi: 'đối chiếu với phiếu 02 và lần nộp bổ sung; không có thì sự kiện đã được thêm vào: khôi phục từ bản sao lưu',
      en: 'compare it with form 02 and the supplement handed in; without them the event was put in: restore it from a backup',
    },
  },
  allotment: {
    says: {
      vi: 'thời gian được giao của bước khác với quyết định phê duyệt quy trình nội bộ',
      en: 'the step’s allotment is not what the decision on the internal process gives it',
    },
    mend: {
      vi: 'số đúng nằm trong phiên bản thủ tục của hồ sơ: khôi phục từ bản sao lưu',
      en: 'the right figure stands in the dossier’s procedure version: restore it from a backup',
    },
  },
  limit: {
    says: {
      vi: 'thời gian giao cho các bước cộng lại vượt thời hạn của lần hẹn',
      en: 'the allotments of the steps add up to more than the round’s limit',
    },
    mend: {
      vi: 'hạn trả đã bị sửa, hoặc quy trình nội bộ giao quá thời hạn: kiểm tra procedure.json và quyết định',
      en: 'the due date was changed, or the internal process allots too much: check procedure.json and its decision',
    },
  },
  due: {
    says: {
      vi: 'hạn trả không phải ngày tính được từ lúc nhận, thời hạn và các lần dừng',
      en: 'the due date is not the one that receipt, limit and stops give',
    },
    mend: {
      vi: 'đối chiếu với giấy tiếp nhận (phiếu 01); nếu phiếu 01 khác, hạn đã bị sửa: khôi phục từ bản sao lưu',
      en: 'compare it with form 01; if that has another date the due date was changed: restore it from a backup',
    },
  },
  sum: {
    says: {
      vi: 'tổng chênh lệch không bằng thời điểm xong trừ hạn trả',
      en: 'the variances do not add up to finish less due',
    },
    mend: {
      vi: 'một khoảng mang sai lần hẹn, hoặc hạn trả bị sửa: đối chiếu số lần hẹn và hạn với phiếu 01',
      en: 'an interval has the wrong round, or the due date was changed: compare both with form 01',
    },
  },
  uncounted: {
    says: {
      vi: 'thời gian không tính (ngày nhận, chờ người nộp, hạn tạm dừng) bị tính cho người giữ',
      en: 'time that does not count (day of receipt, the applicant’s, the clock standing still) is counted to a holder',
    },
    mend: {
      vi: 'báo cho người bảo trì hệ thống kèm mã hồ sơ: đây là lỗi tính toán',
      en: 'tell those who maintain the product, with the dossier’s code: this is a fault of the arithmetic',
    },
  },
  side: {
    says: {
      vi: 'cơ quan được lấy ý kiến không có đúng một khoảng song song từ lúc gửi đến lúc trả lời hoặc hết hạn',
      en: 'a consulted body has not exactly one side interval from sending to answer or silence',
    },
    mend: {
      vi: 'mốc đúng nằm ở phần Lấy ý kiến của hồ sơ: khôi phục khoảng từ bản sao lưu',
      en: 'the right instants stand under the dossier’s consultations: restore the interval from a backup',
    },
  },
  inside: {
    says: {
      vi: 'khoảng song song nằm ngoài đời của hồ sơ',
      en: 'a side interval lies outside the dossier’s life',
    },
    mend: {
      vi: 'đối chiếu với thời điểm nộp và trả kết quả; khôi phục từ bản sao lưu',
      en: 'compare it with filing and return; restore it from a backup',
    },
  },
} satisfies Record<string, { says: Text; mend: Text }>

export type Invariant = keyof typeof invariants

/** A dossier whose ledger breaks one invariant, and where. */
export type LedgerBreach = {
  dossierId: string
  code: string
  invariant: Invariant
  /** Null where it is the dossier as a whole. */
  interval: { track: 'accountable' | 'side'; seq: number; step: string; from: Date; to: Date | null } | null
  detail: Text
}
