import type { z } from 'zod'
import { fieldErrors } from './messages.ts'
import { type FieldError, type Problem, unprocessable } from './problem.ts'

/** The input is well formed but cannot be accepted: each field with its mend (422). Nothing has changed. */
export const invalid = (errors: FieldError[]): Problem =>
  unprocessable(
    'invalid',
    {
      vi: 'Có mục chưa hợp lệ; hãy sửa các mục được nêu rồi gửi lại.',
      en: 'Something is not valid; correct the fields named and send again.',
    },
    errors,
  )

export const invalidField = (field: string, vi: string, en: string): Problem =>
  invalid([{ field, message: { vi, en } }])

/** A schema's faults as field errors below `prefix`. */
export const invalidFrom = (error: z.ZodError, prefix: string): Problem =>
  invalid(
    fieldErrors(error.issues).map(({ field, message }) => ({
      field: field ? `${prefix}.${field}` : prefix,
      message,
    })),
  )
