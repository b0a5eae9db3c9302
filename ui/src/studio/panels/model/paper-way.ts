import { getIn, isRecord, type Loose } from './loose.ts'

/** How a paper comes to the file: what citizen, officer and analyst all read. */
export const WAYS = ['required', 'where', 'shown', 'lookUp'] as const
export type Way = (typeof WAYS)[number]

export const wayOf = (paper: unknown): Way => {
  if (isRecord(getIn(paper, ['lookUp']))) return 'lookUp'
  if (getIn(paper, ['presentOnly']) === true) return 'shown'
  return isRecord(getIn(paper, ['requiredFor'])) ? 'required' : 'where'
}

/** A paper that comes to the file another way; what the other ways knew of it goes. */
export const broughtBy = (paper: Loose, way: Way, everywhere: Loose, exchange: string): Loose => {
  const { lookUp, ...rest } = paper
  const required = isRecord(paper.requiredFor) ? paper.requiredFor : everywhere
  if (way !== 'lookUp')
    return {
      ...rest,
      presentOnly: way === 'shown',
      requiredFor: way === 'where' ? null : required,
    }
  return {
    ...rest,
    presentOnly: false,
    requiredFor: null,
    lookUp: lookUp ?? { exchange, basis: { text: '', source: '', verified: false } },
  }
}
