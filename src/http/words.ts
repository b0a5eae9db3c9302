import { z } from 'zod'
import { clean } from '../text.ts'

/** What a person writes into a field, cleaned before it is measured: what nobody can see is not an answer. */
export const words = (max: number) => z.string().overwrite(clean).max(max)
