import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename } from 'node:path'

const listen = (host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })

/** Whether nobody listens on the port. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  try {
    await listen(host, port)
    return true
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EADDRINUSE' || code === 'EACCES') return false
    throw error
  }
}

/** A port of the system's choice. Another process can take it before we do: bind it soon. */
export const freePort = (host = '127.0.0.1'): Promise<number> => listen(host, 0)

/**
 * As many different free ports as asked for: all are held open until the last is known, because the system
 * may hand out a closed one again.
 */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve)),
    ),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/**
 * The port to serve on: the wanted one, or the first free one from `from`.
 * @throws when the wanted one is taken, naming the process that holds it where the system tells.
 */
export async function choosePort(wanted: number | undefined, host: string, from = 8080): Promise<number> {
  if (wanted !== undefined) {
    if (wanted === 0 || (await isFree(wanted, host))) return wanted
    throw new Error(`Port ${wanted} is taken${holder(wanted)}: stop it, or set PORT to another number.`)
  }
  for (let port = from; port < from + 100; port++) if (await isFree(port, host)) return port
  throw new Error(`No free port between ${from} and ${from + 99}: set PORT to a free one.`)
}

/** " by <command> (process <pid>)" or "" when the system does not show it (another user's process, no /proc). */
function holder(port: number): string {
  try {
    const hex = port.toString(16).toUpperCase().padStart(4, '0')
    const inodes = new Set(
      ['/proc/net/tcp', '/proc/net/tcp6']
        .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
        .map((line) => line.trim().split(/\s+/))
        // Column 1 is the local address, column 3 the state (0A: listening), column 9 the socket.
        .filter((columns) => columns[1]?.endsWith(`:${hex}`) && columns[3] === '0A')
        .map((columns) => `socket:[${columns[9]}]`),
    )
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (socketsOf(pid).some((socket) => inodes.has(socket))) {
        return ` by ${programOf(pid)} (process ${pid})`
      }
    }
  } catch {
    // No /proc on this system: the number alone must do.
  }
  return ''
}

/** Of the command line: Linux's own short name of a process is its first thread's, and Node calls that "MainThread". */
function programOf(pid: string): string {
  const [command = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  return basename(command.split(' ')[0] ?? '') || readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
}

function socketsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`)
      } catch {
        return ''
      }
    })
  } catch {
    return []
  }
}
