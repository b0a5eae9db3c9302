type Offered = { formData: Record<string, unknown>; proposed: string[] }

/** The draft with what the record proposes put into empty questions, once: whoever empties one again has said so. */
export const withProposals = <T extends Offered>(draft: T, proposals: Record<string, string>): T => {
  const fresh = Object.entries(proposals).filter(([field]) => !draft.proposed.includes(field))
  if (fresh.length === 0) return draft
  const empty = fresh.filter(([field]) => (draft.formData[field] ?? '') === '')
  return {
    ...draft,
    formData: { ...draft.formData, ...Object.fromEntries(empty) },
    proposed: [...draft.proposed, ...fresh.map(([field]) => field)],
  }
}
