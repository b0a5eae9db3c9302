import { z } from 'zod'

/** How an officer words a result: by a template of the procedure, its free parts as edited; or a PDF made elsewhere. */
export const ResultChoice = z.union([
  z.strictObject({
    template: z.string().max(80),
    parts: z.record(z.string().max(80), z.string().trim().max(8000)).default({}),
  }),
  z.strictObject({ uploadId: z.uuid(), title: z.string().trim().min(1).max(300) }),
])
export type ResultChoice = z.infer<typeof ResultChoice>
