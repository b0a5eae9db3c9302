import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../../shared/use-draft.ts'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'
import { Capacity } from './capacity.tsx'

/** Signing a letter (result or apology): the capacity is chosen here, the text lies open on the left. */
export const Sign = ({ outcome: signing, ...props }: FormProps & { outcome: string }) => {
  const { t } = useTranslation('desk')
  const { task } = props
  const [post, setPost] = useDraft(`task.${task.id}.post`, task.signAs[0]?.postId ?? '')
  return (
    <DecisionFrame
      {...props}
      reason
      fields={(outcome, problemOf) =>
        outcome === signing && (
          <>
            <Capacity task={task} post={post} onChange={setPost} problemOf={problemOf} />
            <Text size="sm" className="soft">
              {t('sign.help')}
            </Text>
          </>
        )
      }
      prepare={(outcome) => (outcome === signing && post ? { data: { postId: post } } : { data: {} })}
    />
  )
}
