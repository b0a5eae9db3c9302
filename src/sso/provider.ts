import * as client from 'openid-client'
import type { SsoSettings } from './settings.ts'

/** What the browser's session keeps while its person is at the provider: each is good for one return. */
export type Underway = { state: string; nonce: string; verifier: string; back: string }

/** Why nobody was logged in; the login page has a sentence for each. */
export type Refusal = 'away' | 'cancelled' | 'stale' | 'refused'
export class SsoRefused extends Error {
  override name = 'SsoRefused'
  readonly why: Refusal
  constructor(why: Refusal, cause?: unknown) {
    super(`single sign-on: ${why}`, { cause })
    this.why = why
  }
}

export type Claims = Record<string, unknown>
export type Provider = ReturnType<typeof openProvider>

/** Seconds for each answer of the provider; a person waits in front of it. */
const PATIENCE = 8

/** The way to the provider and back: authorization code with PKCE, state and nonce. Its description is asked for when it is needed, and kept. */
export function openProvider(settings: SsoSettings) {
  let known: Promise<client.Configuration> | undefined
  const configuration = () => {
    known ??= discover(settings).catch((error: unknown) => {
      // Tried anew by the next person: the provider may be back.
      known = undefined
      throw new SsoRefused('away', error)
    })
    return known
  }
  return {
    /** Where to send the browser, and what its session keeps meanwhile. @throws SsoRefused */
    async begin(redirectUri: string, back: string): Promise<{ url: URL; underway: Underway }> {
      const config = await configuration()
      const verifier = client.randomPKCECodeVerifier()
      const underway = { state: client.randomState(), nonce: client.randomNonce(), verifier, back }
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: settings.scope,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: underway.state,
        nonce: underway.nonce,
      })
      return { url, underway }
    },

    /** Who has come back to `url`, by claims that were checked. @throws SsoRefused */
    async finish(url: URL, underway: Underway): Promise<{ claims: Claims; idToken: string }> {
      const config = await configuration()
      try {
        const tokens = await client.authorizationCodeGrant(config, url, {
          pkceCodeVerifier: underway.verifier,
          expectedState: underway.state,
          expectedNonce: underway.nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims || !tokens.id_token) throw new SsoRefused('refused')
        // Many providers keep a person's particulars out of the token.
        const more =
          settings.claim in claims || !config.serverMetadata().userinfo_endpoint
            ? {}
            : await client.fetchUserInfo(config, tokens.access_token, claims.sub)
        return { claims: { ...more, ...claims }, idToken: tokens.id_token }
      } catch (error) {
        throw error instanceof SsoRefused ? error : new SsoRefused(reasonOf(error), error)
      }
    },

    /** Where to send the browser after logging out, so that the provider forgets it too; undefined when it cannot. */
    async end(idToken: string, back: string): Promise<URL | undefined> {
      const config = await configuration().catch(() => undefined)
      if (!config?.serverMetadata().end_session_endpoint) return undefined
      return client.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: back })
    },
  }
}

async function discover({ issuer, clientId, clientSecret }: SsoSettings): Promise<client.Configuration> {
  const server = new URL(issuer)
  const config = await client.discovery(server, clientId, clientSecret, undefined, {
    timeout: PATIENCE,
    // Plain HTTP is let through by the settings for a provider on this machine only.
    execute: server.protocol === 'http:' ? [client.allowInsecureRequests] : [],
  })
  client.enableNonRepudiationChecks(config)
  return config
}

function reasonOf(error: unknown): Refusal {
  if (error instanceof client.AuthorizationResponseError)
    return error.error === 'access_denied' ? 'cancelled' : 'refused'
  if (error instanceof client.ResponseBodyError) return error.status >= 500 ? 'away' : 'refused'
  const { code = '', cause } = error as { code?: string; cause?: unknown }
  if (code === 'OAUTH_TIMEOUT' || isNetwork(error) || isNetwork(cause)) return 'away'
  // Other answers than the protocol's, of a gateway before the provider for one, come as the cause.
  const { status } = (cause ?? {}) as { status?: unknown }
  return typeof status === 'number' && status >= 500 ? 'away' : 'refused'
}

/** What fetch throws when no answer came. */
const isNetwork = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'message' in error && error.message === 'fetch failed'
