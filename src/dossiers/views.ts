import type { z } from 'zod'
import type { Calendar } from '../calendar/calendar.ts'
import { remainingText } from '../calendar/format.ts'
import type { Consultation } from '../consultations/entity.ts'
import type { Tx } from '../database/transaction.ts'
import type { DeadlineClock } from '../deadlines/entity.ts'
import type { Letter } from '../letters/entity.ts'
import type { Text } from '../text.ts'
import type { SupplementRequest } from './entity.ts'
import type { ClockView, ConsultationView, LetterView, SupplementView } from './schemas.ts'

const iso = (instant: Date | null | undefined): string | null => instant?.toISOString() ?? null

/** A clock as people see it at `now`; what is left is in the working time of `calendar`. */
export function clockView(clock: DeadlineClock, calendar: Calendar, now: Date): z.input<typeof ClockView> {
  const due = clock.reappointedDueAt ?? clock.dueAt
  const running = !clock.endedAt && !clock.stoppedAt
  const minutes = running ? calendar.workingMinutesBetween(now, due) : null
  return {
    id: clock.id,
    kind: clock.kind,
    round: clock.round,
    mode: clock.mode,
    startedAt: clock.startedAt.toISOString(),
    dueAt: clock.dueAt.toISOString(),
    legalDueAt: clock.legalDueAt.toISOString(),
    reappointedDueAt: iso(clock.reappointedDueAt),
    warnAt: iso(clock.warnAt),
    apologyBy: iso(clock.apologyBy),
    stoppedAt: iso(clock.stoppedAt),
    endedAt: iso(clock.endedAt),
    provisional: clock.provisional,
    remainingMinutes: minutes,
    remaining: remainingText(minutes, calendar),
    proof: clock.proof,
  }
}

export const letterView = (letter: Letter, signedBy: string | null): z.input<typeof LetterView> => ({
  id: letter.id,
  kind: letter.kind,
  title: { vi: letter.form.title },
  formNumber: letter.form.number ?? '',
  state: letter.state,
  numberText: letter.numberText ?? null,
  reason: letter.reason,
  newDueAt: iso(letter.newDueAt),
  draftedAt: letter.draftedAt.toISOString(),
  initialledAt: iso(letter.initialledAt),
  signedAt: iso(letter.signedAt),
  signedBy,
  issuedAt: iso(letter.issuedAt),
  deliveredAt: iso(letter.deliveredAt),
  hasFile: letter.fileSha256 !== null && letter.fileSha256 !== undefined,
})

export const supplementViews = (requests: SupplementRequest[]): z.input<typeof SupplementView>[] =>
  requests.map((request) => ({
    id: request.id,
    round: request.round,
    stage: request.stage,
    items: request.items,
    sentAt: iso(request.sentAt),
    waitUntil: iso(request.waitUntil),
    outcome: request.outcome ?? null,
    submittedAt: iso(request.submittedAt),
    receivedAt: iso(request.receivedAt),
  }))

/** Consultations with the agencies asked, and whether their limit fits into the dossier's (rules 6). */
export async function consultationViews(
  tx: Tx,
  rows: Consultation[],
): Promise<z.input<typeof ConsultationView>[]> {
  const agencies = await tx.sql<{ id: string; code: string; name: Text }>(
    'select id, code, name from agency where id = any($1)',
    [rows.map((row) => row.agencyId)],
  )
  return rows.map((row) => {
    const agency = agencies.find((one) => one.id === row.agencyId)
    return {
      id: row.id,
      batch: row.batch,
      agency: { id: row.agencyId, code: agency?.code ?? '', name: agency?.name ?? { vi: '' } },
      question: row.question,
      sentAt: iso(row.sentAt),
      dueAt: iso(row.dueAt),
      onSilence: row.onSilence,
      silenceBasis: row.silenceBasis,
      conflictsWithDue: row.conflictsWithDue,
      outcome: row.outcome ?? null,
      answer: row.answer,
      answeredAt: iso(row.answeredAt),
      late: row.late,
    }
  })
}
