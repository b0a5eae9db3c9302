import { z } from 'zod'
import type { Route } from './route.ts'

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}

const problem: Json = {
  description: 'RFC 9457, in the language of the session or of Accept-Language',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', description: 'Stable: urn:mot-cua:…' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened and what to do next' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Json
    required?: string[]
  }
  return Object.entries(properties).map(([name, type]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: type,
  }))
}

function operation(route: Route): Json {
  const isVoid = route.answer instanceof z.ZodVoid
  const answer = isVoid
    ? { description: 'done' }
    : { description: 'done', content: { 'application/json': { schema: schemaOf(route.answer, 'output') } } }
  return {
    summary: route.summary,
    'x-permission': route.permission,
    security: route.permission === 'public' ? [] : [{ session: [] }],
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      ...(route.method === 'get' ? [] : [{ $ref: '#/components/parameters/RequestedWith' }]),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: { [isVoid ? 204 : (route.status ?? 200)]: answer, default: problem },
  }
}

/** OpenAPI 3.1 of all routes, from the schemas that check their inputs and answers. */
export function openApi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Một Cửa', version },
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      parameters: {
        RequestedWith: {
          name: 'X-Requested-With',
          in: 'header',
          required: true,
          schema: { const: 'mot-cua' },
          description: 'Proof that the request does not come from another site',
        },
      },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'motcua.sid' } },
    },
  }
}
