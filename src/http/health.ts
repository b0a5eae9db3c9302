import type { RequestHandler } from 'express'
import { register } from 'prom-client'
import { notFound } from './problem.ts'

/** One part of the system, e.g. { postgresql: true, zeebe: false }. */
export type Readiness = Record<string, boolean>

export const live: RequestHandler = (_req, res) => {
  res.json({ status: 'live' })
}

/** 200 when every part answers, 503 with the parts otherwise. */
export const ready =
  (parts: () => Promise<Readiness>): RequestHandler =>
  async (_req, res) => {
    const state = await parts()
    const ok = Object.values(state).every(Boolean)
    res.status(ok ? 200 : 503).json({ status: ok ? 'ready' : 'not-ready', parts: state })
  }

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** Prometheus metrics, for this machine only, and not for whom a proxy on it speaks. */
export const metrics: RequestHandler = async (req, res, next) => {
  if (!LOOPBACK.has(req.socket.remoteAddress ?? '') || req.headers['x-forwarded-for']) return next(notFound())
  res.type(register.contentType).send(await register.metrics())
}
