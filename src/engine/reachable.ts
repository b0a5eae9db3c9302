import { connect } from 'node:net'

const WITHIN_MS = 1_000

/** Whether somebody listens at `host:port`. */
export const reachable = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const [, host, port] = /^(.*):(\d+)$/.exec(address) ?? []
    const socket = connect({ host: host ?? address, port: Number(port ?? 26500), timeout: WITHIN_MS })
    const answer = (found: boolean) => {
      socket.destroy()
      resolve(found)
    }
    socket.once('connect', () => answer(true))
    socket.once('timeout', () => answer(false))
    socket.once('error', () => answer(false))
  })
