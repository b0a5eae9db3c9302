import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { jest } from '@jest/globals'
import { closeServer } from '../../../src/http/close.ts'

it('an answer in hand is finished, and then its kept-alive connection is closed without being cut', async () => {
  let answer: () => void = () => undefined
  const server = createServer((_req, res) => {
    res.write('begun, ')
    answer = () => res.end('finished')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = jest.spyOn(server, 'closeAllConnections')
  const agent = new Agent({ keepAlive: true })
  const asking = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent }).end()
  const [res] = await once(asking, 'response')
  let text = ''
  res.on('data', (part: Buffer) => {
    text += part
  })
  await once(res, 'data')
  const closed = closeServer(server)
  answer()
  await closed
  expect(text).toBe('begun, finished')
  expect(cut).not.toHaveBeenCalled()
  agent.destroy()
})
