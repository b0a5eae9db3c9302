import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'

let lastPath: string | undefined

/**
 * The frame of every page: its title in the window, and its heading, which takes the focus when one comes from another
 * page (a screen reader then says where one is; on the first page the browser does).
 */
export const Page = ({
  title,
  hideTitle = false,
  wide = false,
  actions,
  children,
}: {
  title: string
  hideTitle?: boolean
  wide?: boolean
  actions?: ReactNode
  children: ReactNode
}) => {
  const { t } = useTranslation('app')
  const { pathname } = useLocation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${t('name')}`
  }, [title, t])
  useEffect(() => {
    if (lastPath !== undefined && lastPath !== pathname) {
      heading.current?.focus({ preventScroll: true })
      window.scrollTo(0, 0)
    }
    lastPath = pathname
  }, [pathname])
  return (
    <div className={wide ? 'page page-wide' : 'page'}>
      <div className={hideTitle ? 'visually-hidden' : 'page-head'}>
        <h1 ref={heading} tabIndex={-1} className="page-title">
          {title}
        </h1>
        {actions}
      </div>
      {children}
    </div>
  )
}
