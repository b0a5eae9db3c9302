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
]
