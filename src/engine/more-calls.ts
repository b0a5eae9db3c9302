import { fileURLToPath } from 'node:url'
import { loadSync, type MethodDefinition } from '@grpc/proto-loader'

/** zeebe-node's channel: calls go over the connection, and with the credentials, that it has already. */
type Channel = {
  makeUnaryRequest(
    path: string,
    serialize: (request: object) => Buffer,
    deserialize: (bytes: Buffer) => object,
    request: object,
    done: (error: unknown, answer?: object) => void,
  ): unknown
}

export type MoreCalls = Record<'migrateProcessInstanceSync' | 'deleteResourceSync', Call>
type Call = (request: object) => Promise<unknown>
type Method = MethodDefinition<object, object>

const proto = loadSync(fileURLToPath(new URL('./more.proto', import.meta.url)), { longs: String })
const service = proto['gateway_protocol.Gateway'] as Record<string, Method>

/** Calls that 8.5's gateway knows and the client's definition does not, named and answering as the client's own. Keys are text. */
export function moreCalls(channel: Channel): MoreCalls {
  const callOf =
    (name: string): Call =>
    (request) =>
      new Promise((resolve, reject) => {
        const { path, requestSerialize, responseDeserialize } = service[name]!
        channel.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, answer) =>
          error ? reject(error) : resolve(answer),
        )
      })
  return {
    migrateProcessInstanceSync: callOf('MigrateProcessInstance'),
    deleteResourceSync: callOf('DeleteResource'),
  }
}
