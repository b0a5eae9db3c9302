import { Button, NativeSelect, Stack, Textarea } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import type { DraftComment } from '../../app/api-types.ts'
import { say } from '../../app/say.ts'
import { Failed } from '../../app/states.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { renew } from './queries.ts'
import type { Named } from './review-diagram.tsx'

type Places = { names: Named[]; chosen: string | null; onChoose: (id: string | null) => void }

/** Says something about an element, or about the whole draft. */
export const CommentForm = ({ id, names, chosen, onChoose }: Places & { id: string }) => {
  const { t } = useTranslation('studio-review')
  const cache = useQueryClient()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const [key, setKey] = useState(() => crypto.randomUUID())
  const send = useMutation({
    mutationFn: () =>
      api.post(`/api/studio/drafts/${id}/comments`, { elementId: chosen, text: text.trim() }, key),
    onSuccess: async () => {
      setText('')
      setTried(false)
      say(t('comments.sent'))
      await renew(cache, id)
    },
    onSettled: () => setKey(crypto.randomUUID()),
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (text.trim()) send.mutate()
      }}
    >
      <Stack gap="xs">
        <NativeSelect
          label={t('comments.about')}
          description={t('comments.aboutHelp')}
          value={chosen ?? ''}
          onChange={(event) => onChoose(event.currentTarget.value || null)}
          data={[
            { value: '', label: t('comments.whole') },
            ...names.map(({ id: value, name }) => ({ value, label: name })),
          ]}
        />
        <Textarea
          label={t('comments.text')}
          autosize
          minRows={2}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={(tried && !text.trim() && t('comments.missing')) || fieldProblem(send.error, 'text')}
        />
        {send.error && <Failed problem={send.error} />}
        <div>
          <Button type="submit" size="xs" loading={send.isPending}>
            {t('comments.send')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

const Comment = ({
  draft,
  comment,
  place,
  mayResolve,
  onChoose,
}: {
  draft: string
  comment: DraftComment
  place: string
  mayResolve: boolean
  onChoose: (id: string | null) => void
}) => {
  const { t } = useTranslation('studio-review')
  const cache = useQueryClient()
  const resolve = useMutation({
    mutationFn: () => api.post(`/api/studio/drafts/${draft}/comments/${comment.n}/resolve`),
    onSuccess: () => renew(cache, draft),
  })
  return (
    <li className={comment.resolvedAt ? 'review-comment review-settled' : 'review-comment'}>
      <div className="review-comment-head">
        {comment.elementId ? (
          <button type="button" className="review-place" onClick={() => onChoose(comment.elementId)}>
            {place}
          </button>
        ) : (
          <strong>{place}</strong>
        )}
        {comment.resolvedAt && (
          <Tag tone="good" icon={IconCheck}>
            {t('comments.resolved')}
          </Tag>
        )}
      </div>
      <p className="review-words">{comment.text}</p>
      <p className="soft review-by">
        {comment.by.name} · <When at={comment.at} /> · {t('revision', { revision: comment.revision })}
        {comment.resolvedBy && (
          <>
            <br />
            {t('comments.resolvedBy', { name: comment.resolvedBy.name })} <When at={comment.resolvedAt} />
          </>
        )}
      </p>
      {resolve.error && <Failed problem={resolve.error} />}
      {!comment.resolvedAt && mayResolve && (
        <Button
          size="compact-sm"
          variant="default"
          loading={resolve.isPending}
          onClick={() => resolve.mutate()}
          aria-label={t('comments.resolveOne', { place })}
        >
          {t('comments.resolve')}
        </Button>
      )}
    </li>
  )
}

/** Every comment, the open ones first. */
export const CommentList = ({
  id,
  comments,
  mayResolve,
  names,
  onChoose,
}: {
  id: string
  comments: DraftComment[]
  mayResolve: boolean
  names: Named[]
  onChoose: (id: string | null) => void
}) => {
  const { t } = useTranslation('studio-review')
  if (comments.length === 0) return <p className="soft">{t('comments.none')}</p>
  const placeOf = ({ elementId }: DraftComment) =>
    elementId === null
      ? t('comments.whole')
      : (names.find((named) => named.id === elementId)?.name ?? t('comments.gone', { id: elementId }))
  const sorted = [
    ...comments.filter(({ resolvedAt }) => !resolvedAt),
    ...comments.filter(({ resolvedAt }) => resolvedAt),
  ]
  return (
    <ol className="review-comments">
      {sorted.map((comment) => (
        <Comment
          key={comment.n}
          draft={id}
          comment={comment}
          place={placeOf(comment)}
          mayResolve={mayResolve}
          onChoose={onChoose}
        />
      ))}
    </ol>
  )
}
