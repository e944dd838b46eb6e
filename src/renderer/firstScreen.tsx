import { renderToStaticMarkup } from 'react-dom/server'
import type { AppState } from '#contracts/bridge/app.ts'
import type { Ask, DrawFirstScreen } from '#contracts/bridge/firstScreen.ts'
import { appLocale, directionOf } from '#locales/index.ts'
import { App } from './app/App.tsx'
import { fetchFirstNumbers, hasFirstNumbers } from './app/firstNumbers.ts'
import { router } from './app/router.tsx'
import { firstScreenId } from './app/useFirstScreenGone.ts'
import { newQueries } from './bridge/queries.ts'
import type { Transport } from './bridge/transport.ts'

const nothing = () => undefined

/** So long a drawing is kept: nothing on it tells a shorter time. */
const keptMs = 60_000
let kept: { readonly answers: string; readonly html: string } | undefined

/** What shows these answers. The wallet draws when it gives out an address, so that the window that comes by it finds its screen drawn. */
function drawOnce(answers: string, drawNow: () => string): string {
  if (kept?.answers === answers) return kept.html
  const html = drawNow()
  kept = { answers, html }
  // Unlike a plain timer, this one keeps no process alive.
  AbortSignal.timeout(keptMs).addEventListener('abort', () => {
    kept = undefined
  })
  return html
}

async function draw(call: Ask, state: AppState): Promise<string> {
  const transport: Transport = { call, tellActed: nothing, onEvent: () => nothing, onConnection: () => nothing, beginAnew: nothing }
  const queries = newQueries()
  queries.setQueryData(['app.state', {}], state)
  try {
    await Promise.all([fetchFirstNumbers(transport, queries), router.load()])
    if (!hasFirstNumbers(queries)) return ''
    const answers = queries
      .getQueryCache()
      .getAll()
      .map(({ queryKey, state: { data } }) => [queryKey, data])
    return drawOnce(JSON.stringify(answers), () =>
      renderToStaticMarkup(
        <div id={firstScreenId} inert>
          <App transport={transport} queries={queries} />
        </div>,
      ),
    )
  } finally {
    queries.clear()
  }
}

export const drawFirstScreen: DrawFirstScreen = async call => {
  const state = await call('app.state', {})
  if (!state.ok || state.value.phase !== 'unlocked' || !state.value.signedIn) return undefined
  const locale = appLocale(state.value.locale)
  return { lang: locale, dir: directionOf(locale), theme: state.value.theme, html: draw(call, state.value) }
}
