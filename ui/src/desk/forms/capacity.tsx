import { Radio, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TaskPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import type { ProblemOf } from '../decision/frame.tsx'

/** In which capacity one signs: as the head, or KT., TL., TUQ. as the title block will print it. */
export const Capacity = ({
  task,
  post,
  onChange,
  problemOf,
}: {
  task: TaskPage
  post: string
  onChange: (post: string) => void
  problemOf: ProblemOf
}) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const [only] = task.signAs
  if (task.signAs.length === 0) {
    return (
      <Text size="sm" className="tone-late">
        {t('sign.nobody')}
      </Text>
    )
  }
  if (task.signAs.length === 1 && only) {
    return (
      <Text size="sm">
        {t('sign.as')} <strong className="title-block">{text(only.text)}</strong>
      </Text>
    )
  }
  return (
    <Radio.Group label={t('sign.as')} value={post} onChange={onChange} error={problemOf('postId')}>
      <Stack gap={6} my={4}>
        {task.signAs.map((capacity) => (
          <Radio
            key={capacity.postId}
            value={capacity.postId}
            label={<span className="title-block">{text(capacity.text)}</span>}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
