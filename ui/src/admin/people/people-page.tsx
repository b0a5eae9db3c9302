import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconKeyOff, IconUserOff, IconUserPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useLanguage, useText } from '../../app/i18n.ts'
import { useLegalNow } from '../../app/mode.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatDay, legalDay } from '../../shared/format.ts'
import { More } from '../../shared/more.tsx'
import { SearchField } from '../../shared/search-field.tsx'
import { Tag } from '../../shared/tags.tsx'
import { useTypedQuery } from '../../shared/use-typed-query.ts'
import { staff } from '../queries.ts'
import { ROLES, type StaffMember, type StaffPost } from '../types.ts'
import { EditPerson } from './edit-person.tsx'
import { NewPersonForm } from './new-person.tsx'

const Post = ({ post, today }: { post: StaffPost; today: string }) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const language = useLanguage()
  const validity =
    post.validTo && post.validTo < today
      ? t('people.ended', { day: formatDay(post.validTo, language) })
      : post.validFrom > today
        ? t('people.begins', { day: formatDay(post.validFrom, language) })
        : post.validTo
          ? t('people.until', { day: formatDay(post.validTo, language) })
          : t('people.since', { day: formatDay(post.validFrom, language) })
  const current = post.validFrom <= today && (!post.validTo || post.validTo >= today)
  return (
    <li className={current ? undefined : 'soft'}>
      <span className="post-title">{text(post.title)}</span>, {text(post.unit.name)}, {text(post.agency.name)}
      <span className="admin-under soft">
        {t(`role.${post.role}`)} · {validity}
        {post.capacity &&
          ` · ${post.capacity.capacity}. ${post.capacity.onBehalfOf} (${t('people.decision', { number: post.capacity.decision.number })})`}
      </span>
    </li>
  )
}

const Person = ({ person, today }: { person: StaffMember; today: string }) => {
  const { t } = useTranslation('admin')
  const [editing, setEditing] = useState(false)
  return (
    <li className="person">
      <span>
        <strong>{person.name}</strong>{' '}
        {!person.active && (
          <Tag tone="soon" icon={IconUserOff}>
            {t('people.inactive')}
          </Tag>
        )}
        {person.shut && (
          <Tag tone="soon" icon={IconKeyOff}>
            {t('people.shut')}
          </Tag>
        )}
        <span className="admin-under soft figures">{person.login ?? t('people.noLogin')}</span>
      </span>
      <ul className="posts">
        {person.posts.map((post) => (
          <Post key={post.id} post={post} today={today} />
        ))}
        {person.posts.length === 0 && <li className="soft">{t('people.noPost')}</li>}
      </ul>
      {person.active && (
        <Button
          size="compact-sm"
          variant="subtle"
          className="person-edit"
          aria-expanded={editing}
          aria-label={`${t(editing ? 'person.close' : 'person.edit')}: ${person.name}`}
          onClick={() => setEditing(!editing)}
        >
          {t(editing ? 'person.close' : 'person.edit')}
        </Button>
      )}
      {editing && (
        <div className="person-editing">
          <EditPerson person={person} today={today} />
        </div>
      )}
    </li>
  )
}

/** Staff by name, page by page; what narrows the list stands in the address. */
export default function PeoplePage() {
  const { t } = useTranslation('admin')
  const [query, setQuery] = useSearchParams()
  const today = legalDay(useLegalNow())
  const [adding, setAdding] = useState(false)
  const [typed, type] = useTypedQuery('tim')
  const [q] = useDebouncedValue(typed.trim(), 250)
  const role = query.get('vai-tro') ?? ''
  const shut = query.get('chua-vao') ?? ''
  const found = useInfiniteQuery(staff({ q, role, shut }))
  const people = found.data?.pages.flatMap((page) => page.people)
  const set = (name: string, value: string) =>
    setQuery(
      (current) => {
        const next = new URLSearchParams(current)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  return (
    <Page
      title={t('people.title')}
      wide
      actions={
        <Button
          size="sm"
          leftSection={<IconUserPlus size={16} />}
          aria-expanded={adding}
          onClick={() => setAdding(!adding)}
        >
          {t('person.add')}
        </Button>
      }
    >
      {adding && <NewPersonForm today={today} done={() => setAdding(false)} />}
      <search className="admin-tools">
        <SearchField
          inside
          size="sm"
          className="admin-search"
          label={t('people.search')}
          value={typed}
          onType={type}
        />
        <NativeSelect
          size="sm"
          aria-label={t('people.role')}
          value={role}
          onChange={(event) => set('vai-tro', event.currentTarget.value)}
          data={[
            { value: '', label: t('people.everyRole') },
            ...ROLES.map((name) => ({ value: name, label: t(`role.${name}`) })),
          ]}
        />
        <Checkbox
          size="sm"
          label={t('people.onlyShut')}
          checked={shut === 'true'}
          onChange={(event) => set('chua-vao', event.currentTarget.checked ? 'true' : '')}
        />
      </search>
      <Loaded query={{ ...found, data: people }} lines={12}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t('people.none')}>{t('people.noneHelp')}</Empty>
          ) : (
            <>
              <ul className="admin-list">
                {all.map((person) => (
                  <Person key={person.id} person={person} today={today} />
                ))}
              </ul>
              <More pages={found} />
              <p className="admin-count-line soft" role="status">
                {t('people.shown', { shown: all.length, all: found.data?.pages[0]?.total })}
              </p>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
