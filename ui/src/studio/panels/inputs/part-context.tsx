import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { useText } from '../../../app/i18n.ts'
import { type StudioFault, useDraftEditor } from '../../draft/draft-context.tsx'
import { getIn, type Path, setIn } from '../model/loose.ts'
import type { Parts } from '../model/references.ts'

/** The piece of data that the inputs inside edit: a file of the draft, with the faults that name its places. */
type Part = {
  value: unknown
  change(next: unknown): void
  faults: StudioFault[]
  readOnly: boolean
}
const PartContext = createContext<Part | null>(null)

export const usePart = (): Part => {
  const part = useContext(PartContext)
  if (!part) throw new Error('this input stands outside a part of a draft')
  return part
}

export const PartProvider = ({ children, ...part }: Part & { children: ReactNode }) => (
  <PartContext value={part}>{children}</PartContext>
)

// The form, the examples and the templates have files of their own, and so has the routing table.
const isOfDefinition = ({ part, field }: StudioFault) =>
  part !== 'form' && part !== 'examples' && part !== 'routing' && !field?.includes(': ')

/** Faults of one of several files, with the places in it alone. */
export const faultsOfFile = (faults: readonly StudioFault[], name: string): StudioFault[] =>
  faults.flatMap((fault) =>
    fault.field === name || fault.field?.startsWith(`${name}: `)
      ? [{ ...fault, field: fault.field.slice(name.length + 2) }]
      : [],
  )

/** procedure.json of the draft. */
export const DefinitionPart = ({ children }: { children: ReactNode }) => {
  const { source, change, faults, readOnly } = useDraftEditor()
  return (
    <PartProvider
      value={source.definition}
      change={(next) => change({ definition: next as typeof source.definition })}
      faults={faults.filter(isOfDefinition)}
      readOnly={readOnly}
    >
      {children}
    </PartProvider>
  )
}

/** The parts of the draft that name things of each other, and a change of several at once. */
export const useParts = () => {
  const { source, change, readOnly } = useDraftEditor()
  return {
    parts: source as unknown as Parts,
    apply: (changes: Partial<Parts>) => change(changes as Partial<typeof source>),
    readOnly,
  }
}

/** What faults say, one line each. */
export const useFaultWords = () => {
  const text = useText()
  return (faults: readonly StudioFault[]): string | undefined =>
    faults.length === 0 ? undefined : faults.map((fault) => text(fault.message)).join('\n')
}

/** A place of the part's data: what stands there, how to change it, what is wrong with it. `deep`: or within it. */
export const usePlace = (path: Path, deep = false) => {
  const { value, change, faults, readOnly } = usePart()
  const words = useFaultWords()
  const place = path.join('.')
  const within = useMemo(() => faults.filter(({ field }) => field?.startsWith(`${place}.`)), [faults, place])
  const exact = useMemo(() => faults.filter(({ field }) => field === place), [faults, place])
  const said = deep ? [...exact, ...within] : exact
  const isError = ({ severity }: StudioFault) => severity === 'error'
  return {
    value: getIn(value, path),
    set: (next: unknown) => change(setIn(value, path, next)),
    error: words(said.filter(isError)),
    warning: words(said.filter((fault) => !isError(fault))),
    /** How many errors and warnings there are here or within. */
    errors: [...exact, ...within].filter(isError).length,
    warnings: [...exact, ...within].filter((fault) => !isError(fault)).length,
    readOnly,
  }
}
