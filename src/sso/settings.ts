/** Single sign-on by an OpenID Connect provider, as configured. */
export type SsoSettings = {
  /** Its issuer identifier, below which the discovery document lies. */
  issuer: string
  clientId: string
  clientSecret: string
  /** As people know it: "Đăng nhập bằng …". */
  name: string
  scope: string
  /** The claim that names the person. */
  claim: string
  /** What the claim holds: their login here, or their identity number. */
  match: 'login' | 'identity-number'
  /** Whether a citizen whose number is new is taken in. Civil servants never are. */
  citizens: boolean
}
