import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type Link = {
  port: number
  /** From now on what goes this way is lost, while the connection itself stays open. */
  lose(way: 'there' | 'back'): void
  /** Bytes lost so far. */
  lost: { there: number; back: number }
  /** Breaks all connections; new ones lose nothing. */
  renew(): void
  close(): Promise<void>
}

/** A network path that loses what goes one way: the half-open connection that a crash of a switch leaves. */
export async function linkTo(target: number, port = 0): Promise<Link> {
  const sockets = new Set<Socket>()
  const losing = { there: false, back: false }
  const lost = { there: 0, back: 0 }
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    pass(near, far, 'there')
    pass(far, near, 'back')
  })

  function pass(from: Socket, to: Socket, way: 'there' | 'back'): void {
    sockets.add(from)
    from.on('data', (chunk) => {
      if (losing[way]) lost[way] += chunk.length
      else to.write(chunk)
    })
    from.on('error', () => to.destroy())
    from.on('close', () => sockets.delete(from) && to.destroy())
  }

  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  )
  const renew = () => {
    losing.there = false
    losing.back = false
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    lose: (way) => {
      losing[way] = true
    },
    lost,
    renew,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        renew()
      }),
  }
}
