/** Shown at the login in demo mode only; production has none of these people. */
export const DEMO_ACCOUNTS = [
  'congdan',
  'motcua.x01',
  'truongphong.x01',
  'chuyenvien.x01',
  'chutich.x01',
  'phochutich.x01',
  'vanthu.x01',
  'chuyenvien.s02',
  'thanhtra',
  'quantri',
] as const
export const DEMO_PASSWORD = 'motcua-demo'
