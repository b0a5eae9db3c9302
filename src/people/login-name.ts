/** The login of a civil servant. */
export const LOGIN = /^[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]$/

/** What to do when one does not fit. */
export const LOGIN_HELP = {
  vi: 'Dùng 3 đến 60 chữ thường không dấu, số, dấu chấm, gạch nối.',
  en: 'Use 3 to 60 plain small letters, digits, dots and hyphens.',
}
