import { invalidField } from '../http/invalid.ts'
import type { Act, Keeper } from '../tasks/act.ts'
import { frameOf, type LetterFrame, officeHead, officerOf } from './compose.ts'
import { checkKey, checkSigned, signDigitally } from './digital.ts'
import type { Letter } from './entity.ts'
import {
  checkLetterData,
  deliverLetter,
  draftLetter,
  initialLetter,
  numberLetter,
  signLetter,
} from './issue.ts'
import { bookYear, checkOpen } from './series.ts'
import type { Officer } from './shapes.ts'
import { signingPosts } from './signer.ts'

/** Which letter an act is about. */
type Find = (act: Act) => Promise<Letter>

/** Ký nháy by the head of unit. */
export const initialling = (find: Find): Keeper => ({
  async keep(act) {
    initialLetter(await find(act), act.by, act.at)
    return undefined
  },
})

/** Ký: as head, or KT./TL./TUQ. while the decision is valid; checked when the person signs. */
export const signing = (find: Find): Keeper => ({
  async check(act) {
    const letter = await find(act)
    checkLetterData(letter.template, { ...letter.data, signer: await signerOf(act, letter) })
    await checkKey(act.tx, act.services, { kind: 'person', id: act.by })
  },
  async keep(act) {
    const letter = await find(act)
    signLetter(letter, await signerOf(act, letter), act.by, act.at, await initialsOf(act, letter))
    await signDigitally(act.tx, act.services, letter, act.dossier)
    return undefined
  },
})

/** Who initialled a letter, and in whose place: the decision of that minute says so. */
async function initialsOf({ tx, dossier }: Act, letter: Letter): Promise<Officer | null> {
  if (!letter.initialledBy) return null
  const [decision] = await tx.sql<{ in_place_of: string | null }>(
    `select in_place_of from decision
      where dossier_id = $1 and actor_id = $2 and acted_at = $3 and state = 'released' and in_place_of is not null limit 1`,
    [dossier.id, letter.initialledBy, letter.initialledAt],
  )
  return officerOf(tx, { actorId: letter.initialledBy, inPlaceOf: decision?.in_place_of })
}

/** Số, dấu by văn thư: the number of the agency's book, and the file for ever. */
export const numbering = (find: Find): Keeper => ({
  async check(act) {
    const letter = await find(act)
    await checkSigned(act.tx, letter)
    await checkOpen(act.tx, letter.agencyId, bookYear(act.at))
    if (letter.signedFileSha256) await checkKey(act.tx, act.services, { kind: 'agency', id: letter.agencyId })
  },
  async keep(act) {
    const letter = await find(act)
    const frame = await frameOf(act.tx, act.dossier, letter.kind === 'result' ? 'deciding' : 'lead')
    await numberLetter(act.tx, act.services, letter, act.dossier, frame.agencyShort, act.by)
    return undefined
  },
})

/** The capacity chosen, or the only one there is. 422 when the person may not sign on that day. */
async function signerOf(act: Act, { agencyId }: Pick<Letter, 'agencyId'>) {
  const posts = await signingPosts(act.tx, act.by, agencyId)
  const wanted = act.data.postId as string | undefined
  const post = wanted ? posts.find((one) => one.postId === wanted) : posts[0]
  if (!post)
    throw invalidField(
      'data.postId',
      'Bạn không có quyền ký cho cơ quan này vào hôm nay: chọn tư cách ký còn hiệu lực.',
      'You may not sign for this agency today: choose a capacity that is in force.',
    )
  return post.signer
}

export type CounterLetter = {
  kind: 'receipt' | 'supplement' | 'refusal' | 'result'
  reason?: string
  data: Record<string, unknown>
}

/**
 * A letter that a clerk of the one-stop draws up, numbers and hands over in one act: forms 01, 02 and 03, and what came of
 * a group. Head, office,
 * applicant and dossier are filled in here.
 */
export async function issueAtCounter(
  act: Pick<Act, 'tx' | 'services' | 'dossier' | 'by'>,
  { kind, reason, data }: CounterLetter,
): Promise<Letter> {
  const { tx, dossier, by } = act
  const frame = await frameOf(tx, dossier, 'counter')
  const letter = await draftLetter(tx, dossier, {
    agencyId: frame.agencyId,
    kind,
    template: templateOf(kind),
    by,
    ...(reason === undefined ? {} : { reason }),
    data: counterData(frame, data),
  })
  await numberLetter(tx, act.services, letter, dossier, frame.officeShort, by)
  deliverLetter(tx, letter, by)
  await tx.em.flush()
  return letter
}

/** Refuses an act whose letter could not be printed while the person is still there to mend it. */
export const checkAtCounter = async (act: Act, { kind, data }: CounterLetter): Promise<void> => {
  const frame = await frameOf(act.tx, act.dossier, 'counter')
  checkLetterData(templateOf(kind), counterData(frame, data), 'known')
  await checkOpen(act.tx, frame.agencyId, bookYear(act.at))
  await checkKey(act.tx, act.services, { kind: 'person', id: act.by })
}

/** What the counter draws up as a result is what came of a group; the others are printed by the form of their name. */
const templateOf = (kind: CounterLetter['kind']) => (kind === 'result' ? 'group' : kind)

const counterData = (frame: LetterFrame, data: Record<string, unknown>) => ({
  head: officeHead(frame),
  dossier: frame.dossier,
  office: frame.office,
  applicant: frame.applicant,
  ...data,
})

/** Nothing leaves while a signature that was asked for has not come. */
export const whenSigned = (find: Find, { check, keep }: Keeper): Keeper => ({
  async check(act) {
    await checkSigned(act.tx, await find(act))
    await check?.(act)
  },
  keep,
})

/** The letter's file, to go with a message. */
export const attached = (letter: Letter) =>
  letter.fileSha256
    ? [{ sha256: letter.fileSha256, fileName: `${letter.kind}.pdf`, mediaType: 'application/pdf' }]
    : []
