import type { Server } from 'node:http'

const GRACE_MS = 2_000
const LOOK_MS = 20

/**
 * Takes no more connections; answers in hand are finished, and what is still open after two seconds of machine time is
 * cut. A connection whose answer was on its way becomes idle only after it, so that it is looked for until all are gone.
 */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), LOOK_MS)
    const late = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
