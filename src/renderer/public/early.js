// What cannot wait for the window's script.
const page = document.documentElement
const { windowScript } = document.currentScript.dataset

// Before the first paint: a dark system never sees a light window. The window follows the system from then on (app/Speaking.tsx).
if (page.dataset.theme === 'system') {
  page.dataset.theme = matchMedia('(prefers-contrast: more)').matches
    ? 'contrast'
    : matchMedia('(prefers-color-scheme: dark)').matches
      ? 'dark'
      : 'light'
}

// Where the page holds the first screen, the window's script comes when that is on the glass: before, it would take a core from the painting. A page
// that nobody sees paints nothing.
if (windowScript) {
  const unseenMs = 1000
  const start = () => {
    void import(windowScript)
  }
  new PerformanceObserver(start).observe({ type: 'paint', buffered: true })
  setTimeout(start, unseenMs)
}
