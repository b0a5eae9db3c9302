import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'

const YEAR_SECONDS = 31_536_000

/**
 * The built user interface. Files under assets/ carry their content's hash in the name and never change; every other
 * address that wants a page gets index.html, because the browser's router knows it.
 */
export function pages(folder: string): RequestHandler {
  const router = Router()
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      maxAge: YEAR_SECONDS * 1000,
      immutable: true,
      fallthrough: false,
    }),
  )
  router.use(express.static(folder, { index: false, maxAge: 0 }))
  router.get('/{*path}', (req, res, next) => {
    const index = join(folder, 'index.html')
    if (!req.accepts('html') || !existsSync(index)) return next()
    res.set('Cache-Control', 'no-cache').sendFile(index)
  })
  return router
}
