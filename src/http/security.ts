import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { Problem } from './problem.ts'

/**
 * Headers for our own pages. Styles may stand inline (bpmn-js and Mantine write them), fonts and images may be data:
 * (bpmn-js ships its icons so), PDFs are shown from blob:. Scripts come from our own origin only, and none is made at run time.
 */
export const headers = (secure: boolean): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameSrc: ["'self'", 'blob:'],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        // Plain HTTP on a machine of one's own must keep working.
        upgradeInsecureRequests: secure ? [] : null,
      },
    },
    strictTransportSecurity: secure,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  })

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Another site can make a browser send our cookie with a form, but not this header without our leave (CORS). */
export const sameSiteOnly: RequestHandler = (req, _res, next) => {
  if (SAFE.has(req.method) || req.get('x-requested-with') === 'mot-cua') return next()
  next(
    new Problem(403, 'cross-site', {
      vi: 'Yêu cầu thiếu tiêu đề X-Requested-With: mot-cua. Hãy làm lại trên trang của hệ thống.',
      en: 'The header X-Requested-With: mot-cua is missing. Do this on the pages of this system.',
    }),
  )
}
