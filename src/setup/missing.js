/** Something a person has to install or free: its message is one sentence that says what to do. */
export function missing(sentence) {
  return Object.assign(new Error(sentence), { code: 'MISSING' })
}

export const isMissing = (error) => error instanceof Error && error.code === 'MISSING'
