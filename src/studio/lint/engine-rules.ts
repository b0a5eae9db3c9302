import type { Words } from './fault.ts'

/**
 * Why a dossier could not be moved to another version, or rebuilt after a loss: what the broker (Zeebe 8.5) refuses or
 * cannot do. The lint keeps these out of diagrams; the pre-check of a migration asks old and new diagrams for the same.
 */
export const ENGINE_RULES = {
  'no-event': {
    vi: 'Hồ sơ đang chờ ở sự kiện thông điệp, hẹn giờ hay tín hiệu không chuyển được sang phiên bản khác.',
    en: 'A dossier waiting in a message, timer or signal event cannot be migrated.',
  },
  'no-receive-task': {
    vi: 'Hồ sơ đang chờ ở tác vụ nhận không chuyển được sang phiên bản khác.',
    en: 'A dossier waiting in a receive task cannot be migrated.',
  },
  'no-event-gateway': {
    vi: 'Hồ sơ đang chờ ở cổng sự kiện không chuyển được và không dựng lại được sau sự cố.',
    en: 'A dossier waiting at an event-based gateway can be neither migrated nor rebuilt.',
  },
  'no-boundary-event': {
    vi: 'Bước có gắn sự kiện (hẹn giờ, lỗi) không chuyển được; hạn chờ là việc của đồng hồ hồ sơ.',
    en: 'A step with a timer or error boundary cannot be migrated; limits belong to the dossier’s clock.',
  },
  'no-event-subprocess': {
    vi: 'Chỉ cần sơ đồ có quy trình con theo sự kiện là mọi hồ sơ không chuyển được.',
    en: 'An event subprocess anywhere keeps every dossier from being migrated.',
  },
  'no-multi-instance': {
    vi: 'Bước nhiều bản sao không chuyển được và không dựng lại được giữa chừng.',
    en: 'A multi-instance step can be neither migrated nor rebuilt half-way.',
  },
  'no-waiting-join': {
    vi: 'Hồ sơ có nhánh đang đợi ở cổng hợp nhánh không chuyển được; dựng lại thì kẹt ở đó.',
    en: 'A dossier with a branch that waits at a join cannot be migrated; rebuilt, it is stuck there.',
  },
  'no-call-activity': {
    vi: 'Quy trình được gọi luôn là bản mới nhất: hồ sơ cũ sẽ đổi luật giữa đường.',
    en: 'A called process is always the latest: old dossiers would change rules half-way.',
  },
} as const satisfies Record<string, Words>

export type EngineRule = keyof typeof ENGINE_RULES
