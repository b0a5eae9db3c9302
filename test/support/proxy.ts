import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type DatabaseProxy = {
  port: number
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

/** A connection that can be cut: what a stopped PostgreSQL looks like from here. */
export async function proxyTo(target: number): Promise<DatabaseProxy> {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => sockets.delete(one) && other.destroy())
      one.pipe(other)
    }
  })
  const open = (port: number) =>
    new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  await open(0)
  const { port } = server.address() as AddressInfo
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { port, cut, mend: () => open(port), close: cut }
}
