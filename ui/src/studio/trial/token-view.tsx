import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css'
import '../../shared/diagram/diagram.css'
import './token-view.css'
import { Switch } from '@mantine/core'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import TokenSimulation from 'bpmn-js-token-simulation/lib/viewer'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../app/states.tsx'
import { growToFit } from '../../shared/diagram/fit.ts'

type Canvas = Parameters<typeof growToFit>[0]
type ToggleMode = { toggleMode(active: boolean): void }

/** Its log and messages write an element's name as HTML; a name is text, so both are left out. */
const WITHOUT_HTML = {
  log: ['value', { log: () => undefined, toggle: () => undefined }],
  notifications: ['value', { showNotification: () => undefined }],
}

const SPEED = /^Set animation speed = /
/** The titles that the package says in English only, by our key. */
const TITLES: Record<string, string> = {
  'Play/Pause Simulation': 'play',
  'Reset Simulation': 'reset',
  'Set Sequence Flow': 'way',
  'Trigger Event': 'trigger',
  'Add pause point': 'pause',
  'Remove pause point': 'go',
}

/** Says every title inside `holder` in the reader's language, also of what appears later. */
const translateTitles = (
  holder: HTMLElement,
  say: (key: string, rest?: string) => string,
): MutationObserver => {
  const translate = () => {
    for (const element of holder.querySelectorAll<HTMLElement>('[title]')) {
      const title = element.title
      const key = TITLES[title] ?? (SPEED.test(title) ? 'speed' : undefined)
      if (!key) continue
      element.title = say(key, title.replace(SPEED, ''))
      element.setAttribute('aria-label', element.title)
    }
  }
  const observer = new MutationObserver(translate)
  observer.observe(holder, { childList: true, subtree: true, attributes: true, attributeFilter: ['title'] })
  translate()
  return observer
}

/**
 * A diagram on which a token can be sent through by hand: begin at the start, answer each question by clicking its gateway.
 * Nothing runs on an engine. The bpmn.io logo stays visible.
 */
export default function TokenView({ bpmn }: { bpmn: string }) {
  const { t } = useTranslation('studio-token')
  const holder = useRef<HTMLElement>(null)
  const shown = useRef<NavigatedViewer | null>(null)
  const [active, setActive] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)

  useEffect(() => {
    const element = holder.current!
    const viewer = new NavigatedViewer({
      container: element,
      zoomScroll: { enabled: false },
      additionalModules: [TokenSimulation, WITHOUT_HTML],
    })
    const titles = translateTitles(element, (key, rest) => t(`title.${key}`, { rest }))
    let left = false
    viewer
      .importXML(bpmn)
      .then(() => {
        if (left) return
        shown.current = viewer
        growToFit(viewer.get<Canvas>('canvas'), element, 320, 900)
      })
      .catch((caught: unknown) => !left && setProblem(caught))
    return () => {
      left = true
      shown.current = null
      titles.disconnect()
      viewer.destroy()
      setActive(false)
    }
  }, [bpmn, t])

  if (problem) return <Failed problem={problem} />
  return (
    <div>
      <Switch
        label={t('toggle')}
        description={t('help')}
        checked={active}
        mb="sm"
        onChange={(event) => {
          const on = event.currentTarget.checked
          shown.current?.get<ToggleMode>('toggleMode').toggleMode(on)
          setActive(on)
        }}
      />
      <div className="diagram-frame">
        <section ref={holder} className="diagram token-diagram" aria-label={t('label')} />
      </div>
    </div>
  )
}
