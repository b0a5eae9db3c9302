/** Answers of the engine that the same command may outlive: nobody there, overloaded, or no answer in time. */
const RETRYABLE = new Set(['UNAVAILABLE', 'RESOURCE_EXHAUSTED', 'DEADLINE_EXCEEDED'])

/**
 * What the engine said to a command. `code` is the gRPC status by name; answers of the REST port are translated to it.
 * Not retryable means that the same command will get the same answer until something else changes.
 */
export class EngineError extends Error {
  override name = 'EngineError'
  readonly code: string
  readonly retryable: boolean

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.retryable = RETRYABLE.has(code)
  }
}

/** gRPC status numbers, which the client's errors carry. */
const GRPC_CODES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
]

const HTTP_CODES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'FAILED_PRECONDITION',
  429: 'RESOURCE_EXHAUSTED',
  504: 'DEADLINE_EXCEEDED',
}

export const fromHttp = (status: number, detail: string): EngineError =>
  // A server error says nothing about the command, so it may be tried again.
  new EngineError(HTTP_CODES[status] ?? (status >= 500 ? 'UNAVAILABLE' : 'UNKNOWN'), detail)

type GrpcFailure = { code?: unknown; details?: unknown; message?: unknown }

/**
 * A connection that is cut off under a call ends it so (by something between us and the gateway that takes connections
 * while that is away, too). We never cancel a command ourselves.
 */
const cutOff = (code: number, text: string): boolean => code === 1 || (code === 13 && /RST_STREAM/.test(text))

/** Any failure of a call as an EngineError; a connection refused or cut off is UNAVAILABLE. */
export function fromFailure(error: unknown): EngineError {
  if (error instanceof EngineError) return error
  const { code, details, message } = (error ?? {}) as GrpcFailure
  const text = String(details || message || error)
  if (typeof code === 'number') {
    const name = cutOff(code, text) ? 'UNAVAILABLE' : (GRPC_CODES[code] ?? 'UNKNOWN')
    return new EngineError(name, text, { cause: error })
  }
  const timedOut = error instanceof Error && error.name === 'TimeoutError'
  return new EngineError(timedOut ? 'DEADLINE_EXCEEDED' : 'UNAVAILABLE', text, { cause: error })
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
