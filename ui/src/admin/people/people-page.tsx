import { Button, NativeSelect } from '@mantine/core'
import { IconUserOff, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useLanguage, useText } from '../../app/i18n.ts'
import { useLegalNow } from '../../app/mode.ts'
import { Page } from '../../app/page.tsx'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatDay, legalDay, withoutMarks } from '../../shared/format.ts'
import { SearchField } from '../../shared/search-field.tsx'
import { Tag } from '../../shared/tags.tsx'
import { useTypedQuery } from '../../shared/use-typed-query.ts'
import { staff } from '../queries.ts'
import { ROLES, type StaffMember, type StaffPost } from '../types.ts'
import { EditPerson } from './edit-person.tsx'
import { NewPersonForm } from './new-person.tsx'

const searched = ({ name, login, posts }: StaffMember): string =>
  withoutMarks(
    [
      name,
      login ?? '',
      ...posts.flatMap(({ agency, unit, title }) => [agency.name.vi, unit.name.vi, title.vi]),
    ].join(' '),
  )

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

const List = ({ people }: { people: StaffMember[] }) => {
  const { t } = useTranslation('admin')
  const [query, setQuery] = useSearchParams()
  const today = legalDay(useLegalNow())
  const [adding, setAdding] = useState(false)
  const [typed, type] = useTypedQuery('tim')
  const words = withoutMarks(typed.trim())
  const role = query.get('vai-tro') ?? ''
  const choose = (value: string) =>
    setQuery(
      (current) => {
        const next = new URLSearchParams(current)
        if (value) next.set('vai-tro', value)
        else next.delete('vai-tro')
        return next
      },
      { replace: true },
    )
  const shown = people.filter(
    (person) =>
      (!words || searched(person).includes(words)) &&
      (!role || person.posts.some((post) => post.role === role)),
  )
  return (
    <>
      <div className="admin-tools">
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
          onChange={(event) => choose(event.currentTarget.value)}
          data={[
            { value: '', label: t('people.everyRole') },
            ...ROLES.map((name) => ({ value: name, label: t(`role.${name}`) })),
          ]}
        />
        <span role="status">{t('people.shown', { shown: shown.length, all: people.length })}</span>
        <Button
          size="sm"
          className="person-add"
          leftSection={<IconUserPlus size={16} />}
          aria-expanded={adding}
          onClick={() => setAdding(!adding)}
        >
          {t('person.add')}
        </Button>
      </div>
      {adding && <NewPersonForm today={today} done={() => setAdding(false)} />}
      {shown.length === 0 ? (
        <Empty title={t('people.none')}>{t('people.noneHelp')}</Empty>
      ) : (
        <ul className="admin-list">
          {shown.map((person) => (
            <Person key={person.id} person={person} today={today} />
          ))}
        </ul>
      )}
    </>
  )
}

export default function PeoplePage() {
  const { t } = useTranslation('admin')
  const query = useQuery(staff())
  return (
    <Page title={t('people.title')} wide>
      <Loaded query={query} lines={12}>
        {(people) => <List people={people} />}
      </Loaded>
    </Page>
  )
}
