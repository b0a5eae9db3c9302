/** Where a dossier stands; from `done` on it has its result or has ended. */
export const DOSSIER_STATES = [
  'filed',
  'processing',
  'waiting-supplement',
  'done',
  'returned',
  'refused',
  'closed',
  'withdrawn',
] as const
