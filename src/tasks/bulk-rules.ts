import { asSystem } from '../access/filter.ts'
import type { Tx } from '../database/transaction.ts'
import { Dossier } from '../dossiers/entity.ts'
import { notFound, type Problem, unprocessable, type Words } from '../http/problem.ts'
import type { Letter } from '../letters/entity.ts'
import type { NEVER } from './desk-schemas.ts'
import { type TaskRow, taskRow } from './read-model.ts'

type Never = (typeof NEVER)[number]

/** What needs a person's eye on each dossier, and why no list may do it (ux: never in bulk). */
const WHY: Record<Never, Words> = {
  supplement: {
    vi: 'Yêu cầu bổ sung không làm hàng loạt được: mỗi hồ sơ chỉ được yêu cầu một lần, đủ mọi mục với lý do và căn cứ riêng. Hãy mở từng hồ sơ.',
    en: 'A request for supplements is never made in bulk: each dossier is asked once, with every item, its reason and its basis. Open each dossier.',
  },
  refuse: {
    vi: 'Từ chối không làm hàng loạt được: mỗi người nộp phải được biết lý do của riêng hồ sơ mình. Hãy mở từng hồ sơ.',
    en: 'A refusal is never made in bulk: each applicant is told the reason of their own dossier. Open each dossier.',
  },
  reappoint: {
    vi: 'Hẹn lại không làm hàng loạt được: mỗi hồ sơ chỉ được hẹn lại một lần, với nguyên nhân và ngày của riêng nó. Hãy mở từng hồ sơ.',
    en: 'A new date is never given in bulk: each dossier gets one at most, with a cause and a day of its own. Open each dossier.',
  },
  silence: {
    vi: 'Ghi nhận im lặng là đồng ý không làm hàng loạt được: phải xác nhận từng cơ quan đã nhận câu hỏi. Hãy mở từng hồ sơ.',
    en: 'Silence is never taken for consent in bulk: that each body has received the question is confirmed one by one. Open each dossier.',
  },
}

export const neverInBulk = (act: Never): Problem => unprocessable('never-in-bulk', WHY[act])

/** A row of somebody's list. 404 when it is none of theirs. */
export async function taskOfList(tx: Tx, taskId: string): Promise<TaskRow> {
  const row = await taskRow(tx, taskId)
  if (row) return row
  throw notFound({
    vi: 'Không có việc này, hoặc việc thuộc đơn vị khác.',
    en: 'There is no such task, or it belongs to another unit.',
  })
}

const RECEIVING = ['reception', 'supplement-receive']

/** Reception of many: only of what the automatic check found in order. */
export async function mayReceive(tx: Tx, row: TaskRow): Promise<void> {
  if (!RECEIVING.includes(row.form)) throw otherStep(row, { vi: 'tiếp nhận', en: 'reception' })
  const { findings } = await dossierOf(tx, row)
  if (row.form === 'reception' && findings.length > 0)
    throw unprocessable('look-first', {
      vi: `Kiểm tra tự động thấy ${findings.length} điểm cần xem ở hồ sơ này. Hãy mở hồ sơ rồi quyết định.`,
      en: `The automatic check found ${findings.length} points to look at in this dossier. Open it and decide.`,
    })
}

/** Signatures of many: never on a refusal or a new date, and only on the very text that was previewed. */
export async function maySign(
  tx: Tx,
  row: TaskRow,
  letter: Letter | null,
  seen: string,
  now: string,
): Promise<void> {
  if (!row.form.endsWith('-sign') || !letter) throw otherStep(row, { vi: 'ký', en: 'signing' })
  if (letter.kind === 'apology' && letter.newDueAt) throw neverInBulk('reappoint')
  if (
    letter.kind === 'refusal' ||
    (letter.kind === 'result' && (await dossierOf(tx, row)).result === 'denied')
  )
    throw neverInBulk('refuse')
  if (seen === '')
    throw unprocessable('not-previewed', {
      vi: 'Văn bản này chưa được xem. Hãy xem từng văn bản trước khi ký.',
      en: 'This letter has not been previewed. Look at each letter before you sign.',
    })
  if (seen !== now)
    throw unprocessable('changed-since-preview', {
      vi: 'Văn bản đã đổi từ lúc bạn xem. Hãy xem lại rồi ký.',
      en: 'The letter has changed since you looked at it. Look again and sign.',
    })
}

const dossierOf = (tx: Tx, row: TaskRow) =>
  asSystem(tx.em, 'rules of bulk acts').findOneOrFail(Dossier, { id: row.dossier_id })

const otherStep = (row: TaskRow, wanted: Words) =>
  unprocessable('other-step', {
    vi: `Việc này là “${row.name.vi}”, không phải việc ${wanted.vi}. Hãy bỏ chọn hoặc mở hồ sơ để làm.`,
    en: `This task is “${row.name.en ?? row.name.vi}”, not a task of ${wanted.en}. Leave it out, or open the dossier.`,
  })
