import './review.css'
import { Button, Group, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { DraftAct, DraftView } from '../../app/api-types.ts'
import { Page } from '../../app/page.tsx'
import { Loaded } from '../../app/states.tsx'
import { When } from '../../shared/when.tsx'
import { ChangeList } from '../compare/change-list.tsx'
import type { Change } from '../compare/marks.ts'
import { comparisonOf } from '../compare/queries.ts'
import { CommentForm, CommentList } from './comments.tsx'
import { actsOf, commentsOf, draftOf } from './queries.ts'
import type { Named } from './review-diagram.tsx'
import { Verdict } from './verdict.tsx'
import { Warnings } from './warnings.tsx'

const NONE: readonly Change[] = []
const ReviewDiagram = lazy(() => import('./review-diagram.tsx'))

const Part = ({ title, children }: { title: string; children: ReactNode }) => {
  const id = useId()
  return (
    <section aria-labelledby={id} className="review-part">
      <h2 id={id} className="section-title">
        {title}
      </h2>
      {children}
    </section>
  )
}

const Acts = ({ acts }: { acts: DraftAct[] }) => {
  const { t } = useTranslation('studio-review')
  if (acts.length === 0) return <p className="soft">{t('acts.none')}</p>
  return (
    <ol className="review-comments">
      {acts.map((act) => (
        <li key={act.n} className="review-comment">
          <strong>{t(`acts.${act.kind}`)}</strong>
          {act.note && <p className="review-words">{act.note}</p>}
          <p className="soft review-by">
            {act.by.name} · <When at={act.at} /> · {t('revision', { revision: act.revision })}
          </p>
        </li>
      ))}
    </ol>
  )
}

const Review = ({ draft }: { draft: DraftView }) => {
  const { t } = useTranslation('studio-review')
  const [chosen, setChosen] = useState<string | null>(null)
  const [names, setNames] = useState<Named[]>([])
  const [change, setChange] = useState<number | null>(null)
  const compared = useQuery({ ...comparisonOf(draft.id, ''), enabled: draft.baseVersion !== null })
  const changes = compared.data?.changes ?? NONE
  const said = useQuery(commentsOf(draft.id))
  const acts = useQuery(actsOf(draft.id))
  const counts = useMemo(() => {
    const open = new Map<string, number>()
    for (const { elementId, resolvedAt } of said.data?.comments ?? [])
      if (elementId && !resolvedAt) open.set(elementId, (open.get(elementId) ?? 0) + 1)
    return open
  }, [said.data])
  return (
    <>
      <p className="review-facts">
        <Link to={`/thiet-ke/thu-tuc/${draft.code}`}>{draft.code}</Link>
        <span className="tag">{t(`state.${draft.state}`)}</span>
        <span>{t('revision', { revision: draft.revision })}</span>
        <span>{t('authors', { names: draft.authors.map(({ name }) => name).join(', ') })}</span>
        <span className="soft">
          {t('saved')} <When at={draft.updatedAt} />
        </span>
      </p>
      <div className="review-columns">
        <div>
          <Suspense fallback={<Skeleton height={420} />}>
            <ReviewDiagram
              bpmn={draft.source.bpmn}
              counts={counts}
              changes={changes}
              chosenChange={change}
              chosen={chosen}
              onChoose={setChosen}
              onNames={setNames}
            />
          </Suspense>
          <p className="soft">{t('diagramHelp')}</p>
          <Part title={t('warnings.title')}>
            <Warnings id={draft.id} names={names} />
          </Part>
          <Part title={t('acts.title')}>
            <Loaded query={acts} lines={2}>
              {(all) => <Acts acts={all.acts} />}
            </Loaded>
          </Part>
        </div>
        <div>
          <Part title={t('verdict.title')}>
            <Verdict draft={draft} />
          </Part>
          {draft.baseVersion && (
            <Part title={t('changes.title', { version: draft.baseVersion.version })}>
              <Loaded query={compared} lines={4}>
                {(found) => (
                  <div className="review-changes">
                    <ChangeList
                      changes={found.changes}
                      chosen={change}
                      onChoose={(number) => setChange(number === change ? null : number)}
                    />
                  </div>
                )}
              </Loaded>
            </Part>
          )}
          <Part title={t('comments.title')}>
            <Loaded query={said} lines={3}>
              {({ comments, mayComment }) => (
                <>
                  {mayComment && (
                    <CommentForm id={draft.id} names={names} chosen={chosen} onChoose={setChosen} />
                  )}
                  <CommentList
                    id={draft.id}
                    comments={comments}
                    mayResolve={mayComment}
                    names={names}
                    onChoose={setChosen}
                  />
                </>
              )}
            </Loaded>
          </Part>
        </div>
      </div>
    </>
  )
}

/** A draft before its reviewer: what was said of each element, what stands with a reason, and the verdict. */
const ReviewPage = () => {
  const { t } = useTranslation('studio-review')
  const { id = '' } = useParams()
  const query = useQuery(draftOf(id))
  return (
    <Page
      title={query.data ? t('titleOf', { title: query.data.title }) : t('title')}
      wide
      actions={
        <Group gap="xs">
          <Button component={Link} to={`/thiet-ke/ban-thao/${id}`} variant="default" size="xs">
            {t('toDraft')}
          </Button>
          <Button component={Link} to={`/thiet-ke/ban-thao/${id}/so-sanh`} variant="default" size="xs">
            {t('toCompare')}
          </Button>
          <Button component={Link} to={`/thiet-ke/ban-thao/${id}/ban-hanh`} variant="default" size="xs">
            {t('toPublishing')}
          </Button>
        </Group>
      }
    >
      <Loaded query={query}>{(draft) => <Review draft={draft} />}</Loaded>
    </Page>
  )
}
export default ReviewPage
