import type { Command } from './command.ts'

/** Every command of `mot-cua`, in the order in which `--help` shows them. */
export const commands: Command[] = [
  {
    name: 'deadline explain',
    summary: {
      vi: 'Tính hạn từ JSON, mỗi dòng một câu hỏi; không cần máy chủ hay cơ sở dữ liệu',
      en: 'compute due dates from JSON, one question a line; needs no server or database',
    },
    load: () => import('./deadline-explain.ts'),
  },
  {
    name: 'ledger verify',
    summary: {
      vi: 'Kiểm tra sổ thời gian giữ hồ sơ của mọi hồ sơ',
      en: 'hold the ledger of every dossier against its invariants',
    },
    load: () => import('./ledger-verify.ts'),
  },
  {
    name: 'apologies verify',
    summary: {
      vi: 'Chứng minh mọi hồ sơ trễ có thư xin lỗi, hoặc có phát hiện với lý do và người chịu trách nhiệm',
      en: 'prove that every late dossier has its apology, or a finding with reason and owner',
    },
    load: () => import('./apologies-verify.ts'),
  },
  {
    name: 'audit verify',
    summary: {
      vi: 'Kiểm tra chuỗi nhật ký và nêu dòng sai đầu tiên',
      en: 'walk the audit trail’s chain and name the first broken entry',
    },
    load: () => import('./audit-verify.ts'),
  },
  {
    name: 'procedure export',
    summary: {
      vi: 'Ghi một phiên bản đã ban hành ra thư mục processes/',
      en: 'write a published version to processes/',
    },
    load: () => import('./procedure-export.ts'),
  },
  {
    name: 'second-factor reset',
    summary: {
      vi: 'Gỡ lớp xác thực thứ hai của người mất điện thoại, khi không quản trị viên nào làm được',
      en: 'take away a lost second factor where no administrator can',
    },
    load: () => import('./second-factor-reset.ts'),
  },
]
