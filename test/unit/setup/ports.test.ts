import { createServer, type Server } from 'node:net'
import { basename } from 'node:path'
import { choosePort, freePorts, isFree } from '../../../src/setup/ports.ts'

let server: Server
let taken: number
beforeEach(async () => {
  server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  taken = (server.address() as { port: number }).port
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

test('a wanted port that is taken is refused, with the name of who holds it', async () => {
  await expect(choosePort(taken, '127.0.0.1')).rejects.toThrow(`Port ${taken} is taken`)
  if (process.platform === 'linux') {
    await expect(choosePort(taken, '127.0.0.1')).rejects.toThrow(
      `${basename(process.execPath)} (process ${process.pid})`,
    )
  }
})

test('without a wish the first free port is taken', async () => {
  const chosen = await choosePort(undefined, '127.0.0.1', taken)
  expect(chosen).toBeGreaterThan(taken)
  expect(await isFree(chosen)).toBe(true)
  expect(await isFree(taken)).toBe(false)
})

test('ports asked for together differ', async () => {
  expect(new Set(await freePorts(20)).size).toBe(20)
})
