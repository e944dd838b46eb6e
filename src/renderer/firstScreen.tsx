import { renderToStaticMarkup } from 'react-dom/server'
import type { DrawFirstScreen } from '#contracts/bridge/firstScreen.ts'
import { appLocale, directionOf } from '#locales/index.ts'
import { App } from './app/App.tsx'
import { fetchFirstNumbers, hasFirstNumbers } from './app/firstNumbers.ts'
import { router } from './app/router.tsx'
import { firstScreenId } from './app/useFirstScreenGone.ts'
import { newQueries } from './bridge/queries.ts'
import type { Transport } from './bridge/transport.ts'

const nothing = () => undefined

export const drawFirstScreen: DrawFirstScreen = async call => {
  const transport: Transport = { call, tellActed: nothing, onEvent: () => nothing, onConnection: () => nothing }
  const queries = newQueries()
  try {
    const state = await call('app.state', {})
    if (!state.ok || state.value.phase !== 'unlocked' || !state.value.signedIn) return undefined
    queries.setQueryData(['app.state', {}], state.value)
    await Promise.all([fetchFirstNumbers(transport, queries), router.load()])
    if (!hasFirstNumbers(queries)) return undefined
    const locale = appLocale(state.value.locale)
    const html = renderToStaticMarkup(
      <div id={firstScreenId} inert>
        <App transport={transport} queries={queries} />
      </div>,
    )
    return { lang: locale, dir: directionOf(locale), theme: state.value.theme, html }
  } finally {
    queries.clear()
  }
}
