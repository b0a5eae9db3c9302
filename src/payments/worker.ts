import { z } from 'zod'
import { defineWorker } from '../engine/index.ts'

/** "Tính phí": whether the dossier owes a fee. Filing has made the debt; the diagram asks for it. */
export const feeCalculate = defineWorker({
  type: 'fee.calculate',
  input: z.object({ dossierId: z.uuid() }),
  output: z.object({ outcome: z.enum(['due', 'none']) }),
  run: async (tx, job) => {
    const [fee] = await tx.sql('select from fee_due where dossier_id = $1', [job.variables.dossierId])
    return { outcome: fee ? ('due' as const) : ('none' as const) }
  },
})
