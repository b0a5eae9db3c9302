import { z } from 'zod'
import { defineWorker, JobIncident } from '../engine/index.ts'
import { notifyApplicant } from './notify.ts'
import { MissingFact } from './render.ts'
import { isTemplate, templates } from './templates.ts'

/**
 * "Gửi thông báo": tells the applicant. The diagram's task names the text in its header `template`; a name nobody
 * knows, or a text that asks for what the dossier does not say yet, is an incident for whoever drew it.
 */
export const notifySend = defineWorker({
  type: 'notify.send',
  input: z.object({ dossierId: z.uuid() }),
  output: z.object({}),
  run: async (tx, job) => {
    const template = job.headers.template ?? ''
    if (!isTemplate(template))
      throw new JobIncident(
        `no message template "${template}"; there are: ${Object.keys(templates).join(', ')}`,
      )
    const key = `${job.subjectId}/${job.elementId}/${job.visit}`
    try {
      await notifyApplicant(tx, { key, dossierId: job.variables.dossierId, template })
    } catch (error) {
      if (error instanceof MissingFact) throw new JobIncident(`message "${template}": ${error.message}`)
      throw error
    }
    return {}
  },
})
