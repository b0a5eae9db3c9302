import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'

/**
 * One line per request of the API: method, the route's pattern, status, time. Never the address itself, the query, the
 * body, cookies or the network address: dossier codes, names and search words are personal data.
 */
export const requestLog = (logger: Logger): RequestHandler =>
  pinoHttp({
    logger,
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    customProps: (req, res) => ({
      method: req.method,
      route: (req as Request).route?.path ?? '-',
      status: (res as Response).statusCode,
    }),
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'warn' : 'debug'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
  }) as RequestHandler
