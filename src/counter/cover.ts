import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { contentOf, frameOf, officeHead } from '../letters/compose.ts'
import { formFor } from '../letters/form-rules.ts'
import { renderCover } from '../letters/forms/cover.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Services } from '../services.ts'
import type { Text } from '../text.ts'
import { latestChecks } from './filing.ts'
import { checkWords } from './receipt.ts'

/** The cover of a dossier as it stands now (bìa hồ sơ): printed again whenever it is worn out, kept nowhere. */
export async function coverPdf(
  tx: Tx,
  services: Pick<Services, 'settings'>,
  dossier: Dossier,
): Promise<Buffer> {
  const frame = await frameOf(tx, dossier, 'counter')
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const checks = new Map((await latestChecks(tx, dossier.id)).map((line) => [line.paper_key, line]))
  const filed = await tx.sql<{ paper_key: string; n: number }>(
    'select paper_key, count(*)::int as n from document where dossier_id = $1 group by paper_key',
    [dossier.id],
  )
  const [more] = await tx.sql<{ unit: Text; agency: Text; agent: string | null }>(
    `select u.name as unit, a.name as agency, f.representative->>'fullName' as agent
       from dossier d join unit u on u.id = d.unit_id join agency a on a.id = u.agency_id
       left join counter_filing f on f.dossier_id = d.id where d.id = $1`,
    [dossier.id],
  )
  const day = legalDay(tx.at)
  return renderCover(
    {
      head: { ...officeHead(frame), issuedOn: day, unnumbered: true },
      dossier: frame.dossier,
      office: frame.office,
      applicant: frame.applicant,
      ...(more?.agent ? { agentName: more.agent } : {}),
      content: await contentOf(tx, dossier),
      filedAt: dossier.filedAt.toISOString(),
      receivedAt: dossier.receivedAt?.toISOString() ?? null,
      dueAt: dossier.dueAt?.toISOString() ?? null,
      unit: more ? `${more.unit.vi}, ${more.agency.vi}` : '',
      papers: definition.papers.flatMap((paper) => {
        const line = checks.get(paper.key)
        const files = filed.find((row) => row.paper_key === paper.key)?.n ?? 0
        if (!line && files === 0) return []
        return [
          {
            name: paper.name.vi,
            pages: line && line.state !== 'missing' ? line.pages : null,
            what: line ? checkWords(line) : `Tệp điện tử: ${files}`,
          },
        ]
      }),
    },
    {
      rule: formFor('cover', { receivedOn: null, issuedOn: day }),
      status: 'unsigned-electronic',
      lookupUrl: `${services.settings.publicUrl}/tra-cuu/${encodeURIComponent(dossier.code)}`,
      demo: services.settings.demo,
    },
  )
}
