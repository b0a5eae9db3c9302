import { notifications } from '@mantine/notifications'
import i18n from './i18n.ts'

/** A few words at the edge of the page, said to a screen reader too, that go away by themselves or when closed. */
export const say = (message: string): void => {
  notifications.show({ message, closeButtonProps: { 'aria-label': i18n.t('app:state.close') } })
}
