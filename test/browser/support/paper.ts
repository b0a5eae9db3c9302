import { fileURLToPath } from 'node:url'

/** A scan to be uploaded. */
export const PAPER = fileURLToPath(new URL('../../walk/paper.pdf', import.meta.url))
