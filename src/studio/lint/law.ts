import type { Facts, Law } from './facts.ts'
import type { StudioFault } from './fault.ts'
import { bases } from './law/basis.ts'
import { examples } from './law/examples.ts'
import { files } from './law/files.ts'
import { forms } from './law/form.ts'
import { keywords } from './law/keywords.ts'
import { limits } from './law/limits.ts'
import { mappings } from './law/mappings.ts'
import { readOnly } from './law/read-only.ts'
import { receivers, roles } from './law/receivers.ts'
import { results } from './law/results.ts'
import { routing } from './law/routing.ts'
import { silence } from './law/silence.ts'
import { watch } from './law/watch.ts'

const LAWS: Law[] = [
  files,
  receivers,
  roles,
  results,
  watch,
  mappings,
  limits,
  silence,
  bases,
  forms,
  keywords,
  readOnly,
  routing,
  examples,
]

/** Every rule that looks at the procedure as a whole. */
export const lawFaults = (facts: Facts): StudioFault[] => LAWS.flatMap((law) => law(facts))
