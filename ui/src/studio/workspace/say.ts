import { notifications } from '@mantine/notifications'
import { ApiProblem } from '../../app/api.ts'
import i18n from '../../app/i18n.ts'

export { say } from '../../app/say.ts'

/** A refusal with its reasons, at the edge of the page; it stays until it is closed. */
export const tell = (title: string, message: string): void => {
  notifications.show({
    color: 'red',
    title,
    message,
    autoClose: false,
    styles: { description: { whiteSpace: 'pre-line' } },
    closeButtonProps: { 'aria-label': i18n.t('app:state.close') },
  })
}

/** What did not work and why. */
export const sayProblem = (problem: unknown, title: string): void =>
  tell(
    title,
    problem instanceof ApiProblem
      ? (problem.errors[0]?.message ?? problem.message)
      : i18n.t('app:problem.unexpected'),
  )
