import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import { latestChecks } from '../counter/filing.ts'
import { defineWorker } from '../engine/index.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { missingPapers, validateForm } from '../procedures/form.ts'
import { publishedVersion } from '../procedures/version.ts'
import { Dossier } from './entity.ts'

const input = z.object({ dossierId: z.uuid() })
const nothing = z.object({})

/**
 * Looks over form and papers again as the record has them, and leaves what it found for the clerk. It refuses nothing:
 * receiving or refusing is a person's act.
 */
export const dossierValidate = defineWorker({
  type: 'dossier.validate',
  input,
  output: nothing,
  run: async (tx, job) => {
    const em = asSystem(tx.em, 'dossier.validate')
    const dossier = await em.findOneOrFail(Dossier, { id: job.variables.dossierId })
    const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
    const papers = await tx.sql<{ paper_key: string }>(
      'select distinct paper_key from document where dossier_id = $1',
      [dossier.id],
    )
    // Seen at the counter or taken as the original: there is no file, and none is missing.
    const seen = (await latestChecks(tx, dossier.id)).filter((line) => line.state !== 'missing')
    const faults = validateForm(version, dossier.formData).map(({ field, message }) => ({
      vi: `Biểu mẫu, mục ${field}: ${message.vi}`,
      en: `Form, ${field}: ${message.en}`,
    }))
    const missing = missingPapers(version.definition, {
      case: dossier.caseKey,
      channel: dossier.channel,
      papers: [...papers, ...seen].map((row) => row.paper_key),
    }).map((paper) => ({ vi: `Thiếu ${paper.name.vi}`, en: `Missing ${paper.name.en ?? paper.name.vi}` }))
    dossier.findings = [...faults, ...missing]
    await em.flush()
    return {}
  },
})

/** The result is at the one-stop: the applicant is told, and that early when it is early (NĐ 61/2018 art. 20.4). */
export const resultPublish = defineWorker({
  type: 'result.publish',
  input,
  output: nothing,
  run: async (tx, job) => {
    await notifyApplicant(tx, {
      key: `result/${job.subjectId}/${job.visit}`,
      dossierId: job.variables.dossierId,
      template: 'result-ready',
    })
    return {}
  },
})
