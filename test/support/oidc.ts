/** A real OpenID Connect provider on this machine, whose tokens a test can spoil and which it can take away. */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import type { SsoSettings } from '../../src/sso/settings.ts'

type Claims = Record<string, unknown>
const CLIENT = { clientId: 'mot-cua', clientSecret: 'known to the two of us alone' }

const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
const key = createPrivateKey({ key: jwk, format: 'jwk' })
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The token with other claims, signed as the provider signs. */
function spoilt(token: string, change: (claims: Claims) => Claims): string {
  const [head = '', body = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims
  const said = `${head}.${encoded(change(claims))}`
  return `${said}.${sign('sha256', Buffer.from(said), key).toString('base64url')}`
}

/** `accounts`: what the provider knows of each subject. */
export async function startOidc(accounts: Record<string, Claims>, redirectUri: () => string) {
  let provider: Provider | undefined
  const state = {
    /** Who sits before the provider's login page; null: they give up. */
    person: Object.keys(accounts)[0] as string | null,
    spoil: undefined as ((claims: Claims) => Claims) | undefined,
    /** A signature of nobody's. */
    forge: false,
    away: false,
  }
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (state.away) return void request.socket.destroy()
    if (!request.url?.startsWith('/interaction/')) return provider!.callback()(request, response)
    const result = state.person ? { login: { accountId: state.person } } : { error: 'access_denied' }
    void provider!.interactionFinished(request, response, result)
  }
  const server = createServer(answer)
  // Longer than any test: a kept connection must not close under a request that is on its way.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const open = () => {
    const made = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
          redirect_uris: [redirectUri()],
          post_logout_redirect_uris: [new URL('/dang-nhap', redirectUri()).href],
        },
      ],
      jwks: { keys: [{ ...jwk, use: 'sig', alg: 'RS256' }] },
      cookies: { keys: ['a key of tests only'] },
      pkce: { required: () => true },
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: {
          logoutSource: (context: { body: unknown }, form: string) => {
            context.body = form
          },
        },
      },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'so_dinh_danh'] },
      findAccount: (_: unknown, accountId: string) => ({
        accountId,
        claims: () => ({ sub: accountId, ...accounts[accountId] }),
      }),
      async loadExistingGrant({ oidc }: { oidc: { session: { accountId: string } } }) {
        const grant = new made.Grant({ clientId: CLIENT.clientId, accountId: oidc.session.accountId })
        grant.addOIDCScope('openid profile')
        await grant.save()
        return grant
      },
      ttl: {
        AccessToken: 600,
        AuthorizationCode: 60,
        IdToken: 600,
        Interaction: 600,
        Session: 600,
        Grant: 600,
      },
    })
    made.use(async (context, next) => {
      await next()
      const token = context.path === '/token' ? context.body?.id_token : undefined
      if (typeof token !== 'string') return
      if (state.spoil) context.body.id_token = spoilt(token, state.spoil)
      if (state.forge) context.body.id_token = `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(342)}`
    })
    return made
  }
  return {
    state,
    /** After the product's address is known. */
    open: () => {
      const { warn } = console
      // It says that it keeps everything in memory, which is what a test wants.
      console.warn = () => undefined
      provider = open()
      console.warn = warn
    },
    settings: (change: Partial<SsoSettings> = {}): SsoSettings => ({
      issuer,
      ...CLIENT,
      name: 'VNeID',
      scope: 'openid profile',
      claim: 'preferred_username',
      match: 'login',
      citizens: false,
      ...change,
    }),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}

/** A browser that keeps cookies and goes where it is sent, on both sites, until a page answers. */
export function visitor() {
  const cookies = new Map<string, string>()
  const once = async (url: string, init: RequestInit = {}) => {
    const headers = {
      Accept: 'text/html',
      ...init.headers,
      Cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
    }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  const follow = async (url: string, until: RegExp = /^$/) => {
    for (let step = 0, here = url; step < 12; step++) {
      if (until.test(here)) return here
      const response = await once(here)
      const next = response.headers.get('location')
      if (!next) return here
      here = new URL(next, here).href
    }
    throw new Error(`sent round and round from ${url}`)
  }
  return {
    cookies,
    once,
    /** Goes to the address and on, and answers where it ended, or the first address that looks like `until`. */
    follow,
    json: async (url: string, method = 'GET') => {
      const response = await once(url, {
        method,
        headers: { Accept: 'application/json', 'X-Requested-With': 'mot-cua' },
      })
      const text = await response.text()
      return { status: response.status, body: text ? JSON.parse(text) : undefined }
    },
  }
}
