import { Problem } from '../../../src/http/problem.ts'

/** What a refused act said: its status, the fields it names, and what it says of them. */
export async function refusal(act: Promise<unknown>) {
  const error = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('the act was accepted')
  const errors = error.extra.errors ?? []
  return {
    status: error.status,
    type: error.type,
    fields: errors.map(({ field }) => field),
    messages: errors.map(({ message }) => message),
    facts: error.extra.facts ?? {},
    words: error.words,
  }
}
