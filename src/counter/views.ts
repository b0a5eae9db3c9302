import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import type { Sight } from '../personal/sight.ts'
import type { Text } from '../text.ts'
import { latestChecks } from './filing.ts'
import type { CollectionView, CounterFilingView, PaperCheckView, Representative } from './schemas.ts'

type FilingRow = {
  clerk: string
  consent: 'spoken' | 'signed'
  consent_by: 'applicant' | 'representative'
  consent_at: Date
  representative: Representative | null
  guided_at: Date | null
}

/** How a dossier came over the counter; null for one filed online. */
export async function counterFilingView(
  tx: Tx,
  dossierId: string,
  sight: Sight,
): Promise<z.input<typeof CounterFilingView> | null> {
  const [row] = await tx.sql<FilingRow>(
    `select p.full_name as clerk, f.consent, f.consent_by, f.consent_at, f.representative, f.guided_at
       from counter_filing f join person p on p.id = f.clerk_id where f.dossier_id = $1`,
    [dossierId],
  )
  if (!row) return null
  return {
    clerk: row.clerk,
    consent: row.consent,
    consentBy: row.consent_by,
    consentAt: row.consent_at.toISOString(),
    representative: row.representative && {
      ...row.representative,
      identityNo: sight.value('number', row.representative.identityNo),
      phone: sight.value('phone', row.representative.phone),
    },
    guidedAt: row.guided_at?.toISOString() ?? null,
  }
}

type PaperRule = { key: string; name: Text; requiredFor: { cases: string[] } | null }

/** The scan checklist in the order of the procedure's papers. */
export async function paperCheckViews(
  tx: Tx,
  dossier: { id: string; caseKey: string },
  papers: readonly PaperRule[],
): Promise<z.input<typeof PaperCheckView>[]> {
  const lines = new Map((await latestChecks(tx, dossier.id)).map((line) => [line.paper_key, line]))
  return papers.flatMap((paper) => {
    const line = lines.get(paper.key)
    if (!line) return []
    return [
      {
        round: line.round,
        paperKey: paper.key,
        name: paper.name,
        required: paper.requiredFor?.cases.includes(dossier.caseKey) ?? false,
        state: line.state,
        pages: line.pages,
        kept: line.kept,
        note: line.note,
        by: line.by,
        at: line.checked_at.toISOString(),
      },
    ]
  })
}

export async function collectionView(
  tx: Tx,
  dossierId: string,
  sight: Sight,
): Promise<z.input<typeof CollectionView> | null> {
  const [row] = await tx.sql<{
    collector: 'applicant' | 'authorised'
    full_name: string
    identity_paper: string
    identity_no: string
    authorisation: string
    signed: 'paper' | 'screen'
    clerk: string
    collected_at: Date
  }>(
    `select c.collector, c.full_name, c.identity_paper, c.identity_no, c.authorisation, c.signed, p.full_name as clerk, c.collected_at
       from collection c join person p on p.id = c.clerk_id where c.dossier_id = $1`,
    [dossierId],
  )
  return row
    ? {
        collector: row.collector,
        fullName: row.full_name,
        identityPaper: row.identity_paper,
        identityNo: sight.value('number', row.identity_no),
        authorisation: row.authorisation,
        signed: row.signed,
        clerk: row.clerk,
        at: row.collected_at.toISOString(),
      }
    : null
}
