import type { Tx } from '../database/transaction.ts'
import { endDossier } from '../dossiers/end.ts'
import { Dossier } from '../dossiers/entity.ts'
import { frameOf, officerOf } from '../letters/compose.ts'
import { Letter } from '../letters/entity.ts'
import { attached, type CounterLetter, checkAtCounter, issueAtCounter } from '../letters/keepers.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Act, Keeper } from '../tasks/act.ts'
import { isStopped } from './stopped.ts'

const OUTCOME: Partial<Record<Dossier['state'], string>> = {
  withdrawn: 'đã dừng theo đề nghị của người nộp',
  closed: 'đã kết thúc vì không bổ sung hồ sơ',
  refused: 'từ chối tiếp nhận',
}

const outcomeOf = ({ state, result }: Dossier): string =>
  OUTCOME[state] ??
  (result === 'granted' ? 'đã giải quyết, có kết quả' : 'không đủ điều kiện, có văn bản từ chối')

/** What came of each part, in the group's order. */
async function partsOf(tx: Tx, group: Dossier) {
  const { definition } = await publishedVersion(tx.sql, group.procedureVersionId)
  const opened = await tx.em.find(Dossier, { parentId: group.id })
  const stopped = await isStopped(tx.sql, group.id)
  return Promise.all(
    definition.children.map(async ({ key, name, agency }) => {
      const part = opened.find(({ childKey }) => childKey === key)
      if (!part)
        return {
          name: name.vi,
          agency: agency.vi,
          outcome: stopped
            ? 'không thực hiện vì người nộp đề nghị dừng'
            : 'không thực hiện vì thủ tục trước không có kết quả',
        }
      const letter = await tx.em.findOne(
        Letter,
        { dossierId: part.id, kind: 'result', state: { $in: ['issued', 'delivered'] } },
        { orderBy: { draftedAt: 'desc' } },
      )
      return {
        name: name.vi,
        agency: (await frameOf(tx, part)).agency,
        code: part.code,
        outcome: outcomeOf(part),
        ...(letter?.numberText && { number: letter.numberText }),
      }
    }),
  )
}

async function composeNotice({ tx, dossier, at, decision }: Act): Promise<CounterLetter> {
  return {
    kind: 'result',
    data: {
      receivedAt: (dossier.receivedAt ?? at).toISOString(),
      parts: await partsOf(tx, dossier),
      receiver: await officerOf(tx, decision),
    },
  }
}

/**
 * The one-stop tells the applicant what came of the whole group, in one numbered sheet; with it the group's dossier ends.
 * The parts' own results are handed over with their own dossiers, as each comes.
 */
export const notice: Keeper = {
  check: async (act) => checkAtCounter(act, await composeNotice(act)),
  async keep(act) {
    const { tx, dossier, at } = act
    const letter = await issueAtCounter(act, await composeNotice(act))
    dossier.returnedAt = at
    await endDossier(tx, dossier, 'returned', at, act.ledgerAct)
    await notifyApplicant(tx, {
      key: `group/${letter.id}`,
      dossierId: dossier.id,
      template: 'group-finished',
      attachments: attached(letter),
    })
    return undefined
  },
}
